package l0

import (
	"context"
	"slices"
)

// Interceptor wraps whole calls: all attempts, fallbacks and the stream that the consumer
// reads. It calls next exactly once, on the same goroutine, and next returns when the call is
// over, with nil if a reply was accepted. Before that it may look at the call, change the
// context or refuse the call by returning an error instead; behind it, it may look at the
// report and refuse the reply by returning an error of its own. The call is complete for its
// consumer when its interceptors have returned.
//
//	logging → limit → the call → limit → logging
//
// Interceptors run in the order in which they were given, those of the client before those of
// the call. They must be safe for concurrent use. What panics in one becomes an error.
type Interceptor func(ctx context.Context, call *CallInfo, next func(context.Context) error) error

// CallInfo is a call as an [Interceptor] sees it. It is valid until the interceptor returns.
type CallInfo struct {
	// Function and Version name the prompt; empty for a call without a spec.
	Function string
	Version  int
	// Hash identifies the prompt's text, types, models and policy.
	Hash string

	session *session
}

// Report returns what has happened so far; behind next it is complete but for the duration.
func (c *CallInfo) Report() Report { return c.session.report.clone() }

// Text returns the reply's text so far; behind next it is the text that was accepted.
func (c *CallInfo) Text() string { return c.session.reply.content() }

// SetValue adds to the values that records and errors of the call carry, see [WithValues]. It
// has an effect before next is called.
func (c *CallInfo) SetValue(key string, value any) { c.session.setValue(key, value) }

// WithInterceptor adds interceptors behind those that are there already.
func WithInterceptor(interceptors ...Interceptor) Option {
	return bothOption{func(c *callConfig) {
		for _, i := range interceptors {
			if i != nil {
				c.interceptors = append(slices.Clip(c.interceptors), i)
			}
		}
	}}
}

// intercepted runs the call within its interceptors.
func (s *session) intercepted(ctx context.Context) error {
	if len(s.config.interceptors) == 0 {
		return s.models(ctx)
	}
	return s.intercept(ctx, &CallInfo{
		Function: s.report.Function, Version: s.report.Version, Hash: s.report.Hash, session: s,
	}, s.config.interceptors)
}

// intercept calls the first interceptor, with the rest as its next.
func (s *session) intercept(ctx context.Context, call *CallInfo, chain []Interceptor) error {
	if len(chain) == 0 {
		return s.models(ctx)
	}
	if err := s.interrupted(ctx); err != nil {
		return err
	}
	called, inside := 0, false
	var inner error
	next := func(ctx context.Context) error {
		if called++; called > 1 {
			return &Error{Code: CodeNotConfigured, Message: "an interceptor called next twice", Advice: "call it once"}
		}
		inside = true
		inner = s.intercept(ctx, call, chain[1:])
		inside = false
		return inner
	}
	err := guarded(&inside, func() error { return chain[0](ctx, call, next) })
	switch {
	case err != nil:
		return err
	case called == 0:
		return &Error{
			Code: CodeNotConfigured, Message: "an interceptor returned no error but did not call next",
			Advice: "return an error to refuse the call",
		}
	}
	return inner // an interceptor cannot make a failed call succeed: there is no value
}

// guarded calls f and makes an error of a panic, unless it comes from inside, where the
// consumer's own loop runs.
func guarded(inside *bool, f func() error) (err error) {
	defer func() {
		if *inside {
			return
		}
		if p := recover(); p != nil {
			err = panicked(p, "an interceptor")
		}
	}()
	return f()
}
