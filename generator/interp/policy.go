package interp

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/retry"
	"github.com/l0gen/l0gen/runtime/structured"
)

// The words of the specs are the values of the runtime's constants, so that
// most of this file is conversion. Zero is the runtime's default throughout.

// policy returns the policy that generated code has for a prompt.
func policy(p *ir.Policy) l0.Policy {
	return l0.Policy{
		Timeouts:   timeouts(p.Timeouts),
		Retry:      retryConfig(&p.Retry),
		Guardrails: guardrails(&p.Guardrails),
		Drift:      drift(p.Drift),
		CheckIntervals: l0.CheckIntervals{
			Guardrails: number(p.CheckIntervals.Guardrails),
			Drift:      number(p.CheckIntervals.Drift),
			Checkpoint: number(p.CheckIntervals.Checkpoint),
		},
		Continuation: continuation(p.Continuation),
		Repair: structured.RepairPolicy{
			Level: structured.Level(p.Repair.Level),
			Allow: words[structured.Rule](p.Repair.Allow),
			Deny:  words[structured.Rule](p.Repair.Deny),
		},
		OutputMode: l0.OutputMode(p.OutputMode),
		Limits: l0.Limits{
			MaxOutputTokens: number(p.Limits.MaxOutputTokens),
			MaxReplyBytes:   number(p.Limits.MaxReplyBytes),
		},
	}
}

// model returns a model as generated code declares it.
func model(m *ir.Model) l0.Model {
	return l0.Model{
		Name:          l0.ModelName(m.Name),
		Provider:      m.Provider,
		ID:            m.ID,
		Params:        m.Params,
		BaseURL:       m.BaseURL,
		APIKeyEnv:     m.APIKeyEnv,
		Class:         l0.Class(m.Class),
		Network:       l0.Network(m.Network),
		ContextTokens: int(m.ContextTokens),
		Timeouts:      timeouts(m.Timeouts),
	}
}

func timeouts(t ir.Timeouts) l0.Timeouts {
	return l0.Timeouts{
		InitialToken: orOff(t.InitialToken),
		InterToken:   orOff(t.InterToken),
		Attempt:      orOff(t.Attempt),
		Total:        orOff(t.Total),
	}
}

func retryConfig(r *ir.Retry) retry.Config {
	c := retry.Config{
		Preset:          retry.Preset(r.Preset),
		Attempts:        limit(r.Attempts),
		MaxRetries:      limit(r.MaxRetries),
		Backoff:         retry.Strategy(r.Backoff),
		BaseDelay:       orOff(r.BaseDelay),
		MaxDelay:        orOff(r.MaxDelay),
		NetworkMaxDelay: orOff(r.NetworkMaxDelay),
		NoFeedback:      r.Feedback != nil && !*r.Feedback,
	}
	if r.RetryOn != nil {
		c.RetryOn = append([]retry.Reason{}, words[retry.Reason](*r.RetryOn)...) // empty is not nil
	}
	for _, e := range r.ErrorTypeDelays {
		if field := errorDelay(&c.ErrorTypeDelays, retry.ErrorType(e.Type)); field != nil {
			*field = orOff(&e.Delay)
		}
	}
	return c
}

// errorDelay returns where the delay of a kind of error is kept.
func errorDelay(d *retry.ErrorDelays, t retry.ErrorType) *time.Duration {
	switch t {
	case retry.ConnectionDropped:
		return &d.ConnectionDropped
	case retry.FetchError:
		return &d.FetchError
	case retry.ECONNRESET:
		return &d.ECONNRESET
	case retry.ECONNREFUSED:
		return &d.ECONNREFUSED
	case retry.SSEAborted:
		return &d.SSEAborted
	case retry.NoBytes:
		return &d.NoBytes
	case retry.PartialChunks:
		return &d.PartialChunks
	case retry.RuntimeKilled:
		return &d.RuntimeKilled
	case retry.BackgroundThrottle:
		return &d.BackgroundThrottle
	case retry.DNSError:
		return &d.DNSError
	case retry.SSLError:
		return &d.SSLError
	case retry.TimeoutError:
		return &d.Timeout
	case retry.UnknownError:
		return &d.Unknown
	}
	return nil
}

func guardrails(g *ir.Guardrails) guard.Config {
	c := guard.Config{
		Preset:      guard.Preset(g.Preset),
		OnFatal:     guard.FatalAction(g.OnFatal),
		OnExhausted: guard.ExhaustedAction(g.OnExhausted),
		MaxContent:  number(g.MaxContent),
		Delivery:    guard.Delivery(g.Delivery),
		ZeroOutput:  toggle(g.ZeroOutput),
	}
	for i := range g.Rules {
		c.Rules = append(c.Rules, rule(&g.Rules[i]))
	}
	return c
}

func rule(r *ir.GuardrailRule) guard.Rule {
	out := guard.Rule{
		Kind:        guard.Kind(r.Kind),
		Severity:    guard.Severity(r.Severity),
		Recoverable: toggle(r.Recoverable),
		Deny:        words[string](r.Deny),
		Require:     words[string](r.Require),
		IgnoreCase:  r.IgnoreCase,
		Message:     r.Message,
		Min:         number(r.Min),
		Max:         number(r.Max),
		Unit:        guard.Unit(r.Unit),
	}
	if out.Kind == guard.KindCustom {
		out.Name = r.Expr
	} else {
		out.Expr = r.Expr
	}
	return out
}

func drift(d *ir.Drift) guard.Drift {
	if d == nil {
		return guard.Drift{}
	}
	return guard.Drift{
		On:            true,
		Window:        number(d.Window),
		Repetition:    number(d.Repetition),
		EntropySD:     orZero(d.EntropySD),
		MinConfidence: orZero(d.MinConfidence),
		Signals:       words[guard.Signal](d.Signals),
	}
}

func continuation(c *ir.Continuation) l0.Continuation {
	if c == nil {
		return l0.Continuation{}
	}
	return l0.Continuation{
		On:            true,
		Prompt:        c.Prompt,
		MinOverlap:    number(c.MinOverlap),
		MaxOverlap:    number(c.MaxOverlap),
		IgnoreCase:    orZero(c.IgnoreCase),
		CollapseSpace: orZero(c.CollapseSpace),
	}
}

func number(v *int64) int { return int(orZero(v)) }

// limit is for numbers of which the runtime takes zero for the default.
func limit(v *int64) int {
	switch {
	case v == nil:
		return 0
	case *v == 0:
		return retry.None
	case *v == ir.Unlimited:
		return retry.Unlimited
	}
	return int(*v)
}

// orOff is for durations of which the runtime takes zero for the default.
// NoTimeout and NoDelay are the same value.
func orOff(v *time.Duration) time.Duration {
	switch {
	case v == nil:
		return 0
	case *v <= 0:
		return l0.NoTimeout
	}
	return *v
}

func toggle(v *bool) guard.Toggle {
	switch {
	case v == nil:
		return guard.Auto
	case *v:
		return guard.On
	}
	return guard.Off
}

func orZero[T any](v *T) T {
	if v == nil {
		var zero T
		return zero
	}
	return *v
}

// words returns nil for an empty list.
func words[To, From ~string](list []From) []To {
	var out []To
	for _, w := range list {
		out = append(out, To(w))
	}
	return out
}
