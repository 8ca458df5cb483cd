package plan

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// policyValue returns the literal of a policy, with only what differs from the
// runtime's defaults; nil when nothing does.
func policyValue(p ir.Policy) *StructValue {
	out := literal(runtimePath, "Policy")
	out.setStruct("Timeouts", timeoutsValue(p.Timeouts))
	out.setStruct("Retry", retryValue(p.Retry))
	out.setStruct("Guardrails", guardrailsValue(p.Guardrails))
	out.setStruct("Drift", driftValue(p.Drift))
	out.setStruct("CheckIntervals", intervalsValue(p.CheckIntervals))
	out.setStruct("Continuation", continuationValue(p.Continuation))
	out.setStruct("Repair", repairValue(p.Repair))
	out.setChoice("OutputMode", runtimePath, p.OutputMode, outputModeName)
	out.setStruct("Limits", limitsValue(p.Limits))
	return out.orNil()
}

func timeoutsValue(t ir.Timeouts) *StructValue {
	out := literal(runtimePath, "Timeouts")
	none := NameValue{runtimePath, "NoTimeout"}
	out.setDuration("InitialToken", t.InitialToken, none)
	out.setDuration("InterToken", t.InterToken, none)
	out.setDuration("Attempt", t.Attempt, none)
	out.setDuration("Total", t.Total, none)
	return out.orNil()
}

func retryValue(r ir.Retry) *StructValue {
	out := literal(retryPath, "Config")
	none := NameValue{retryPath, "NoDelay"}
	out.setChoice("Preset", retryPath, r.Preset, retryPresetName)
	out.setLimit("Attempts", r.Attempts)
	out.setLimit("MaxRetries", r.MaxRetries)
	out.setChoice("Backoff", retryPath, r.Backoff, backoffName)
	out.setDuration("BaseDelay", r.BaseDelay, none)
	out.setDuration("MaxDelay", r.MaxDelay, none)
	out.setDuration("NetworkMaxDelay", r.NetworkMaxDelay, none)
	if r.RetryOn != nil {
		out.set("RetryOn", choices(retryPath, "Reason", *r.RetryOn, reasonName))
	}
	delays := literal(retryPath, "ErrorDelays")
	for _, d := range r.ErrorTypeDelays {
		if field := errorDelayField(d.Type); field != "" {
			delays.setDuration(field, &d.Delay, none)
		}
	}
	out.setStruct("ErrorTypeDelays", delays.orNil())
	if r.Feedback != nil && !*r.Feedback {
		out.set("NoFeedback", BoolValue(true))
	}
	return out.orNil()
}

func guardrailsValue(g ir.Guardrails) *StructValue {
	out := literal(guardPath, "Config")
	out.setChoice("Preset", guardPath, g.Preset, guardPresetName)
	if len(g.Rules) > 0 {
		rules := &SliceValue{Elem: imported(guardPath, "Rule"), Lines: true}
		for i := range g.Rules {
			rules.Items = append(rules.Items, ruleValue(&g.Rules[i]))
		}
		out.set("Rules", rules)
	}
	out.setChoice("OnFatal", guardPath, g.OnFatal, fatalName)
	out.setChoice("OnExhausted", guardPath, g.OnExhausted, exhaustedName)
	out.setInt("MaxContent", g.MaxContent)
	out.setChoice("Delivery", guardPath, g.Delivery, deliveryName)
	out.setToggle("ZeroOutput", g.ZeroOutput)
	return out.orNil()
}

func ruleValue(r *ir.GuardrailRule) *StructValue {
	out := literal(guardPath, "Rule")
	out.setChoice("Kind", guardPath, r.Kind, ruleKindName)
	out.setChoice("Severity", guardPath, r.Severity, severityName)
	out.setToggle("Recoverable", r.Recoverable)
	out.setTexts("Deny", r.Deny)
	out.setTexts("Require", r.Require)
	out.setFlag("IgnoreCase", r.IgnoreCase)
	out.setText("Message", r.Message)
	out.setInt("Min", r.Min)
	out.setInt("Max", r.Max)
	out.setChoice("Unit", guardPath, r.Unit, unitName)
	if r.Kind == "custom" {
		out.setText("Name", r.Expr)
	} else {
		out.setText("Expr", r.Expr)
	}
	return out
}

