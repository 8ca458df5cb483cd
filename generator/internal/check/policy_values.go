package check

import (
	"math"
	"time"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// policyValues reports numbers that a policy cannot work with, and those that
// contradict each other.
func policyValues(rep *diag.Report, pkg *ir.Package) {
	for _, m := range pkg.Models {
		c := policyChecker{rep: rep, spans: m.Spans}
		c.timeouts(m.Timeouts)
		if _, said := m.Spans["context_tokens"]; said {
			c.count("context_tokens", &m.ContextTokens, 1)
		}
	}
	for _, p := range pkg.Prompts {
		c := policyChecker{rep: rep, spans: p.Policy.Spans}
		c.timeouts(p.Policy.Timeouts)
		c.retry(p.Policy.Retry)
		c.endless(p)
		c.guardrails(p.Policy.Guardrails)
		c.intervals(p.Policy.CheckIntervals)
		c.drift(p.Policy.Drift)
		c.continuation(p)
		c.count("limits.max_output_tokens", p.Policy.Limits.MaxOutputTokens, 1)
		c.count("limits.max_reply_bytes", p.Policy.Limits.MaxReplyBytes, 1)
	}
}

// policyChecker reports about the merged policy of one model or prompt, at the
// place where the key was said. Policies are shared, so messages name no
// prompt: the report then holds each problem once.
type policyChecker struct {
	rep   *diag.Report
	spans map[string]source.Span
}

func (c *policyChecker) value(key, format string, args ...any) *diag.Diagnostic {
	return c.rep.Error(diag.PolicyValue, c.spans[key], "%s "+format, append([]any{key}, args...)...)
}

// conflict reports that one key contradicts another.
func (c *policyChecker) conflict(key, other, format string, args ...any) *diag.Diagnostic {
	d := c.rep.Error(diag.PolicyConflict, c.spans[key], "%s "+format, append([]any{key}, args...)...)
	if span, ok := c.spans[other]; ok {
		d.Also(span, "%s is here", other)
	}
	return d
}

// count reports a number that is too small, or too large for an int of every
// platform, which is what generated code holds it in.
func (c *policyChecker) count(key string, v *int64, least int64) {
	switch {
	case v == nil:
	case *v < least:
		c.value(key, "is %d, but must be at least %d", *v, least)
	case *v > math.MaxInt32:
		c.value(key, "is %d, but must be at most %d", *v, math.MaxInt32)
	}
}

func (c *policyChecker) timeouts(t ir.Timeouts) {
	for _, d := range []struct {
		key string
		v   *time.Duration
	}{{"initial_token", t.InitialToken}, {"inter_token", t.InterToken}, {"attempt", t.Attempt}, {"total", t.Total}} {
		if d.v != nil && *d.v == 0 {
			c.value("timeouts."+d.key, "is 0s, which would end every call at once").Hint("\"none\" switches it off")
		}
	}
	for _, pair := range []struct {
		inner, outer string
		a, b         *time.Duration
	}{
		{"initial_token", "attempt", t.InitialToken, t.Attempt},
		{"initial_token", "total", t.InitialToken, t.Total},
		{"inter_token", "attempt", t.InterToken, t.Attempt},
		{"inter_token", "total", t.InterToken, t.Total},
		{"attempt", "total", t.Attempt, t.Total},
	} {
		if pair.a != nil && pair.b != nil && *pair.a > 0 && *pair.b > 0 && *pair.a > *pair.b {
			c.conflict("timeouts."+pair.inner, "timeouts."+pair.outer, "%s is longer than %s %s, so it never ends anything",
				*pair.a, pair.outer, *pair.b)
		}
	}
}

func (c *policyChecker) guardrails(g ir.Guardrails) {
	c.count("guardrails.max_content", g.MaxContent, 1)
	for _, r := range g.Rules {
		broken := func(format string, args ...any) { c.rep.Error(diag.GuardrailBroken, r.Span, format, args...) }
		switch r.Kind {
		case "pattern":
			if len(r.Deny)+len(r.Require) == 0 {
				broken("the pattern rule has neither deny nor require")
			}
		case "phrases":
			for _, phrase := range r.Deny {
				if phrase == "" {
					broken("an empty phrase stands in every reply")
				}
			}
			if len(r.Deny) == 0 {
				broken("the phrases rule has no phrases")
			}
		case "length":
			lengthRule(r, broken)
		}
	}
}

func lengthRule(r ir.GuardrailRule, broken func(string, ...any)) {
	switch {
	case r.Min == nil && r.Max == nil:
		broken("the length rule has neither min nor max")
	case r.Min != nil && *r.Min < 0, r.Max != nil && *r.Max < 0:
		broken("a length cannot be negative")
	case r.Min != nil && r.Max != nil && *r.Min > *r.Max:
		broken("min %d is above max %d, so no reply fits", *r.Min, *r.Max)
	}
}

func (c *policyChecker) intervals(i ir.CheckIntervals) {
	c.count("check_intervals.guardrails", i.Guardrails, 1)
	c.count("check_intervals.drift", i.Drift, 1)
	c.count("check_intervals.checkpoint", i.Checkpoint, 1)
}

func (c *policyChecker) drift(d *ir.Drift) {
	if d == nil {
		return
	}
	c.count("drift.window", d.Window, 1)
	c.count("drift.repetition", d.Repetition, 2)
	if d.EntropySD != nil && *d.EntropySD <= 0 {
		c.value("drift.entropy_sd", "is %v, but must be above 0", *d.EntropySD)
	}
	if d.MinConfidence != nil && (*d.MinConfidence < 0 || *d.MinConfidence > 1) {
		c.value("drift.min_confidence", "is %v, but must lie between 0 and 1", *d.MinConfidence)
	}
}

func (c *policyChecker) continuation(p *ir.Prompt) {
	k := p.Policy.Continuation
	if k == nil {
		return
	}
	if p.Output != nil {
		c.conflict("continuation", "", "does not go with a typed output").
			Also(p.Span, "the prompt %q answers with a type", p.Name).
			Hint("a broken typed reply is asked for again; switch it off here with continuation: false")
	}
	c.count("continuation.min_overlap", k.MinOverlap, 1)
	c.count("continuation.max_overlap", k.MaxOverlap, 1)
	shortest, longest := k.MinOverlap, k.MaxOverlap
	switch {
	case shortest != nil && longest != nil && *shortest > *longest:
		c.conflict("continuation.min_overlap", "continuation.max_overlap", "%d is above max_overlap %d", *shortest, *longest)
	case shortest != nil && longest == nil && *shortest > defaultMaxOverlap:
		c.conflict("continuation.min_overlap", "", "%d is above max_overlap, which is %d unless set", *shortest, defaultMaxOverlap).
			Hint("set max_overlap too")
	case shortest == nil && longest != nil && *longest > 0 && *longest < defaultMinOverlap:
		c.conflict("continuation.max_overlap", "", "%d is below min_overlap, which is %d unless set", *longest, defaultMinOverlap).
			Hint("set min_overlap too")
	}
}
