package l0

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// session runs one call. It knows no Go types: what depends on them is in the two hooks, so
// that this code is compiled once and not for every function.
type session struct {
	parent context.Context
	config callConfig
	policy Policy // resolved, without zero fields that have a default
	// refused is why the policy cannot be had; nil if it can.
	refused *Error

	// prepare checks the input and says what to open. It runs once, when the stream is read.
	prepare func() (*target, error)
	// finish turns the reply's text into the result. An error refuses the reply.
	finish func(text string) error

	mu     sync.Mutex              // guards what Close needs
	phase  phase                   // where the call is
	cancel context.CancelCauseFunc // set while running
	err    error                   // how the call ended

	report Report
	model  ModelName
	text   strings.Builder // the reply of the attempt under way
}

type phase uint8

const (
	phaseIdle phase = iota
	phaseRunning
	phaseDone
)

// target is a model that is ready to be called.
type target struct {
	model    ModelName
	provider string
	mode     OutputMode
	open     func(ctx context.Context, attempt int) (Source, error)
}

// errClosed is the cause that Close cancels with.
var errClosed = errors.New("the stream was closed")

// begin claims the stream for one reader.
func (s *session) begin() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.phase == phaseIdle:
		s.phase = phaseRunning
		return nil
	case s.phase == phaseDone && errors.Is(s.err, errClosed):
		return s.err // closed before it was read: say that, not that it was used
	}
	return s.fail(&Error{Code: CodeStreamUsed})
}

// close ends the call. It may come from any goroutine, at any time, more than once.
func (s *session) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.phase {
	case phaseIdle:
		s.phase = phaseDone
		s.err = s.fail(&Error{Code: CodeAbandoned, Err: errClosed})
	case phaseRunning:
		if s.cancel != nil {
			s.cancel(errClosed)
		}
	case phaseDone:
	}
}

// outcome returns how a call ended that has been read.
func (s *session) outcome() (err error, done bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err, s.phase == phaseDone
}

// drive runs the call to its end and hands each event to yield, unless that is nil. It
// returns when the call is over or yield has returned false, and then nothing of the call is
// left running but a read that does not obey. The caller must have called begin.
func (s *session) drive(yield func(Event) bool) (err error) {
	ctx, cancel := context.WithCancelCause(s.parent)
	s.mu.Lock()
	s.cancel = cancel
	s.mu.Unlock()
	s.report.Start = time.Now()
	over := false
	defer func() {
		cancel(errClosed)
		if !over { // the consumer's loop panicked, or ended its goroutine
			err = s.fail(&Error{Code: CodeAbandoned})
		}
		s.end(err)
	}()
	err = s.run(ctx, yield)
	over = true
	return err
}

// run checks the input, makes the attempt and says how the call ended.
func (s *session) run(ctx context.Context, yield func(Event) bool) error {
	if ctx.Err() != nil {
		return s.fail(s.interrupted(ctx))
	}
	if s.refused != nil {
		return s.fail(s.refused)
	}
	target, err := s.prepare()
	if err != nil {
		return s.fail(err)
	}
	err = s.attempt(ctx, target, yield)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errStopped):
		return s.fail(&Error{Code: CodeAbandoned})
	case ctx.Err() != nil: // whatever the source made of it
		return s.fail(s.interrupted(ctx))
	}
	return s.fail(err)
}

// end records the outcome, once.
func (s *session) end(err error) {
	s.report.Duration = time.Since(s.report.Start)
	s.report.Err = err
	if own, ok := errors.AsType[*Error](err); ok {
		s.report.Violations = own.Violations
	}
	s.mu.Lock()
	s.phase, s.err, s.cancel = phaseDone, err, nil
	s.mu.Unlock()
	for _, to := range s.config.captures {
		*to = s.report.clone()
	}
	s.log(err)
}

// interrupted says why the context of the call ended: by Close, or from outside.
func (s *session) interrupted(ctx context.Context) *Error {
	if errors.Is(context.Cause(ctx), errClosed) {
		return &Error{Code: CodeAbandoned, Err: errClosed}
	}
	return s.aborted()
}

// aborted is the error for a context that ended. It matches both the context's error and,
// if there is one, the cause that the caller gave.
func (s *session) aborted() *Error {
	err := s.parent.Err()
	if cause := context.Cause(s.parent); cause != nil && !errors.Is(cause, err) {
		err = errors.Join(err, cause)
	}
	e := &Error{Code: CodeStreamAborted, Message: "the call's context was cancelled", Err: err}
	if errors.Is(err, context.DeadlineExceeded) {
		e.Message, e.Advice = "the deadline of the call's context passed", "give the context more time"
	}
	return e
}

// fail fills in where the call was. Errors that are not ours pass as they are.
func (s *session) fail(err error) error {
	own, ok := err.(*Error) //nolint:errorlint // a wrapped one already says where it was
	if !ok {
		return err
	}
	copied := *own // it may be shared by several calls
	e := &copied
	if e.Function == "" {
		e.Function, e.Version = s.report.Function, s.report.Version
	}
	if e.Model == "" {
		e.Model = s.model
	}
	if e.Attempt == 0 {
		e.Attempt = len(s.report.Attempts)
	}
	if e.Partial == "" {
		e.Partial = s.text.String()
	}
	if e.Category == "" {
		e.Category = e.Code.Category()
	}
	return e
}

// log writes the end of the call, if anybody listens.
func (s *session) log(err error) {
	if s.config.logger == nil {
		return
	}
	level := slog.LevelDebug
	attrs := []slog.Attr{
		slog.String("function", s.report.Function),
		slog.Int("version", s.report.Version),
		slog.String("model", string(s.model)),
		slog.Int("attempts", len(s.report.Attempts)),
		slog.Int("bytes", s.text.Len()),
		slog.Duration("duration", s.report.Duration),
	}
	if err != nil {
		level = slog.LevelWarn
		text := "the call failed"
		if own, ok := errors.AsType[*Error](err); ok {
			text = own.Error() // safe to log, unlike other errors
			attrs = append(attrs, slog.String("code", string(own.Code)))
		}
		attrs = append(attrs, slog.String("error", text))
	}
	s.config.logger.LogAttrs(s.parent, level, "l0 call", attrs...)
}
