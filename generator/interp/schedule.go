package interp

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/retry"
)

// Schedule is what the policy of a prompt does when its models fail: which
// failures are tried again, how often and after which delays, and what the
// worst of it costs. It is computed from the policy alone; nothing is called.
type Schedule struct {
	Prompt string
	// Models are the model and its fallbacks, in order, each with the timeouts
	// of an attempt on it. Total of the first one holds for the whole call.
	Models []l0.Model
	// Retry is the policy with every default filled in.
	Retry retry.Config
	// Failures are the kinds of failure, those that count first.
	Failures []Failure
	Worst    Worst
}

// Total is the limit for the whole call, [l0.NoTimeout] if there is none.
func (s *Schedule) Total() time.Duration {
	if len(s.Models) == 0 {
		return l0.NoTimeout
	}
	return s.Models[0].Timeouts.Total
}

// Class groups failures that share a counter of retries.
type Class string

// The classes of failures.
const (
	Counted   Class = "counted"   // the model's doing: uses up attempts
	Network   Class = "network"   // the connection's
	Transient Class = "transient" // the server's: busy or slow
)

// Failure is a kind of failure, and what follows if one model fails with it
// each time at once.
type Failure struct {
	Class  Class
	Reason retry.Reason
	// Type is the kind of a network failure, empty for others.
	Type retry.ErrorType
	// Steps are the retries, of which only the first are there if More is set.
	Steps []retry.Step
	More  bool
	// EndedBy is the rule that allows no further retry; empty if none does.
	EndedBy retry.Rule
}

// retried reports whether anything but a limit stands against a retry.
func (f *Failure) retried() bool {
	return f.EndedBy != retry.RuleRetryOn && f.EndedBy != retry.RuleFatal
}

// ByDeadline is the rule that ends retries whose delay would outlast the call.
const ByDeadline retry.Rule = "deadline"

// maxSteps is how many retries a schedule holds; a call may make more.
const maxSteps = 1000

// Find returns the prompt of this name, nil if there is none.
func Find(pkg *ir.Package, name string) *ir.Prompt {
	for _, p := range pkg.Prompts {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// NewSchedule works out the schedule of a prompt.
func NewSchedule(p *ir.Prompt) *Schedule {
	rules := policy(&p.Policy)
	s := &Schedule{Prompt: p.Name, Retry: rules.Retry.Resolve()}
	for _, m := range p.Models {
		m := model(m)
		m.Timeouts = m.EffectiveTimeouts(rules.Timeouts)
		s.Models = append(s.Models, m)
	}
	for _, f := range failures() {
		s.Failures = append(s.Failures, s.failure(f))
	}
	s.Worst = s.worst()
	return s
}

// failures are all kinds that a retry may follow, as the runtime knows them.
func failures() []retry.Failure {
	var out []retry.Failure
	for _, r := range []retry.Reason{retry.ZeroOutput, retry.GuardrailViolation, retry.Drift, retry.Incomplete} {
		out = append(out, retry.NewFailure(retry.CategoryContent, r))
	}
	out = append(out, retry.NewFailure(retry.CategoryModel, retry.Unknown))
	for _, t := range retry.ErrorTypes() {
		out = append(out, retry.NewNetworkFailure(t))
	}
	for _, r := range []retry.Reason{retry.Timeout, retry.RateLimit, retry.ServerError} {
		out = append(out, retry.NewFailure(retry.CategoryTransient, r))
	}
	return out
}

func classOf(f retry.Failure) Class {
	switch {
	case f.Counts:
		return Counted
	case f.Type != "":
		return Network
	}
	return Transient
}

// failure plays one kind of failure until a rule says no. Failures take no time
// here, so that only delays use up the total timeout, the shortest of them.
func (s *Schedule) failure(f retry.Failure) Failure {
	out := Failure{Class: classOf(f), Reason: f.Reason, Type: f.Type, Steps: retry.Schedule(s.Retry, f, maxSteps)}
	waited := time.Duration(0)
	for i, step := range out.Steps {
		if total := s.Total(); total > 0 && step.Min >= total-waited {
			out.Steps, out.EndedBy = out.Steps[:i], ByDeadline
			return out
		}
		waited += step.Min
	}
	if len(out.Steps) == maxSteps {
		out.More = true
		out.EndedBy = s.endOfMany(out.Steps[maxSteps-1].Min)
		return out
	}
	out.EndedBy = s.ruleAfter(f, len(out.Steps))
	return out
}

// ruleAfter is the rule that refuses a retry after n of them.
func (s *Schedule) ruleAfter(f retry.Failure, n int) retry.Rule {
	var b retry.Budget
	for range n {
		b.Record(b.Decide(f, s.Retry, nil))
	}
	return b.Decide(f, s.Retry, nil).Rule
}

// endOfMany is what ends retries that are too many to list.
func (s *Schedule) endOfMany(delay time.Duration) retry.Rule {
	switch total := s.Total(); {
	case total > 0 && (s.Retry.MaxRetries == retry.Unlimited || delay > total/time.Duration(s.Retry.MaxRetries)):
		return ByDeadline
	case s.Retry.MaxRetries != retry.Unlimited:
		return retry.RuleMaxRetries
	}
	return ""
}
