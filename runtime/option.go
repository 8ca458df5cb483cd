package l0

import (
	"log/slog"
	"maps"
	"slices"
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
type callConfig struct {
	logger   *slog.Logger
	policies []Policy // each above the one before
	model    ModelName
	captures []*Report
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

// WithLogger has calls logged: their end at level Debug, their failure at level Warn. A nil
// logger logs nothing, which is the default.
func WithLogger(l *slog.Logger) Option {
	return bothOption{func(c *callConfig) { c.logger = l }}
}

// WithPolicy lays p above the policies that specs declare: fields of p that are not zero
// win. On a client it holds for all calls. A call whose policy sets what this version does not
// act on yet fails with [ErrNotConfigured]; that is all but Limits, OutputMode and the check
// for empty replies.
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
