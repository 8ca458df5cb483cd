package l0

import (
	"context"
	"reflect"
	"sync"

	"github.com/l0gen/l0gen/runtime/schema"
)

// Call returns the stream of one call of fn. It sends nothing: the input is checked and the
// request made when the stream is read, and that is where every error shows.
func Call[In, Out any](ctx context.Context, b *Binding, fn *Function[In, Out], in In, opts ...CallOption) *Stream[Out] {
	if b == nil || fn == nil {
		return failed[Out](ctx, Report{}, &Error{
			Code: CodeNotConfigured, Message: "the client was not made by its constructor", Advice: "make it with New",
		})
	}
	config := b.defaults.with(opts)
	st := newStream[Out](ctx, Report{Function: fn.Name, Version: fn.Version, Hash: fn.Hash}, config,
		b.ruling(fn, fn.Schema != "", &fn.Policy, &config))
	p := planFor(b.client, fn)
	st.s.prepare = func() ([]route, error) {
		if err := p.compile(fn.InputSchema, fn.Schema); err != nil {
			return nil, err
		}
		in, violations := checkInput(p.input, in)
		if len(violations) > 0 {
			return nil, inputError(reflect.TypeFor[In](), violations)
		}
		return b.routes(st.s, fn.Models, fn.Schema, func(format string) ([]Message, error) { return fn.render(in, format) })
	}
	st.s.finish = func(text string) error { return decodeInto(&st.value, fn.Schema != "", p.output, text) }
	return st
}

// failed returns a stream that ends with err as soon as it is read.
func failed[T any](ctx context.Context, report Report, err error) *Stream[T] {
	st := newStream[T](ctx, report, callConfig{}, rule(true, nil))
	st.s.prepare = func() ([]route, error) { return nil, err }
	return st
}

// plan is what a function needs compiled, made at the first call.
type plan struct {
	once   sync.Once
	input  *schema.Schema // nil when the Go type says all
	output *schema.Schema // nil for a text
	err    error
}

// planFor returns the plan of fn. It is kept in the client, so that it lives as long as
// what uses it and no longer.
func planFor(c *Client, fn any) *plan {
	if p, ok := c.plans.Load(fn); ok {
		return p.(*plan) //nolint:errcheck,forcetypeassert // nothing else is stored
	}
	p, _ := c.plans.LoadOrStore(fn, &plan{})
	return p.(*plan) //nolint:errcheck,forcetypeassert // nothing else is stored
}

func (p *plan) compile(input, output string) error {
	p.once.Do(func() {
		if p.input, p.err = compileOptional(input); p.err == nil {
			p.output, p.err = compileOptional(output)
		}
	})
	if p.err != nil {
		return &Error{Code: CodeNotConfigured, Message: "a schema of the function does not compile", Advice: "generate the code again", Err: p.err}
	}
	return nil
}
