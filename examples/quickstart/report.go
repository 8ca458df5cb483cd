package main

import (
	"errors"
	"fmt"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// report shows what a call took: every attempt, why it failed, and what was done about it.
func (d *desk) report(r l0.Report) {
	fmt.Fprintf(d.out, "\n\n  %s v%d: %d attempt(s), %s\n", r.Function, r.Version, len(r.Attempts), short(r.Duration))
	for i, a := range r.Attempts {
		fmt.Fprintf(d.out, "  %d. %s at %s: %d tokens in %s, the first after %s\n",
			i+1, a.Model, a.Provider, a.Tokens, short(a.Duration), short(a.TimeToFirstToken))
		if a.Err != nil {
			d.failure(a)
		}
	}
	usage, complete := r.Usage()
	fmt.Fprintf(d.out, "  tokens used: %d in, %d out", usage.InputTokens, usage.OutputTokens)
	if !complete {
		fmt.Fprint(d.out, " (and those of attempts that ended before the server counted them)")
	}
	fmt.Fprint(d.out, "\n\n")
}

// failure shows why an attempt failed, and the rule that decided what followed.
func (d *desk) failure(a l0.Attempt) {
	fmt.Fprintf(d.out, "     failed: %v\n", a.Err)
	if failure, ok := errors.AsType[*l0.Error](a.Err); ok {
		for _, violation := range failure.Violations {
			fmt.Fprintf(d.out, "       %v\n", violation)
		}
	}
	fmt.Fprintf(d.out, "     then: %s after %s (category %s, reason %s, rule %s)\n",
		a.Next, short(a.Delay), a.Category, a.Reason, a.Rule)
}

func short(d time.Duration) time.Duration { return d.Round(time.Millisecond) }
