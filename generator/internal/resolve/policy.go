package resolve

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// policy merges what a prompt inherits: the defaults of its file, then the
// policies that it names, then its own keys.
func (r *resolver) policy(file *syntax.Spec, p *syntax.Prompt) ir.Policy {
	merged := &syntax.Policy{}
	if file.Defaults != nil {
		overlay(merged, file.Defaults)
	}
	for _, name := range p.Policy.List {
		if layer, ok := r.policies.get(r.rep, diag.PolicyUnknown, name); ok {
			overlay(merged, layer)
		}
	}
	overlay(merged, &p.PolicyKeys)
	out := meaning(merged)
	out.Spans = spansOf(merged)
	if text, err := json.Marshal(syntax.Canonical(merged)); err == nil {
		out.Canonical = string(text)
	}
	return out
}

// overlay lays a policy over another: mappings merge recursively, scalars and
// lists replace, a preset first resets its mapping, guardrail rules add up.
func overlay(under, over *syntax.Policy) {
	inherited := keptRules(under.Guardrails, over.Guardrails)
	mergeStruct(reflect.ValueOf(under).Elem(), reflect.ValueOf(over).Elem())
	if over.Guardrails != nil {
		rules := &under.Guardrails.Rules
		rules.Items = append(inherited, over.Guardrails.Rules.Items...)
	}
}

// keptRules are the inherited rules that stay: all, unless inherit is false.
func keptRules(under, over *syntax.Guardrails) []syntax.Rule {
	if under == nil || over == nil || over.Inherit.IsSet() && !over.Inherit.Value {
		return nil
	}
	return append([]syntax.Rule(nil), under.Rules.Items...)
}

func mergeStruct(under, over reflect.Value) {
	if preset := over.FieldByName("Preset"); preset.IsValid() && isSet(preset) {
		under.SetZero()
	}
	for i := range over.NumField() {
		mergeValue(under.Field(i), over.Field(i))
	}
}

// mergeValue lays one value over another. A mapping is a pointer to a struct.
func mergeValue(under, over reflect.Value) {
	switch {
	case over.Kind() == reflect.Pointer && over.IsNil():
	case over.Kind() == reflect.Pointer:
		merged := reflect.New(over.Type().Elem())
		if !under.IsNil() && !switchedOff(over.Elem()) {
			merged.Elem().Set(under.Elem())
		}
		mergeStruct(merged.Elem(), over.Elem())
		under.Set(merged)
	case over.Kind() == reflect.Bool: // "off" holds for the layer that says it
		under.Set(over)
	case isSet(over):
		under.Set(over)
	}
}

func switchedOff(v reflect.Value) bool {
	off := v.FieldByName("Off")
	return off.IsValid() && off.Bool()
}

// isSet asks a value of the tree whether the spec has it.
func isSet(v reflect.Value) bool {
	if s, ok := reflect.TypeAssert[interface{ IsSet() bool }](v); ok {
		return s.IsSet()
	}
	return !v.IsZero()
}

// meaning turns a merged policy into its meaning.
func meaning(p *syntax.Policy) ir.Policy {
	out := ir.Policy{OutputMode: p.OutputMode.Value}
	if p.Timeouts != nil {
		out.Timeouts = timeouts(p.Timeouts)
	}
	if p.Retry != nil {
		out.Retry = retry(p.Retry)
	}
	if p.Guardrails != nil {
		out.Guardrails = guardrails(p.Guardrails)
	}
	if p.Drift != nil && !p.Drift.Off {
		out.Drift = drift(p.Drift)
	}
	if c := p.CheckIntervals; c != nil {
		out.CheckIntervals = ir.CheckIntervals{
			Guardrails: integer(c.Guardrails), Drift: integer(c.Drift), Checkpoint: integer(c.Checkpoint),
		}
	}
	if c := p.Continuation; c != nil && !c.Off {
		out.Continuation = &ir.Continuation{
			Prompt: c.Prompt.Value, MinOverlap: integer(c.MinOverlap), MaxOverlap: integer(c.MaxOverlap),
			IgnoreCase: boolean(c.IgnoreCase), CollapseSpace: boolean(c.CollapseSpace),
		}
	}
	if p.Repair != nil {
		out.Repair = ir.Repair{
			Level: p.Repair.Level.Value, Allow: texts(p.Repair.Allow.Items), Deny: texts(p.Repair.Deny.Items),
		}
	}
	if p.Limits != nil {
		out.Limits = ir.Limits{
			MaxOutputTokens: integer(p.Limits.MaxOutputTokens), MaxReplyBytes: integer(p.Limits.MaxReplyBytes),
		}
	}
	return out
}

