package l0

import (
	"errors"
	"fmt"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
)

// Validate says what makes no sense in p: negative and contradictory values, and words that do
// not exist. The error joins all that is wrong; nil means that p can be used.
func (p Policy) Validate() error { return errors.Join(p.problems()...) }

func (p Policy) problems() []error {
	var out []error
	add := func(bad bool, format string, args ...any) {
		if bad {
			out = append(out, fmt.Errorf(format, args...))
		}
	}
	for _, t := range []struct {
		name string
		d    time.Duration
	}{
		{"InitialToken", p.Timeouts.InitialToken},
		{"InterToken", p.Timeouts.InterToken},
		{"Attempt", p.Timeouts.Attempt},
		{"Total", p.Timeouts.Total},
	} {
		add(t.d < 0 && t.d != NoTimeout, "Timeouts.%s is %v; use a positive duration, or NoTimeout for none", t.name, t.d)
	}
	if err := p.Retry.Validate(); err != nil {
		out = append(out, fmt.Errorf("in Retry: %w", err))
	}
	switch p.Guardrails.OnFatal {
	case "", guard.Fallback, guard.Halt:
	default:
		add(true, "Guardrails.OnFatal is %q; use fallback or halt", p.Guardrails.OnFatal)
	}
	for _, n := range []struct {
		name string
		n    int
	}{
		{"CheckIntervals.Guardrails", p.CheckIntervals.Guardrails},
		{"CheckIntervals.Drift", p.CheckIntervals.Drift},
		{"CheckIntervals.Checkpoint", p.CheckIntervals.Checkpoint},
		{"Continuation.MinOverlap", p.Continuation.MinOverlap},
		{"Continuation.MaxOverlap", p.Continuation.MaxOverlap},
		{"Limits.MaxOutputTokens", p.Limits.MaxOutputTokens},
		{"Limits.MaxReplyBytes", p.Limits.MaxReplyBytes},
	} {
		add(n.n < 0, "%s is %d; use a positive number, or zero for the default", n.name, n.n)
	}
	c := p.Continuation
	add(c.MinOverlap > 0 && c.MaxOverlap > 0 && c.MinOverlap > c.MaxOverlap,
		"Continuation.MinOverlap (%d) is above MaxOverlap (%d)", c.MinOverlap, c.MaxOverlap)
	switch p.OutputMode {
	case "", OutputAuto, OutputNative, OutputTool, OutputPrompt:
	default:
		add(true, "OutputMode is %q; use auto, native, tool or prompt", p.OutputMode)
	}
	return out
}
