package l0

import (
	"errors"
	"sync"

	"github.com/l0gen/l0gen/runtime/guard"
)

// ruling is what the policies of a call come to. It is shared by calls and not changed.
type ruling struct {
	policy Policy   // resolved, without zero fields that have a default
	asked  Timeouts // what the policies say, without defaults
	typed  bool     // the output has a type
	// refused is why the policies cannot be had; nil if they can.
	refused *Error
}

// The rulings of calls without policies. They never change; working them out for each call would
// cost it more than all the rest, and a bigger stack.
//
//nolint:gochecknoglobals // constants that cannot be written as such
var (
	textDefaults  = sync.OnceValue(func() *ruling { return newRuling(false, nil) })
	typedDefaults = sync.OnceValue(func() *ruling { return newRuling(true, nil) })
)

// rule lays policies above the defaults.
func rule(typed bool, policies []Policy) *ruling {
	switch {
	case len(policies) > 0:
		return newRuling(typed, policies)
	case typed:
		return typedDefaults()
	}
	return textDefaults()
}

func newRuling(typed bool, policies []Policy) *ruling {
	r := &ruling{policy: resolvePolicy(policies...), typed: typed}
	for _, p := range policies {
		r.asked.merge(p.Timeouts)
	}
	if r.policy.Guardrails.ZeroOutput == guard.Auto {
		// A text must have something in it, while a typed value is checked by its type.
		r.policy.Guardrails.ZeroOutput = guard.On
		if typed {
			r.policy.Guardrails.ZeroOutput = guard.Off
		}
	}
	if r.refused = refusal(policies); r.refused == nil {
		r.refused = r.nonsense(typed, policies)
	}
	return r
}

// nonsense is the error of policies that make no sense, nil if they do.
func (r *ruling) nonsense(typed bool, policies []Policy) *Error {
	var problems []error
	for _, p := range policies {
		problems = append(problems, p.problems()...)
	}
	if len(problems) == 0 { // else they would be found twice
		problems = append(problems, r.policy.problems()...)
	}
	if typed && r.policy.Continuation.On {
		problems = append(problems, errors.New("Continuation cannot be on for a typed output, which is never resumed"))
	}
	if len(problems) == 0 {
		return nil
	}
	return &Error{
		Code: CodeNotConfigured, Message: "the policy makes no sense: " + joinLines(problems), Advice: "correct it",
		Err: errors.Join(problems...),
	}
}

// ruling returns what holds for a call of fn. It is worked out once, unless the call has
// policies of its own.
//
// Policies are large, and a call that finds its ruling copies none: on the stack of every
// caller a copy would stay for as long as the stream.
func (b *Binding) ruling(fn any, typed bool, own *Policy, config *callConfig) *ruling {
	if len(config.policies) > len(b.defaults.policies) {
		return ruleAbove(typed, own, config.policies)
	}
	r, ok := b.rulings.Load(fn)
	if !ok {
		r, _ = b.rulings.LoadOrStore(fn, ruleAbove(typed, own, config.policies))
	}
	return r.(*ruling) //nolint:errcheck,forcetypeassert // nothing else is stored
}

// ruleAbove lays policies above a function's own.
func ruleAbove(typed bool, own *Policy, policies []Policy) *ruling {
	all := make([]Policy, 1+len(policies))
	all[0] = *own
	copy(all[1:], policies)
	return rule(typed, all)
}
