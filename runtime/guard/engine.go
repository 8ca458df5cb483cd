package guard

import (
	"fmt"
	"slices"
	"time"
)

// Engine checks the reply of one attempt with a list of rules. It belongs to one goroutine.
type Engine struct {
	rules     []Custom
	checkers  []Checker
	seen      []int // the length of text that each checker has seen
	streaming bool  // one of the rules is
	trace     Trace
}

// Trace is told what an [Engine] does. All of it is called on the engine's goroutine.
type Trace interface {
	PhaseStart(final bool, rules, tokens int)
	RuleStart(index int, rule string)
	RuleEnd(index int, rule string, found []Violation, took time.Duration)
	PhaseEnd(final bool, found []Violation, took time.Duration)
}

// Verdict is the outcome of a check by all rules.
type Verdict struct {
	// Violations are all that were found, warnings included.
	Violations []Violation
	// Halt asks for the end of the attempt without a retry: something fatal, or an error that
	// another attempt cannot mend. It wins over Retry.
	Halt bool
	// Retry asks for another attempt.
	Retry bool
	// Abort asks for the end of the attempt although its reply is not complete.
	Abort bool
}

// Bad reports whether the text must not be kept.
func (v *Verdict) Bad() bool { return v.Halt || v.Retry }

// NewEngine returns an engine for one attempt, nil if there are no rules. trace may be nil.
func NewEngine(rules []Custom, trace Trace) *Engine {
	if len(rules) == 0 {
		return nil
	}
	return &Engine{
		rules: rules, checkers: make([]Checker, len(rules)), seen: make([]int, len(rules)), trace: trace,
		streaming: slices.ContainsFunc(rules, func(r Custom) bool { return r.Streaming }),
	}
}

// Streaming reports whether there is a rule to check while the reply comes.
func (e *Engine) Streaming() bool { return e != nil && e.streaming }

// Check runs the rules over the reply so far: those that stream, or all of them when it is
// final. After something fatal the rest is skipped. A rule that panics gives a warning.
func (e *Engine) Check(text string, tokens int, final bool) Verdict {
	if e == nil {
		return Verdict{}
	}
	var start time.Time
	if e.trace != nil {
		start = time.Now()
		e.trace.PhaseStart(final, len(e.rules), tokens)
	}
	var verdict Verdict
	for i := range e.rules {
		if !final && !e.rules[i].Streaming {
			continue
		}
		found := e.run(i, Reply{Text: text, Delta: text[min(e.seen[i], len(text)):], Tokens: tokens, Final: final})
		e.seen[i] = len(text)
		if verdict.add(found, e.rules[i].AbortEarly); verdict.fatal() {
			break
		}
	}
	if e.trace != nil {
		e.trace.PhaseEnd(final, verdict.Violations, time.Since(start))
	}
	return verdict
}

// run calls one rule and completes what it found.
func (e *Engine) run(i int, in Reply) (found []Violation) {
	rule := &e.rules[i]
	var start time.Time
	if e.trace != nil {
		start = time.Now()
		e.trace.RuleStart(i, rule.Name)
	}
	found = rule.complete(e.call(i, in))
	if e.trace != nil {
		e.trace.RuleEnd(i, rule.Name, found, time.Since(start))
	}
	return found
}

// call runs the user's code. The checker is made here too, so that a panic in New is caught.
func (e *Engine) call(i int, in Reply) (found []Violation) {
	rule := &e.rules[i]
	defer func() {
		if r := recover(); r != nil {
			found = []Violation{{
				Rule: rule.Name, Message: fmt.Sprintf("the rule panicked: %v", r), Severity: Warning, Recoverable: true,
			}}
		}
	}()
	if e.checkers[i] == nil {
		e.checkers[i] = rule.New()
	}
	return e.checkers[i].Check(in)
}

// complete fills in what the rule's own violations leave open.
func (c *Custom) complete(found []Violation) []Violation {
	found = slices.Clone(found) // the rule may keep its own
	for i := range found {
		v := &found[i]
		if v.Rule == "" {
			v.Rule = c.Name
		}
		if v.Severity == "" {
			v.Severity = c.Severity
			if v.Severity == "" {
				v.Severity = Error
			}
		}
		v.Recoverable = v.Recoverable || !c.NotRecoverable && v.Severity != Fatal
	}
	return found
}

func (v *Verdict) add(found []Violation, abortEarly bool) {
	for _, f := range found {
		switch {
		case f.Severity == Fatal, f.Severity == Error && !f.Recoverable:
			v.Halt = true
		case f.Severity == Error:
			v.Retry = true
			v.Abort = v.Abort || abortEarly
		}
	}
	v.Violations = append(v.Violations, found...)
}

func (v *Verdict) fatal() bool {
	return slices.ContainsFunc(v.Violations, func(f Violation) bool { return f.Severity == Fatal })
}
