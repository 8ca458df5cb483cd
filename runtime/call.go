package l0

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/l0gen/l0gen/runtime/guard"
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
	st := newStream[Out](ctx,
		Report{Function: fn.Name, Version: fn.Version, Hash: fn.Hash}, config,
		append([]Policy{fn.Policy}, config.policies...)...)
	st.s.zeroOutput(fn.Schema == "")
	p := planFor(b.client, fn)
	st.s.prepare = func() (*target, error) {
		if err := p.compile(fn.InputSchema, fn.Schema); err != nil {
			return nil, err
		}
		in, violations := checkInput(p.input, in)
		if len(violations) > 0 {
			return nil, inputError(reflect.TypeFor[In](), violations)
		}
		t, err := b.target(st.s, fn.Models, fn.Schema)
		if err != nil {
			return nil, err
		}
		msgs, err := fn.render(in, formatFor(fn.Schema, t.mode))
		if err != nil {
			return nil, err
		}
		t.open = t.bound.opener(st.s, fn.Schema, t.mode, msgs)
		return &t.target, nil
	}
	st.s.finish = func(text string) error { return decodeInto(&st.value, fn.Schema != "", p.output, text) }
	return st
}

// failed returns a stream that ends with err as soon as it is read.
func failed[T any](ctx context.Context, report Report, err error) *Stream[T] {
	st := newStream[T](ctx, report, callConfig{})
	st.s.prepare = func() (*target, error) { return nil, err }
	return st
}

// zeroOutput decides the check for empty replies, where the policy leaves it open: a text
// must have something in it, while a typed value is checked by its type.
func (s *session) zeroOutput(text bool) {
	if s.policy.Guardrails.ZeroOutput == guard.Auto {
		s.policy.Guardrails.ZeroOutput = guard.Off
		if text {
			s.policy.Guardrails.ZeroOutput = guard.On
		}
	}
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

// boundTarget is a target with the model behind it.
type boundTarget struct {
	target
	bound boundModel
}

// target chooses the model of a call and how it is held to the schema.
func (b *Binding) target(s *session, models []ModelName, schemaText string) (*boundTarget, error) {
	if s.config.model != "" {
		models = []ModelName{s.config.model}
	}
	if len(models) == 0 {
		return nil, &Error{Code: CodeNotConfigured, Message: "the function names no model"}
	}
	name := models[0]
	bound, ok := b.models[name]
	if !ok {
		return nil, &Error{
			Code: CodeNotConfigured, Model: name,
			Message: fmt.Sprintf("package %s has no model %q", b.pkg.Name, name), Advice: "use one of its Model constants",
		}
	}
	mode, err := bound.outputMode(s.policy.OutputMode, schemaText)
	if err != nil {
		return nil, err
	}
	return &boundTarget{target: target{model: name, provider: bound.Provider, mode: mode}, bound: bound}, nil
}

// outputMode returns how a reply is held to the schema, empty for text.
func (m boundModel) outputMode(wanted OutputMode, schemaText string) (mode OutputMode, err error) {
	defer recoverTo(&err, "the provider's OutputModes")
	if schemaText == "" {
		return "", nil
	}
	var offered []OutputMode
	if e, ok := m.provider.(SchemaEnforcer); ok && wanted != OutputPrompt {
		offered = e.OutputModes(m.Model, schemaText)
	}
	switch {
	case wanted == OutputAuto && len(offered) > 0:
		return offered[0], nil
	case wanted == OutputAuto, wanted == OutputPrompt:
		return OutputPrompt, nil
	case slices.Contains(offered, wanted):
		return wanted, nil
	}
	return "", &Error{
		Code: CodeNotConfigured, Model: m.Name,
		Message: fmt.Sprintf("provider %q cannot enforce this schema in output mode %q", m.Provider, wanted),
		Advice:  "set output_mode to auto",
	}
}

// opener returns what opens an attempt.
func (m boundModel) opener(s *session, schemaText string, mode OutputMode, msgs []Message) func(context.Context, int) (Source, error) {
	return func(ctx context.Context, attempt int) (Source, error) {
		return m.provider.Open(ctx, &Request{
			Function:        s.report.Function,
			Version:         s.report.Version,
			Attempt:         attempt,
			Model:           m.Model,
			APIKey:          m.key,
			Messages:        msgs,
			Schema:          schemaText,
			OutputMode:      mode,
			MaxOutputTokens: s.policy.Limits.MaxOutputTokens,
		})
	}
}