func timeouts(t *syntax.Timeouts) ir.Timeouts {
	return ir.Timeouts{
		InitialToken: duration(t.InitialToken),
		InterToken:   duration(t.InterToken),
		Attempt:      duration(t.Attempt),
		Total:        duration(t.Total),
	}
}

func retry(s *syntax.Retry) ir.Retry {
	out := ir.Retry{
		Preset:          s.Preset.Value,
		Attempts:        integer(s.Attempts),
		Backoff:         s.Backoff.Value,
		BaseDelay:       duration(s.BaseDelay),
		MaxDelay:        duration(s.MaxDelay),
		NetworkMaxDelay: duration(s.NetworkMaxDelay),
		Feedback:        boolean(s.Feedback),
	}
	if s.MaxRetries.IsSet() {
		n := s.MaxRetries.Value
		if s.MaxRetries.Unlimited {
			n = ir.Unlimited
		}
		out.MaxRetries = &n
	}
	if s.RetryOn.IsSet() {
		reasons := words(s.RetryOn.Items)
		out.RetryOn = &reasons
	}
	if s.ErrorTypeDelays != nil {
		out.ErrorTypeDelays = errorDelays(s.ErrorTypeDelays)
	}
	return out
}

// errorDelays reads the delays in the order of the format's table.
func errorDelays(d *syntax.ErrorTypeDelays) []ir.ErrorDelay {
	var out []ir.ErrorDelay
	v := reflect.ValueOf(d).Elem()
	for i := range v.NumField() {
		delay, ok := reflect.TypeAssert[syntax.Duration](v.Field(i))
		if ok && delay.IsSet() {
			name, _ := jsonName(v.Type().Field(i))
			out = append(out, ir.ErrorDelay{Type: name, Delay: *duration(delay)})
		}
	}
	return out
}

func guardrails(g *syntax.Guardrails) ir.Guardrails {
	out := ir.Guardrails{
		Preset:      g.Preset.Value,
		OnFatal:     g.OnFatal.Value,
		OnExhausted: g.OnExhausted.Value,
		MaxContent:  integer(g.MaxContent),
		Delivery:    g.Delivery.Value,
		ZeroOutput:  boolean(g.ZeroOutput),
	}
	for i := range g.Rules.Items {
		out.Rules = append(out.Rules, rule(&g.Rules.Items[i]))
	}
	return out
}

func rule(s *syntax.Rule) ir.GuardrailRule {
	out := ir.GuardrailRule{
		Span: s.Span, Kind: s.Word.Value, Severity: s.Severity.Value, Recoverable: boolean(s.Recoverable),
	}
	switch {
	case s.Pattern != nil:
		out.Kind, out.Message = "pattern", s.Pattern.Message.Value
		out.Deny, out.Require = texts(s.Pattern.Deny.List), texts(s.Pattern.Require.List)
	case s.Phrases != nil:
		out.Kind, out.IgnoreCase = "phrases", s.Phrases.IgnoreCase.Value
		out.Deny = texts(s.Phrases.Deny.List)
	case s.Length != nil:
		out.Kind, out.Unit = "length", s.Length.Unit.Value
		out.Min, out.Max = integer(s.Length.Min), integer(s.Length.Max)
	case s.Assert.IsSet():
		out.Kind, out.Expr = "assert", s.Assert.Value
	case s.Check.IsSet():
		out.Kind, out.Expr = "check", s.Check.Value
	case s.Custom.IsSet():
		out.Kind, out.Expr = "custom", s.Custom.Value
	default:
		v := reflect.ValueOf(s).Elem()
		for i := range v.NumField() {
			if f, ok := reflect.TypeAssert[syntax.Flag](v.Field(i)); ok && !f.Span.IsZero() {
				out.Kind, _ = jsonName(v.Type().Field(i))
			}
		}
	}
	return out
}

func drift(d *syntax.Drift) *ir.Drift {
	return &ir.Drift{
		Window: integer(d.Window), Repetition: integer(d.Repetition), EntropySD: float(d.EntropySD),
		MinConfidence: float(d.MinConfidence), Signals: words(d.Signals.Items),
	}
}

func duration(d syntax.Duration) *time.Duration {
	if !d.IsSet() {
		return nil
	}
	v := d.Value
	if d.None {
		v = ir.Off
	}
	return &v
}

func integer(i syntax.Int) *int64 {
	if !i.IsSet() {
		return nil
	}
	return &i.Value
}

func float(f syntax.Float) *float64 {
	if !f.IsSet() {
		return nil
	}
	return &f.Value
}

func boolean(b syntax.Bool) *bool {
	if !b.IsSet() {
		return nil
	}
	return &b.Value
}

func texts(list []syntax.String) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, s.Value)
	}
	return out
}

func words[W syntax.Words](list []syntax.OneOf[W]) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		out = append(out, w.Value)
	}
	return out
}
