package l0

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/retry"
)

// session runs one call. It knows no Go types: what depends on them is in the two hooks, so
// that this code is compiled once and not for every function.
//
// Only mu, state and what mu guards may be touched from other goroutines than the one that reads.
type session struct {
	parent context.Context
	config callConfig
	*ruling

	// prepare checks the input and says which models to try. It runs once, when the stream is read.
	prepare func() ([]route, error)
	// finish turns the reply's text into the result. An error refuses the reply.
	finish func(text string) error

	mu     sync.Mutex              // guards what Close needs
	phase  phase                   // where the call is
	cancel context.CancelCauseFunc // set while running
	err    error                   // how the call ended
	state  atomic.Uint32           // a State

	report Report
	trace  *trace                  // nil if nobody observes
	yield  func(Event, error) bool // nil if nobody wants events; the error is nil
	left   bool                    // yield has returned false

	stop  context.CancelCauseFunc // cancels the call
	total *time.Timer             // of the limit for the whole call
	limit time.Duration           // that limit; none if it is not positive

	budget retry.Budget
	routes []route
	route  int // index of the model in use
	tries  int // attempts on it so far

	rules    []guard.Custom
	reply    reply    // of the attempt under way
	next     carry    // what the next attempt takes over
	feedback feedback // what the model in use is told about its replies

	modelRetries, networkRetries, checkpoints int // for the records
}

type phase uint8

const (
	phaseIdle phase = iota
	phaseRunning
	phaseDone
)

// errClosed is the cause that Close cancels with.
var errClosed = errors.New("the stream was closed")

// errStopped says that the consumer has left its loop.
var errStopped = errors.New("the consumer stopped")

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
func (s *session) drive(yield func(Event, error) bool) (err error) {
	s.yield = yield
	s.report.Start = time.Now()
	ctx, cancel := context.WithCancelCause(s.parent)
	s.mu.Lock()
	s.cancel = cancel
	s.mu.Unlock()
	s.ownValues()
	s.startTrace()
	over := false
	defer func() {
		cancel(errClosed)
		if !over && State(s.state.Load()) != StateComplete { // the consumer's loop panicked, or ended its goroutine
			err = s.giveUp(ctx, errStopped)
		}
		s.end(err)
	}()
	err = s.run(ctx, cancel)
	over = true
	return err
}

// end records the outcome, once.
func (s *session) end(err error) {
	s.report.Duration = time.Since(s.report.Start)
	s.report.Err = err
	if own, ok := errors.AsType[*Error](err); ok {
		s.report.Violations = own.Violations
	}
	s.endTrace()
	s.mu.Lock()
	s.phase, s.err, s.cancel = phaseDone, err, nil
	s.mu.Unlock()
	for _, to := range s.config.captures {
		*to = s.report.clone()
	}
}

// setState says where the call is, for whoever asks from another goroutine.
func (s *session) setState(st State) { s.state.Store(uint32(st)) }

// fail fills in where the call was. Errors that are not ours pass as they are.
func (s *session) fail(err error) error {
	own, ok := err.(*Error) //nolint:errorlint // a wrapped one already says where it was
	if !ok {
		return err
	}
	return s.located(own)
}

// located returns a copy of e that says where the call was.
func (s *session) located(own *Error) *Error {
	copied := *own // it may be shared by several calls
	e := &copied
	if e.Function == "" {
		e.Function, e.Version = s.report.Function, s.report.Version
	}
	if e.Model == "" && s.route < len(s.routes) {
		e.Model = s.routes[s.route].model
	}
	if e.Attempt == 0 {
		e.Attempt = len(s.report.Attempts)
	}
	if e.Partial == "" {
		e.Partial = s.reply.content()
	}
	if e.Checkpoint == "" && s.policy.Continuation.On {
		e.Checkpoint = s.reply.checkpoint()
	}
	if e.Category == "" {
		e.Category = e.Code.Category()
	}
	if e.Context == nil {
		e.Context = s.config.values
	}
	if e.Tokens == 0 {
		e.Tokens = s.reply.tokens
	}
	return e
}