func driftValue(d *ir.Drift) *StructValue {
	if d == nil {
		return nil
	}
	out := literal(guardPath, "Drift")
	out.set("On", BoolValue(true))
	out.setInt("Window", d.Window)
	out.setInt("Repetition", d.Repetition)
	out.setFloat("EntropySD", d.EntropySD)
	out.setFloat("MinConfidence", d.MinConfidence)
	if len(d.Signals) > 0 {
		out.set("Signals", choices(guardPath, "Signal", d.Signals, signalName))
	}
	return out
}

func intervalsValue(c ir.CheckIntervals) *StructValue {
	out := literal(runtimePath, "CheckIntervals")
	out.setInt("Guardrails", c.Guardrails)
	out.setInt("Drift", c.Drift)
	out.setInt("Checkpoint", c.Checkpoint)
	return out.orNil()
}

func continuationValue(c *ir.Continuation) *StructValue {
	if c == nil {
		return nil
	}
	out := literal(runtimePath, "Continuation")
	out.set("On", BoolValue(true))
	out.setText("Prompt", c.Prompt)
	out.setInt("MinOverlap", c.MinOverlap)
	out.setInt("MaxOverlap", c.MaxOverlap)
	out.setFlag("IgnoreCase", c.IgnoreCase != nil && *c.IgnoreCase)
	out.setFlag("CollapseSpace", c.CollapseSpace != nil && *c.CollapseSpace)
	return out
}

func repairValue(r ir.Repair) *StructValue {
	out := literal(structuredPath, "RepairPolicy")
	out.setChoice("Level", structuredPath, r.Level, repairLevelName)
	none := func(string) string { return "" } // rules are texts
	if len(r.Allow) > 0 {
		out.set("Allow", choices(structuredPath, "Rule", r.Allow, none))
	}
	if len(r.Deny) > 0 {
		out.set("Deny", choices(structuredPath, "Rule", r.Deny, none))
	}
	return out.orNil()
}

func limitsValue(l ir.Limits) *StructValue {
	out := literal(runtimePath, "Limits")
	out.setInt("MaxOutputTokens", l.MaxOutputTokens)
	out.setInt("MaxReplyBytes", l.MaxReplyBytes)
	return out.orNil()
}

// modelValue returns the literal of a model.
func (n *names) modelValue(m *ir.Model) *StructValue {
	out := literal(runtimePath, "Model")
	out.set("Name", NameValue{Name: n.models[m]})
	out.set("Provider", StringValue(m.Provider))
	out.set("ID", StringValue(m.ID))
	out.setText("Params", m.Params)
	out.setText("BaseURL", m.BaseURL)
	out.setText("APIKeyEnv", m.APIKeyEnv)
	out.setChoice("Class", runtimePath, m.Class, className)
	out.setChoice("Network", runtimePath, m.Network, networkName)
	if m.ContextTokens != 0 {
		out.set("ContextTokens", IntValue(m.ContextTokens))
	}
	out.setStruct("Timeouts", timeoutsValue(m.Timeouts))
	return out
}

// setLimit sets a number for which the runtime takes zero for the default.
func (s *StructValue) setLimit(name string, value *int64) {
	switch {
	case value == nil:
	case *value == 0:
		s.set(name, NameValue{retryPath, "None"})
	case *value < 0:
		s.set(name, NameValue{retryPath, "Unlimited"})
	default:
		s.set(name, IntValue(*value))
	}
}

// setDuration sets a duration for which the runtime takes zero for the default.
func (s *StructValue) setDuration(name string, value *time.Duration, none NameValue) {
	switch {
	case value == nil:
	case *value <= 0:
		s.set(name, none)
	default:
		s.set(name, DurationValue(*value))
	}
}
