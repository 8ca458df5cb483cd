package l0test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// ServerOption changes a [Server] or [Handler].
type ServerOption func(*serverConfig)

type serverConfig struct {
	script  []Reply
	rules   []replyRule
	reply   func(*ServerRequest) Reply
	faults  []Fault // in order, one per request
	always  []Fault
	seed    uint64
	key     l0.Secret
	delay   time.Duration
	rate    float64
	observe func(Exchange)
}

// replyRule answers requests whose prompt matches.
type replyRule struct {
	matches func(prompt string) bool
	reply   Reply
}

// WithReplies adds replies that are given in order, one per request. When all are given, and
// without any, replies are as [Auto] makes them.
func WithReplies(replies ...Reply) ServerOption {
	return func(c *serverConfig) { c.script = append(c.script, replies...) }
}

// WithReplyTo gives this reply whenever the prompt contains text. The first rule that matches
// counts; it goes before replies in order.
func WithReplyTo(text string, reply Reply) ServerOption {
	return func(c *serverConfig) {
		c.rules = append(c.rules, replyRule{func(p string) bool { return strings.Contains(p, text) }, reply})
	}
}

// WithReplyToMatch is [WithReplyTo] with a regular expression.
func WithReplyToMatch(re *regexp.Regexp, reply Reply) ServerOption {
	return func(c *serverConfig) { c.rules = append(c.rules, replyRule{re.MatchString, reply}) }
}

// WithReplyFunc asks f for every reply. It goes before all other replies and is called from
// several goroutines.
func WithReplyFunc(f func(*ServerRequest) Reply) ServerOption {
	return func(c *serverConfig) { c.reply = f }
}

// WithFaults adds faults, in order, one per request; after those nothing goes wrong. One that
// is made with [Fault.Every], or is [Random], holds for all requests instead.
func WithFaults(faults ...Fault) ServerOption {
	return func(c *serverConfig) {
		for _, f := range faults {
			if f.every {
				c.always = append(c.always, f)
			} else {
				c.faults = append(c.faults, f)
			}
		}
	}
}

// WithSeed sets what made-up replies and random faults depend on. It is 1 unless set.
func WithSeed(seed uint64) ServerOption { return func(c *serverConfig) { c.seed = seed } }

// WithAPIKey has requests without this key refused. Without it any key, or none, will do.
func WithAPIKey(key string) ServerOption {
	return func(c *serverConfig) { c.key = l0.Secret(key) }
}

// WithDelay waits before the first token of each reply.
func WithDelay(d time.Duration) ServerOption { return func(c *serverConfig) { c.delay = d } }

// WithTokensPerSecond limits the speed of each reply. Zero is as fast as can be.
func WithTokensPerSecond(n float64) ServerOption { return func(c *serverConfig) { c.rate = n } }

// WithObserver calls f at the end of each request, from the goroutine that served it.
func WithObserver(f func(Exchange)) ServerOption { return func(c *serverConfig) { c.observe = f } }

// Exchange is a request and what became of it.
type Exchange struct {
	Request *ServerRequest
	// Status is the HTTP status of the answer, zero if the connection ended before it.
	Status int
	// Fault is what went wrong.
	Fault Fault
	// Tokens counts the tokens of the reply that were sent.
	Tokens int
	// Duration is how long it took.
	Duration time.Duration
	// Cancelled says that the client went away before the end.
	Cancelled bool
	// Err is why the request was refused.
	Err error
}

func newConfig(opts []ServerOption) (*serverConfig, error) {
	c := &serverConfig{seed: 1}
	for _, opt := range opts {
		opt(c)
	}
	var errs []error
	check := func(faults []Fault) {
		for _, f := range faults {
			errs = append(errs, f.check())
		}
	}
	check(c.faults)
	check(c.always)
	for _, r := range c.script {
		check(r.Faults)
	}
	for _, r := range c.rules {
		check(r.reply.Faults)
	}
	if c.rate < 0 || c.delay < 0 {
		errs = append(errs, errors.New("a delay or a rate is negative"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("l0test: %w", err)
	}
	return c, nil
}

// check reports whether the values of f make sense: whether its text form can be read.
func (f Fault) check() error {
	_, err := ParseFault(f.String())
	return err
}
