package l0

import (
	"context"
	"errors"
	"time"

	"github.com/l0gen/l0gen/runtime/record"
)

// complete ends a call whose reply was accepted. The records come before the consumer hears of
// it, who may leave the loop then.
func (s *session) complete() error {
	if n := s.tries - 1; n > 0 {
		note(s, record.RetryEnd{Attempt: n, Success: true})
	}
	if s.route > 0 {
		note(s, record.FallbackEnd{Success: true, FinalIndex: s.route, Index: s.route})
	}
	s.setState(StateComplete)
	if s.trace != nil {
		note(s, record.Complete{
			TokenCount: s.reply.tokens, ContentLength: s.reply.text.Len(),
			DurationMs: time.Since(s.report.Start).Milliseconds(), State: s.snapshot(),
		})
	}
	if s.yield != nil {
		s.left = !s.yield(Event{Kind: EventComplete, Attempt: len(s.report.Attempts)}, nil) // which changes nothing
	}
	return nil
}

// giveUp ends a call that failed.
func (s *session) giveUp(ctx context.Context, err error) error {
	s.setState(StateError)
	err = s.explained(ctx, err)
	if fake, ok := err.(asIs); ok { //nolint:errorlint // it is never wrapped
		note(s, record.Error{Error: "the fake returned an error", FailureType: record.FailureUnknown, RecoveryStrategy: record.StrategyHalt})
		return fake.error
	}
	own, ok := errors.AsType[*Error](err)
	if !ok { // of an interceptor
		own = &Error{Code: CodeRefused, Err: err}
		err = own
	}
	if err == error(own) { //nolint:errorlint // one that wraps it stays as it is
		own = s.located(own)
		err = own
	}
	if n := len(s.report.Attempts); n > 0 {
		if last := &s.report.Attempts[n-1]; last.Err != nil && last.Next == "" {
			last.Err, last.Category, last.Next = own, own.category(), NextHalt // it was ended from outside
		}
	}
	s.noteEnd(own)
	return err
}

// explained returns what ended the call, whatever the source made of it.
func (s *session) explained(ctx context.Context, err error) error {
	if errors.Is(err, errStopped) {
		return s.abandoned(errStopped)
	}
	if stop := s.interrupted(ctx); stop != nil {
		return stop
	}
	return err
}

// noteEnd writes the last records of a call that failed.
func (s *session) noteEnd(e *Error) {
	switch e.Code {
	case CodeStreamAborted, CodeAbandoned:
		source := record.AbortUser
		if errors.Is(e.Err, context.DeadlineExceeded) {
			source = record.AbortTimeout
		}
		note(s, record.AbortRequested{Source: source})
		note(s, record.AbortCompleted{TokenCount: s.reply.tokens, ContentLength: s.reply.text.Len()})
	case CodeTotalTimeout:
		if late, ok := errors.AsType[*timeoutError](e.Err); ok {
			s.noteTimeout(late)
		}
	default: // nothing comes before
	}
	if !e.told {
		s.noteError(e, failureOf(e, s.reply.started()), record.StrategyHalt)
	}
	if s.route > 0 {
		note(s, record.FallbackEnd{FinalIndex: s.route, Index: s.route})
	}
}

// interrupted says why the context of the call ended: by Close, by the total timeout, or from
// outside. It returns nil while it has not.
func (s *session) interrupted(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(ctx)
	if errors.Is(cause, errClosed) {
		return s.abandoned(errClosed)
	}
	if late, ok := cause.(*timeoutError); ok { //nolint:errorlint // the runtime's own comes unwrapped
		return late.toError()
	}
	return s.aborted(ctx)
}

func (s *session) abandoned(cause error) error {
	return s.fail(&Error{Code: CodeAbandoned, Err: cause})
}

// aborted is the error for a context that ended. It matches both the context's error and,
// if there is one, the cause that the caller gave.
func (s *session) aborted(ctx context.Context) *Error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, err) {
		err = errors.Join(err, cause)
	}
	e := &Error{Code: CodeStreamAborted, Message: "the call's context was cancelled", Err: err}
	if errors.Is(err, context.DeadlineExceeded) {
		e.Message, e.Advice = "the deadline of the call's context passed", "give the context more time"
	}
	return e
}

// snapshot is the state of a call that is complete, for its records.
func (s *session) snapshot() *record.State {
	last := &s.report.Attempts[len(s.report.Attempts)-1]
	return &record.State{
		TokenCount: s.reply.tokens, ContentLength: s.reply.text.Len(),
		ModelRetryCount: s.modelRetries, NetworkRetryCount: s.networkRetries, FallbackIndex: s.route,
		Resumed: last.Resumed > 0, ResumeFrom: last.Resumed, OverlapRemoved: last.Overlap,
		Violations: len(s.report.Violations), Completed: true,
	}
}
