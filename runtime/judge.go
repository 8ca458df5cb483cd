package l0

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

// ruleDeadline decides when there is no time left for the delay of a retry, ruleVeto when the
// caller's hook said no.
const (
	ruleDeadline retry.Rule = "deadline"
	ruleVeto     retry.Rule = "veto"
)

// verdict is what follows from a failed attempt.
type verdict struct {
	retry bool
	delay time.Duration
	err   error // the failure, complete
}

// judge decides what follows from a failed attempt, and writes it into the report and the
// records. started says that something of the reply had come. The end of the call itself is
// no matter for it.
func (s *session) judge(ctx context.Context, err error, started bool) verdict {
	if ctx.Err() != nil || errors.Is(err, errStopped) {
		return verdict{err: err}
	}
	e, ok := s.fail(explain(err)).(*Error) //nolint:errorlint // explain leaves nothing wrapped
	if !ok {
		return verdict{err: err} // of a fake
	}
	f := failureOf(e, started)
	e.Category = Category(f.Category)
	d := s.budget.Decide(f, s.policy.Retry, s.config.random)
	d = s.fits(ctx, d)
	d = s.askHooks(ctx, e, d)
	if ctx.Err() != nil { // during a hook
		return verdict{err: err}
	}
	strategy := s.strategy(e, d)
	s.writeOutcome(e, d, strategy)
	if f.Type != "" {
		note(s, record.NetworkError{Error: e.Error(), Code: string(f.Type), Retryable: f.Retryable})
	}
	s.noteError(e, f, strategy)
	e.told = true
	if !d.Retry {
		if n := s.tries - 1; n > 0 {
			note(s, record.RetryGiveUp{Attempt: n, MaxAttempts: s.maxAttempts(), Reason: string(d.Rule), LastError: e.Error()})
		}
		s.carryOver(e, strategy)
		return verdict{err: e}
	}
	s.budget.Record(d)
	s.noteRetry(d)
	s.carryOver(e, strategy)
	return verdict{retry: true, delay: d.Delay, err: e}
}

// fits refuses a retry whose delay would outlast the call.
func (s *session) fits(ctx context.Context, d retry.Decision) retry.Decision {
	if !d.Retry {
		return d
	}
	left := time.Duration(-1)
	if deadline, ok := ctx.Deadline(); ok {
		left = max(time.Until(deadline), 0)
	}
	if s.limit > 0 {
		remaining := max(s.limit-time.Since(s.report.Start), 0)
		if left < 0 || remaining < left {
			left = remaining
		}
	}
	if left >= 0 && d.Delay >= left {
		d.Retry, d.Delay, d.Rule = false, 0, ruleDeadline
	}
	return d
}

// strategy says what follows: another attempt, another model, or the end.
func (s *session) strategy(e *Error, d retry.Decision) record.Strategy {
	switch {
	case d.Retry:
		return record.StrategyRetry
	case e.Code == CodeFatalGuardrailViolation && s.policy.Guardrails.OnFatal == guard.Halt,
		e.Code == CodeInvalidInput, s.route+1 >= len(s.routes):
		return record.StrategyHalt
	}
	return record.StrategyFallback
}

// writeOutcome puts the decision into the report.
func (s *session) writeOutcome(e *Error, d retry.Decision, strategy record.Strategy) {
	if s.tries == 0 {
		return // the model was not even asked
	}
	a := &s.report.Attempts[len(s.report.Attempts)-1]
	a.Err, a.Reason, a.Category = e, d.Reason, e.Category
	a.Next, a.Rule, a.Delay = NextStep(strategy), d.Rule, d.Delay
}

// noteRetry counts a retry and writes its records.
func (s *session) noteRetry(d retry.Decision) {
	s.setState(StateRetrying)
	network := d.Category == retry.CategoryNetwork || d.Category == retry.CategoryTransient
	if network {
		s.networkRetries++
	} else {
		s.modelRetries++
	}
	note(s, record.RetryStart{Attempt: s.tries, MaxAttempts: s.maxAttempts(), Reason: string(d.Reason), FallbackIndex: s.route})
	note(s, record.RetryAttempt{
		Attempt: s.tries, MaxAttempts: s.maxAttempts(), Reason: string(d.Reason), DelayMs: d.Delay.Milliseconds(),
		CountsTowardLimit: d.Counts, IsNetwork: d.Category == retry.CategoryNetwork, IsModelIssue: d.Counts, FallbackIndex: s.route,
	})
}

// maxAttempts is the limit of retries for one model, as records show it.
func (s *session) maxAttempts() int { return max(s.policy.Retry.Attempts, 0) }

// noteError writes an ERROR record.
func (s *session) noteError(e *Error, f retry.Failure, strategy record.Strategy) {
	if s.trace == nil {
		return
	}
	limit := func(n int) int {
		switch n {
		case retry.None:
			return 0
		case retry.Unlimited:
			return -1
		}
		return n
	}
	note(s, record.Error{
		Error: e.Error(), ErrorCode: string(e.Code), FailureType: failureType(e, f), RecoveryStrategy: strategy,
		Policy: record.Policy{
			RetryEnabled:    limit(s.policy.Retry.MaxRetries) != 0,
			FallbackEnabled: len(s.routes) > 1,
			Attempts:        limit(s.policy.Retry.Attempts),
			MaxRetries:      limit(s.policy.Retry.MaxRetries),
			MaxFallbacks:    max(len(s.routes)-1, 0),
			Attempt:         max(s.tries, 1),
			FallbackIndex:   s.route,
		},
	})
}

func (s *session) noteTimeout(late *timeoutError) {
	note(s, record.TimeoutTriggered{
		TimeoutType: late.kind, ElapsedMs: late.elapsed.Milliseconds(), ConfiguredMs: late.configured.Milliseconds(),
	})
}

// failureType groups failures for the records.
func failureType(e *Error, f retry.Failure) record.FailureType {
	switch e.Code {
	case CodeStreamAborted, CodeAbandoned:
		return record.FailureAbort
	case CodeInitialTokenTimeout, CodeInterTokenTimeout, CodeAttemptTimeout, CodeTotalTimeout:
		return record.FailureTimeout
	case CodeZeroOutput:
		return record.FailureZeroOutput
	case CodeGuardrailViolation, CodeFatalGuardrailViolation, CodeDriftDetected, CodeInvalidOutput, CodeIncomplete, CodeReplyTooLarge:
		return record.FailureModel
	default: // by what the provider made of it
	}
	switch {
	case f.Type == retry.TimeoutError, f.Reason == retry.Timeout:
		return record.FailureTimeout
	case f.Category == retry.CategoryNetwork, f.Type != "":
		return record.FailureNetwork
	case f.Category == retry.CategoryModel:
		return record.FailureModel
	}
	return record.FailureUnknown
}

// reasonOf names a failure for the record of a fallback.
func reasonOf(err error) string {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return string(retry.Unknown)
	}
	return cmp.Or(string(failureOf(e, false).Reason), string(retry.Unknown))
}
