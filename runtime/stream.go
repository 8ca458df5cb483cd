package l0

import (
	"context"
	"errors"
	"iter"
)

// Stream is a call whose reply is read while it comes. It is lazy: nothing is sent before it
// is read, by one of the iterators or by Result.
//
// A stream has one reader. Once one of Events, Text and Result has begun to read it, another
// iterator yields ErrStreamUsed; Result gives the outcome as often as it is asked once the
// reader has come to the end. Leaving an iterator early closes the stream, and Result then
// returns ErrAbandoned with the text that had come.
//
// Close and State may be called from any goroutine; all other methods belong to the goroutine
// that reads.
type Stream[T any] struct {
	s     *session
	value T
}

// newStream makes a stream whose hooks are still to be set.
func newStream[T any](ctx context.Context, report Report, config callConfig, r *ruling) *Stream[T] {
	s := &session{parent: ctx, config: config, report: report, ruling: r, rules: config.rules}
	if ctx == nil {
		s.parent = context.Background() // a mistake, but no reason to panic
	}
	return &Stream[T]{s: s}
}

// start claims the stream for one reader.
func (st *Stream[T]) start() error {
	if st == nil || st.s == nil {
		return &Error{Code: CodeStreamUsed, Message: "the stream was not made by a call"}
	}
	return st.s.begin()
}

// Events returns an iterator over all that happens: pieces of text and thinking, restarts,
// and at last the completion. An error comes last, once, with a zero Event.
func (st *Stream[T]) Events() iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if err := st.start(); err != nil {
			yield(Event{}, err)
			return
		}
		if err := st.s.drive(yield); err != nil && !st.s.left {
			yield(Event{}, err)
		}
	}
}

// Text returns an iterator over the pieces of the reply's text. An error comes last, once,
// with an empty text.
//
// Text cannot be taken back once it was handed out. So when another attempt makes some of it
// void, the iterator ends with ErrRestarted; use Events where that must not happen, or
// switch continuation on.
func (st *Stream[T]) Text() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if err := st.start(); err != nil {
			yield("", err)
			return
		}
		var restarted error
		err := st.s.drive(func(ev Event, _ error) bool {
			switch {
			case ev.Kind == EventToken:
				return yield(ev.Text, nil)
			case ev.Kind == EventRestart && ev.Discard > 0:
				restarted = st.s.fail(&Error{Code: CodeRestarted, Err: ev.Cause})
				return false
			}
			return true
		})
		switch {
		case restarted != nil:
			yield("", restarted)
		case err != nil && !st.s.left:
			yield("", err)
		}
	}
}

// Result returns the value of the reply. It reads the stream to its end if nobody has begun
// to. The error is an [*Error], or what a fake returned.
func (st *Stream[T]) Result() (T, error) {
	var zero T
	if st == nil || st.s == nil {
		return zero, st.start()
	}
	if err, done := st.s.outcome(); done {
		return st.valueOr(err)
	}
	if err := st.s.begin(); err != nil {
		if own, ok := errors.AsType[*Error](err); ok && own.Code == CodeStreamUsed {
			own.Message = "the stream is still being read"
			own.Advice = "ask for the result behind the loop"
		}
		return zero, err
	}
	return st.valueOr(st.s.drive(nil))
}

func (st *Stream[T]) valueOr(err error) (T, error) {
	if err != nil {
		var zero T
		return zero, err
	}
	return st.value, nil
}

// Report returns what has happened so far. It is complete when the stream has ended.
func (st *Stream[T]) Report() Report {
	if st == nil || st.s == nil {
		return Report{}
	}
	return st.s.report.clone()
}

// Checkpoint returns the text of the reply that has come so far and may be kept: all of it,
// or the longest beginning that passed its last check where rules look at the stream.
func (st *Stream[T]) Checkpoint() string {
	if st == nil || st.s == nil {
		return ""
	}
	return st.s.reply.safe()
}

// State returns where the call stands. It may be called from any goroutine.
func (st *Stream[T]) State() State {
	if st == nil || st.s == nil {
		return StateIdle
	}
	return State(st.s.state.Load())
}

// Close ends the call: it stops the request if it is under way, and a stream that was not
// read yet will never send one. It does not wait, and may be called several times.
func (st *Stream[T]) Close() {
	if st != nil && st.s != nil {
		st.s.close()
	}
}
