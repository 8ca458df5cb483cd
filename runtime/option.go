package l0

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
)

// ClientOption configures a [Client] or a [Binding]. Later options win over earlier ones,
// nil options are skipped.
type ClientOption interface {
	applyClient(c *clientConfig)
}

// CallOption configures one call. Later options win over earlier ones, nil options are skipped.
type CallOption interface {
	applyCall(c *callConfig)
}

// Option is both a [ClientOption], for all calls, and a [CallOption], for one.
type Option interface {
	ClientOption
	CallOption
}

// clientConfig is what client options set.
type clientConfig struct { //nolint:recvcheck // with works on a copy, so that clients do not share
	providers map[string]Provider
	keys      map[string]Secret // by model or provider name
	problems  []error           // of options that make no sense
	defaults  callConfig        // for every call
}

func (c clientConfig) with(opts []ClientOption) clientConfig {
	c.providers, c.keys = maps.Clone(c.providers), maps.Clone(c.keys)
	c.problems = append([]error(nil), c.problems...)
	for _, o := range opts {
		if o != nil {
			o.applyClient(&c)
		}
	}
	return c
}

// callConfig is what call options set.
type callConfig struct { //nolint:recvcheck // with works on a copy, so that calls do not share
	policies     []Policy // each above the one before
	model        ModelName
	captures     []*Report
	interceptors []Interceptor
	rules        []guard.Custom

	veto   func(context.Context, RetryInfo) bool
	delay  func(context.Context, RetryInfo) time.Duration
	random func() float64

	observers      []Observer
	sessionRecords bool
	values         map[string]any
	logger         *slog.Logger
	logText        bool
}

func (c callConfig) with(opts []CallOption) callConfig {
	c.policies = slices.Clip(c.policies) // appending must copy: c is shared
	for _, o := range opts {
		if o != nil {
			o.applyCall(&c)
		}
	}
	return c
}

type clientOption func(c *clientConfig)

func (f clientOption) applyClient(c *clientConfig) { f(c) }

type callOption func(c *callConfig)

func (f callOption) applyCall(c *callConfig) { f(c) }

// bothOption is a call option that a client applies to all its calls.
type bothOption struct{ callOption }

func (f bothOption) applyClient(c *clientConfig) { f.callOption(&c.defaults) }

// ClientOptions makes one option of several.
func ClientOptions(opts ...ClientOption) ClientOption {
	return clientOption(func(c *clientConfig) {
		for _, o := range opts {
			if o != nil {
				o.applyClient(c)
			}
		}
	})
}

// CallOptions makes one option of several.
func CallOptions(opts ...CallOption) CallOption {
	return callOption(func(c *callConfig) {
		for _, o := range opts {
			if o != nil {
				o.applyCall(c)
			}
		}
	})
}

// WithProvider adds a provider under its name, in place of one that has the same name. A
// provider package returns it, or a type that embeds it, from its constructor.
func WithProvider(p Provider) ClientOption {
	return clientOption(func(c *clientConfig) { c.addProvider(p) })
}

// WithAPIKey sets the key for a model or for all models of a provider, by name. The key of
// a model wins over that of its provider, and both over the environment.
func WithAPIKey[N ~string](modelOrProvider N, key string) ClientOption {
	return clientOption(func(c *clientConfig) {
		if c.keys == nil {
			c.keys = map[string]Secret{}
		}
		c.keys[string(modelOrProvider)] = Secret(key)
	})
}

// WithLogger has the steps of calls logged: retries at level Warn, the failure of a call at
// Error, the rest at Debug. The text of prompts and replies is left out, see [LogText]. A nil
// logger logs nothing, which is the default. The logger is called as an [Observer] is.
func WithLogger(l *slog.Logger) Option {
	return bothOption{func(c *callConfig) { c.logger = l }}
}

// LogText has the logger of [WithLogger] write the texts of prompts, replies and violations
// too. They may hold personal data and secrets.
func LogText(on bool) Option {
	return bothOption{func(c *callConfig) { c.logText = on }}
}

// WithObserver adds an observer, who is told all steps of calls.
func WithObserver(o Observer) Option {
	return bothOption{func(c *callConfig) {
		if o != nil {
			c.observers = append(slices.Clip(c.observers), o)
		}
	}}
}

// WithSessionRecords has observers told a summary of each call, as SESSION_SUMMARY and
// SESSION_END. They come behind COMPLETE or ERROR, which otherwise come last.
func WithSessionRecords() Option {
	return bothOption{func(c *callConfig) { c.sessionRecords = true }}
}

// WithGuardrail adds rules that are written in Go behind those of the policy.
func WithGuardrail(rules ...guard.Custom) Option {
	return bothOption{func(c *callConfig) { c.rules = append(slices.Clip(c.rules), rules...) }}
}

// WithPolicy lays p above the policies that specs declare: fields of p that are not zero
// win. On a client it holds for all calls. A call whose policy has values that make no sense, or
// sets what this version does not act on yet (guardrail rules and presets, drift, repair), fails
// with [ErrNotConfigured].
func WithPolicy(p Policy) Option {
	return bothOption{func(c *callConfig) { c.policies = append(c.policies, p) }}
}

// UseModel has the call use this model of the package, and no fallback, instead of those
// that the spec names.
func UseModel(name ModelName) CallOption {
	return callOption(func(c *callConfig) { c.model = name })
}

// Capture stores the report of the call in report when the call ends, whether it succeeds
// or not. A call that never starts, because its stream is not read, stores nothing. Several
// calls at a time need a report each.
func Capture(report *Report) CallOption {
	return callOption(func(c *callConfig) {
		if report != nil {
			c.captures = append(slices.Clip(c.captures), report)
		}
	})
}
