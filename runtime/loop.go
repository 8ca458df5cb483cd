package l0

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
)

// route is one model of a call, or the one source of a call without a spec.
type route struct {
	model    ModelName
	provider string
	timeouts Timeouts // resolved for this model
	// ready says how the model is held to the schema and returns what opens an attempt. It is
	// called when the model is reached.
	ready func() (OutputMode, opener, error)
	mode  OutputMode
	open  opener
}

// opener opens the stream of one attempt.
type opener func(ctx context.Context, a *AttemptInfo) (Source, error)

// run runs the call: interceptors around, the models one after another within.
func (s *session) run(ctx context.Context, cancel context.CancelCauseFunc) error {
	note(s, record.SessionStart{Attempt: 1})
	s.stop = cancel
	s.limitTotal(s.policy.Timeouts.Total)
	defer s.limitTotal(NoTimeout)
	err := s.intercepted(ctx)
	if err == nil {
		return s.complete()
	}
	return s.giveUp(ctx, err)
}

// limitTotal sets the limit of the whole call, which counts from its beginning.
func (s *session) limitTotal(limit time.Duration) {
	if s.total != nil {
		s.total.Stop()
	}
	if s.limit = limit; limit > 0 {
		s.total = time.AfterFunc(limit-time.Since(s.report.Start), func() {
			s.stop(&timeoutError{record.TimeoutTotal, time.Since(s.report.Start), limit})
		})
	}
}

// models tries one model after another. It returns nil once a reply is accepted.
func (s *session) models(ctx context.Context) error {
	if err := s.interrupted(ctx); err != nil {
		return err
	}
	if s.refused != nil {
		return s.refused
	}
	if slices.ContainsFunc(s.rules, func(r guard.Custom) bool { return r.Name == "" || r.New == nil }) {
		return &Error{Code: CodeNotConfigured, Message: "a guardrail has no Name or no New", Advice: "set both"}
	}
	routes, err := s.prepare()
	if err != nil {
		return err
	}
	s.routes = routes
	if total := routes[0].timeouts.Total; total != s.limit {
		s.limitTotal(total) // the model has one of its own
	}
	var failures []error
	for i := range routes {
		if i > 0 {
			s.fallBack(i, failures[i-1])
		}
		err := s.model(ctx, &routes[i])
		if err == nil {
			return nil
		}
		if s.final(ctx, err) {
			return s.explained(ctx, err)
		}
		failures = append(failures, err)
	}
	if len(failures) == 1 {
		return failures[0]
	}
	return exhausted(failures)
}

// exhausted is the error of a call that has tried all its models.
func exhausted(failures []error) *Error {
	e := &Error{Code: CodeAllStreamsExhausted, Err: errors.Join(failures...), told: true}
	if last, ok := errors.AsType[*Error](failures[len(failures)-1]); ok {
		e.Violations, e.Repairs = last.Violations, last.Repairs
		e.StatusCode, e.RetryAfter = last.StatusCode, last.RetryAfter
		e.Message = "all models failed, the last one, " + string(last.Model) + ", because " + last.what()
	}
	return e
}

// fallBack makes the i-th model the one in use.
func (s *session) fallBack(i int, cause error) {
	s.setState(StateFallback)
	reason := reasonOf(cause)
	note(s, record.FallbackStart{FromIndex: i - 1, ToIndex: i, Reason: reason})
	s.route, s.tries = i, 0
	s.budget.NextStream()
	note(s, record.FallbackModelSelected{Index: i, Reason: reason, Model: string(s.routes[i].model)})
}

// model makes attempts on one model until a reply is accepted or no retry is left.
func (s *session) model(ctx context.Context, r *route) error {
	var err error
	if r.mode, r.open, err = r.ready(); err != nil {
		return s.judge(ctx, err, false).err
	}
	for {
		err := s.attempt(ctx, r)
		if err == nil {
			return nil
		}
		v := s.judge(ctx, err, s.reply.started())
		if !v.retry {
			return v.err
		}
		if err := s.wait(ctx, v.delay); err != nil {
			return err
		}
	}
}

// wait lets the delay of a retry pass.
func (s *session) wait(ctx context.Context, delay time.Duration) error {
	if delay > 0 {
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return s.interrupted(ctx)
}

// final reports whether an error ends the whole call, whatever models are left.
func (s *session) final(ctx context.Context, err error) bool {
	if ctx.Err() != nil || errors.Is(err, errStopped) {
		return true
	}
	own, ok := errors.AsType[*Error](err)
	if !ok {
		return errors.As(err, new(asIs)) // of a fake
	}
	switch own.Code {
	case CodeStreamAborted, CodeAbandoned, CodeTotalTimeout, CodeInvalidInput:
		return true
	case CodeFatalGuardrailViolation:
		return s.policy.Guardrails.OnFatal == guard.Halt
	default:
		return false
	}
}
