package interp

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/l0gen/l0gen/runtime/retry"
)

// WriteText writes the schedule for people.
func (s *Schedule) WriteText(w io.Writer) error {
	var b strings.Builder
	s.writeHead(&b)
	b.WriteString("\nIf one model fails with the same each time, at once:\n\n")
	s.writeFailures(&b)
	b.WriteString("\nAt worst:\n\n")
	s.writeWorst(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// table lays out rows of cells in columns.
func table(b *strings.Builder, rows func(t text)) {
	const gap = 2
	t := tabwriter.NewWriter(b, 0, 0, gap, ' ', 0)
	rows(text{t})
	_ = t.Flush()
}

// text writes into memory, which cannot fail.
type text struct{ w io.Writer }

func (t text) printf(format string, args ...any) { _, _ = fmt.Fprintf(t.w, format, args...) }

func (s *Schedule) writeHead(b *strings.Builder) {
	text{b}.printf("%s\n\n", s.Prompt)
	table(b, func(t text) {
		for i, m := range s.Models {
			what := "model"
			if i > 0 {
				what = "fallback"
			}
			t.printf("  %s\t%s\tinitial_token %s, inter_token %s, attempt %s\n", what, m.Name,
				limitText(m.Timeouts.InitialToken), limitText(m.Timeouts.InterToken), limitText(m.Timeouts.Attempt))
		}
	})
	text{b}.printf("  total timeout %s\n", limitText(s.Total()))
	c := s.Retry
	text{b}.printf("  retries: %d of each model for what it did wrong (attempts), %s in all (max_retries)\n",
		max(c.Attempts, 0), count(max(c.MaxRetries, 0)))
	text{b}.printf("  delays: %s from %s up to %s; a server may ask for up to %s\n",
		c.Backoff, short(max(c.BaseDelay, 0)), short(max(c.MaxDelay, 0)), short(max(c.NetworkMaxDelay, 0)))
	feedback := "the model is told what was wrong with its reply"
	if c.NoFeedback {
		feedback = "the model is not told what was wrong with its reply"
	}
	text{b}.printf("  feedback: %s\n", feedback)
}

func (s *Schedule) writeFailures(b *strings.Builder) {
	table(b, func(t text) {
		t.printf("  class\tfailure\tretries\tended by\tdelays\n")
		for i := range s.Failures {
			f := &s.Failures[i]
			name := string(f.Reason)
			if f.Type != "" {
				name = string(f.Type)
			}
			retries := strconv.Itoa(len(f.Steps))
			if f.More {
				retries = "over " + retries
			}
			ended := string(f.EndedBy)
			if ended == "" {
				ended = "nothing"
			}
			t.printf("  %s\t%s\t%s\t%s\t%s\n", f.Class, name, retries, ended, delays(f.Steps))
		}
	})
}

// delays lists delays, those that are the same in a row once.
func delays(steps []retry.Step) string {
	if len(steps) == 0 {
		return "-"
	}
	const most = 12 // groups
	var groups []string
	for i := 0; i < len(steps); {
		n := i
		for n < len(steps) && steps[n] == steps[i] {
			n++
		}
		if len(groups) == most {
			return strings.Join(append(groups, "…"), ", ")
		}
		group := span(steps[i])
		if n-i > 1 {
			group = fmt.Sprintf("%d × %s", n-i, group)
		}
		groups = append(groups, group)
		i = n
	}
	return strings.Join(groups, ", ")
}

func span(s retry.Step) string {
	if s.Min == s.Max {
		return short(s.Min)
	}
	return short(s.Min) + "–" + short(s.Max)
}

func (s *Schedule) writeWorst(b *strings.Builder) {
	w := s.Worst
	table(b, func(t text) {
		t.printf("  requests\t%s\n", count(w.Attempts))
		t.printf("  waiting between them\t%s", bounded(w.Wait))
		if w.WaitAsked > w.Wait {
			t.printf("; %s if servers ask for it (Retry-After)", bounded(w.WaitAsked))
		}
		t.printf("\n")
		t.printf("  if no model says anything\t%s, requests %d\n", bounded(w.Silent), w.SilentAttempts)
		t.printf("  the whole call\t%s%s\n", bounded(w.Duration), s.bound())
	})
}

// bound says what bounds the whole call.
func (s *Schedule) bound() string {
	switch {
	case s.Worst.ByTotal:
		return ", by the total timeout"
	case s.Worst.Duration == Unbounded:
		return ": set timeouts.total, or timeouts.attempt and max_retries"
	}
	return ", by the timeouts of its attempts and its limits"
}

func limitText(d time.Duration) string {
	if d <= 0 {
		return "none"
	}
	return short(d)
}

func bounded(d time.Duration) string {
	if d == Unbounded {
		return "without end"
	}
	return short(d)
}

func count(n int) string {
	if n == math.MaxInt {
		return "unlimited"
	}
	return strconv.Itoa(n)
}

// short writes a duration without zero units: 2m and not 2m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
