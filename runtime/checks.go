package l0

import (
	"strconv"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
)

// checks runs the guardrails of one attempt and keeps its checkpoint.
type checks struct {
	engine *guard.Engine // nil without rules
	// every and saves are the distances in tokens between two verdicts and two checkpoints;
	// zero is never.
	every, saves int
	next         int // the token count at which something is due
}

// newChecks returns the checks of an attempt. Without rules that stream and without
// continuation nothing is ever due, so that the path of a token costs one comparison.
func (s *session) newChecks() checks {
	var traced guard.Trace
	if s.trace != nil {
		traced = &checkTrace{session: s}
	}
	c := checks{engine: guard.NewEngine(s.rules, traced)}
	s.reply.checked = c.engine.Streaming()
	if s.reply.checked {
		c.every = s.policy.CheckIntervals.Guardrails
	}
	if s.policy.Continuation.On {
		c.saves = s.policy.CheckIntervals.Checkpoint
	}
	c.plan(s.reply.tokens)
	return c
}

// plan sets when something is due next after n tokens.
func (c *checks) plan(n int) {
	c.next = 0
	for _, every := range []int{c.every, c.saves} {
		if every > 0 {
			at := (n/every + 1) * every
			if c.next == 0 || at < c.next {
				c.next = at
			}
		}
	}
}

// due reports whether something is to do after n tokens.
func (c *checks) due(n int) bool { return c.next > 0 && n >= c.next }

// pre gives a verdict while the reply comes, before its newest text reaches the consumer, and
// saves a checkpoint of what passed.
func (c *checks) pre(a *attempt) error {
	n := a.reply.tokens
	if c.engine.Streaming() {
		if err := c.verdict(a, false); err != nil {
			return err
		}
	}
	if !a.tainted {
		a.reply.keep()
		if c.saves > 0 && n%c.saves == 0 {
			a.save()
		}
	}
	c.plan(n)
	return nil
}

// final gives the verdict on a complete reply.
func (c *checks) final(a *attempt) error {
	if c.engine == nil {
		return nil
	}
	err := c.verdict(a, true)
	if err != nil {
		a.reply.kept, a.reply.keptTokens, a.reply.checked = 0, 0, true // the text itself was bad: another attempt starts afresh
		return err
	}
	a.reply.keep()
	return nil
}

// verdict runs the rules and makes an error of what they want.
func (c *checks) verdict(a *attempt, final bool) error {
	v := c.engine.Check(a.reply.content(), a.reply.tokens, final)
	a.report.Violations = append(a.report.Violations, v.Violations...)
	switch {
	case v.Halt:
		a.tainted = true
		return &Error{Code: CodeFatalGuardrailViolation, Violations: v.Violations}
	case v.Retry:
		a.tainted = true
		if final || v.Abort {
			return &Error{Code: CodeGuardrailViolation, Violations: v.Violations}
		}
	}
	return nil
}

// bad reports whether the rules that stream find fault with a text.
func (c *checks) bad(text string, tokens int) bool {
	if !c.engine.Streaming() {
		return false
	}
	v := c.engine.Check(text, tokens, false)
	return v.Bad()
}

// save makes all of the text the checkpoint.
func (a *attempt) save() {
	a.reply.keep()
	a.checkpoints++
	note(a.session, record.CheckpointSaved{Checkpoint: a.reply.checkpoint(), TokenCount: a.reply.tokens})
}

// extend tries to make all of the text the checkpoint when the attempt has failed for a reason
// that is not in the text.
func (a *attempt) extend() {
	switch {
	case !a.policy.Continuation.On, a.tainted, a.reply.kept == a.reply.text.Len(): // or there is nothing to gain
	case a.checks.bad(a.reply.content(), a.reply.tokens):
	default:
		a.save()
	}
}

// checkTrace writes the records of checks.
type checkTrace struct {
	*session
	calls int
}

func phaseOf(final bool) record.Phase {
	if final {
		return record.PhasePost
	}
	return record.PhasePre
}

// PhaseStart writes GUARDRAIL_PHASE_START.
func (t *checkTrace) PhaseStart(final bool, rules, tokens int) {
	note(t.session, record.GuardrailPhaseStart{Phase: phaseOf(final), RuleCount: rules, TokenCount: tokens})
}

// RuleStart writes GUARDRAIL_RULE_START.
func (t *checkTrace) RuleStart(index int, rule string) {
	t.calls++
	note(t.session, record.GuardrailRuleStart{Index: index, RuleID: rule, CallbackID: t.id()})
}

// RuleEnd writes what a rule found, and that it is done.
func (t *checkTrace) RuleEnd(index int, rule string, found []Violation, took time.Duration) {
	result := record.GuardrailRuleResult{Index: index, RuleID: rule, Passed: len(found) == 0, Violations: found}
	if len(found) > 0 {
		result.Violation = &found[0]
	}
	note(t.session, result)
	note(t.session, record.GuardrailRuleEnd{
		Index: index, RuleID: rule, Passed: len(found) == 0, CallbackID: t.id(), DurationMs: took.Milliseconds(),
	})
}

// PhaseEnd writes GUARDRAIL_PHASE_END.
func (t *checkTrace) PhaseEnd(final bool, found []Violation, took time.Duration) {
	note(t.session, record.GuardrailPhaseEnd{
		Phase: phaseOf(final), Passed: len(found) == 0, Violations: found, DurationMs: took.Milliseconds(),
	})
}

func (t *checkTrace) id() string {
	return strconv.Itoa(len(t.report.Attempts)) + "." + strconv.Itoa(t.calls)
}
