package l0

import (
	"slices"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/structured"
)

// resolvePolicy lays policies above one another, the defaults lowest. The result has no zero
// field that has a default.
func resolvePolicy(policies ...Policy) Policy {
	p := DefaultPolicy()
	for _, over := range policies {
		p.merge(over)
	}
	p.Retry = p.Retry.Resolve()
	return p
}

// merge replaces the fields of p that are set in over.
func (p *Policy) merge(over Policy) {
	p.Timeouts.merge(over.Timeouts)
	p.Retry = p.Retry.Merge(over.Retry)
	mergeGuardrails(&p.Guardrails, over.Guardrails)
	mergeDrift(&p.Drift, over.Drift)
	set(&p.CheckIntervals.Guardrails, over.CheckIntervals.Guardrails)
	set(&p.CheckIntervals.Drift, over.CheckIntervals.Drift)
	set(&p.CheckIntervals.Checkpoint, over.CheckIntervals.Checkpoint)
	p.Continuation.merge(over.Continuation)
	mergeRepair(&p.Repair, over.Repair)
	set(&p.OutputMode, over.OutputMode)
	set(&p.Limits.MaxOutputTokens, over.Limits.MaxOutputTokens)
	set(&p.Limits.MaxReplyBytes, over.Limits.MaxReplyBytes)
}

func (t *Timeouts) merge(over Timeouts) {
	set(&t.InitialToken, over.InitialToken)
	set(&t.InterToken, over.InterToken)
	set(&t.Attempt, over.Attempt)
	set(&t.Total, over.Total)
}

func (c *Continuation) merge(over Continuation) {
	set(&c.On, over.On)
	set(&c.Prompt, over.Prompt)
	set(&c.MinOverlap, over.MinOverlap)
	set(&c.MaxOverlap, over.MaxOverlap)
	set(&c.IgnoreCase, over.IgnoreCase)
	set(&c.CollapseSpace, over.CollapseSpace)
}

func mergeGuardrails(c *guard.Config, over guard.Config) {
	set(&c.Preset, over.Preset)
	if over.Rules != nil {
		c.Rules = append(slices.Clip(c.Rules), over.Rules...) // rules add up
	}
	set(&c.OnFatal, over.OnFatal)
	set(&c.OnExhausted, over.OnExhausted)
	set(&c.MaxContent, over.MaxContent)
	set(&c.Delivery, over.Delivery)
	set(&c.ZeroOutput, over.ZeroOutput)
}

func mergeDrift(d *guard.Drift, over guard.Drift) {
	set(&d.On, over.On)
	set(&d.Window, over.Window)
	set(&d.Repetition, over.Repetition)
	set(&d.EntropySD, over.EntropySD)
	set(&d.MinConfidence, over.MinConfidence)
	if over.Signals != nil {
		d.Signals = over.Signals
	}
}

func mergeRepair(r *structured.RepairPolicy, over structured.RepairPolicy) {
	set(&r.Level, over.Level)
	if over.Allow != nil {
		r.Allow = over.Allow
	}
	if over.Deny != nil {
		r.Deny = over.Deny
	}
}

// set replaces *field by v unless v is zero.
func set[T comparable](field *T, v T) {
	var zero T
	if v != zero {
		*field = v
	}
}
