package l0

import (
	"context"
	"encoding/json"
	"io"
)

// Run reads any stream as a text, with the same care as a generated function, but without a
// spec. open is called once for each attempt, so that an attempt can be made again; what an
// attempt may build on, it learns by [AttemptFrom]. Its source must say why the model
// finished: without a finish reason the reply counts as cut.
func Run(ctx context.Context, open func(ctx context.Context) (Source, error), opts ...CallOption) *Stream[string] {
	return runAs[string](ctx, open, false, opts)
}

// JSON reads any stream as JSON for the Go type T. The type is the schema: properties that
// it does not have are refused, and so is the absence of one that is neither a pointer nor
// tagged omitzero or omitempty.
func JSON[T any](ctx context.Context, open func(ctx context.Context) (Source, error), opts ...CallOption) *Stream[T] {
	return runAs[T](ctx, open, true, opts)
}

func runAs[T any](ctx context.Context, open func(context.Context) (Source, error), typed bool, opts []CallOption) *Stream[T] {
	config := callConfig{}.with(opts)
	st := newStream[T](ctx, Report{}, config, rule(typed, config.policies))
	st.s.prepare = func() ([]route, error) {
		if open == nil {
			return nil, &Error{Code: CodeInvalidStream, Message: "there is no function to open the stream"}
		}
		return st.s.oneRoute(func(ctx context.Context, _ *AttemptInfo) (Source, error) { return open(ctx) }), nil
	}
	st.s.finish = func(text string) error { return decodeInto(&st.value, typed, nil, text) }
	return st
}

// oneRoute is what a call without a spec tries.
func (s *session) oneRoute(open opener) []route {
	return []route{{
		timeouts: s.policy.Timeouts,
		ready:    func() (OutputMode, opener, error) { return "", open, nil },
	}}
}

// StreamOf makes a stream of a function that returns its result at once. Generated fakes use
// it. The function runs when the stream is read; its result comes as one piece of text, as
// JSON if it is not a string, and its error as it is, without a retry. A nil function gives
// ErrNotFaked.
func StreamOf[In, Out any](
	ctx context.Context, name string, fn func(context.Context, In, ...CallOption) (Out, error), in In, opts ...CallOption,
) *Stream[Out] {
	st := newStream[Out](ctx, Report{Function: name}, callConfig{}.with(opts), fakeRuling())
	st.s.prepare = func() ([]route, error) {
		if fn == nil {
			return nil, &Error{Code: CodeNotFaked, Advice: "set " + name + "Func in the fake"}
		}
		return st.s.oneRoute(func(ctx context.Context, _ *AttemptInfo) (Source, error) {
			v, err := safeFake(ctx, fn, in, opts)
			if err != nil {
				return nil, asIs{err}
			}
			text, err := fakeText(v)
			if err != nil {
				return nil, asIs{err}
			}
			st.value = v
			return &fakeSource{text: text}, nil
		}), nil
	}
	st.s.finish = func(string) error { return nil }
	return st
}

// fakeRuling lets a fake take its time and answer what it likes.
func fakeRuling() *ruling {
	r := newRuling(true, nil)
	r.policy.Timeouts = Timeouts{}
	return r
}

func safeFake[In, Out any](
	ctx context.Context, fn func(context.Context, In, ...CallOption) (Out, error), in In, opts []CallOption,
) (v Out, err error) {
	defer recoverTo(&err, "the fake")
	return fn(ctx, in, opts...)
}

func fakeText(v any) (text string, err error) {
	defer recoverTo(&err, "encoding the fake's result")
	if s, ok := v.(string); ok {
		return s, nil
	}
	data, err := json.Marshal(v)
	return string(data), err
}

// asIs marks an error that is passed on without a wrapper.
type asIs struct{ error }

// fakeSource is a stream of one piece of text.
type fakeSource struct {
	text string
	done bool
}

// Next returns the text, then io.EOF.
func (f *fakeSource) Next() (Chunk, error) {
	if f.done {
		return Chunk{}, io.EOF
	}
	f.done = true
	return Chunk{Text: f.text, Finish: FinishStop}, nil
}

// Close does nothing.
func (f *fakeSource) Close() error { return nil }

// UnblocksOnClose reports that Next never waits.
func (f *fakeSource) UnblocksOnClose() bool { return true }
