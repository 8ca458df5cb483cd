package retry_test

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/retry"
)

// hostile is an error whose methods panic, each if it is asked to.
type hostile struct {
	text                         string
	onError, onUnwrap, onTimeout bool
	onIs, onStatus               bool
	inner                        error
	list                         []int // makes the type one that cannot be compared
}

func throw(do bool) {
	if do {
		panic("hostile")
	}
}

func (h hostile) Error() string   { throw(h.onError); return h.text }
func (h hostile) Unwrap() error   { throw(h.onUnwrap); return h.inner }
func (h hostile) Timeout() bool   { throw(h.onTimeout); return false }
func (h hostile) Is(error) bool   { throw(h.onIs); return false }
func (h hostile) HTTPStatus() int { throw(h.onStatus); return 0 }

// loop wraps itself, once or many times.
type loop struct{ width int }

func (l *loop) Error() string { return "loop" }
func (l *loop) Unwrap() []error {
	inner := make([]error, l.width)
	for i := range inner {
		inner[i] = l
	}
	return inner
}

type link struct{ next error }

func (l *link) Error() string { return "link" }
func (l *link) Unwrap() error { return l.next }

func TestHostileErrors(t *testing.T) {
	t.Parallel()
	all := hostile{onError: true, onUnwrap: true, onTimeout: true, onIs: true, onStatus: true}
	circle := &link{}
	circle.next = fmt.Errorf("a: %w", circle)
	for name, c := range map[string]struct {
		err  error
		want what
	}{
		"everything panics":            {all, model},
		"everything panics, inside":    {errors.Join(all, status(503)), server},
		"Error panics":                 {hostile{onError: true}, model},
		"Error panics, a type is left": {hostile{onError: true, inner: &net.DNSError{}}, network(retry.DNSError)},
		"Unwrap panics":                {hostile{onUnwrap: true, text: "dns"}, network(retry.DNSError)},
		"Timeout panics":               {hostile{onTimeout: true, inner: status(429)}, rateLimit},
		"Is panics":                    {hostile{onIs: true, text: "connection refused"}, network(retry.ECONNREFUSED)},
		"the status panics":            {hostile{onStatus: true, inner: status(500)}, server},
		"not comparable":               {hostile{list: []int{1}, text: "sse"}, network(retry.SSEAborted)},
		"nil pointer":                  {(*hostile)(nil), model},
		"nil pointer of net":           {(*net.OpError)(nil), model},
		"nil pointer of url":           {(*url.Error)(nil), model},
		"nothing inside":               {&link{}, model},
		"nothing inside url":           {&url.Error{}, model},
		"circle":                       {circle, model},
		"circle, single":               {&loop{1}, model},
		"circle, growing":              {&loop{1000}, model},
		"nil among many":               {&joined{nil, nil, status(500)}, server},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			assert.NotPanics(t, func() {
				got := retry.Classify(c.err)
				assert.Equal(t, c.want, what{got.Category, got.Reason, got.Type})
			})
			assert.Less(t, time.Since(start), 5*time.Second)
		})
	}
}

type joined []error

func (j *joined) Error() string   { return "joined" }
func (j *joined) Unwrap() []error { return *j }

func FuzzClassify(f *testing.F) {
	f.Add("connection reset by peer", 0, 0, uint8(0))
	f.Add("processed: token limit exceeded", 0, 3, uint8(0xff))
	f.Add("TLS handshake timeout https://\xff\x00", 529, 1, uint8(7))
	f.Fuzz(func(t *testing.T, text string, code, depth int, flags uint8) {
		var err error = hostile{
			text: text, onError: flags&1 != 0, onUnwrap: flags&2 != 0, onTimeout: flags&4 != 0, onIs: flags&8 != 0, onStatus: flags&16 != 0,
			inner: status(code),
		}
		for range min(max(depth, 0), 150) {
			err = &link{err}
		}
		got := retry.Classify(err)
		if again := retry.Classify(err); got != again {
			t.Fatalf("%+v, then %+v", got, again)
		}
		if got.Reason == "" || got.Counts != got.Category.Counts() || got.Retryable != got.Category.Retryable() {
			t.Fatalf("%q: %+v", text, got)
		}
		if plain := retry.Classify(errors.New(text)); plain != retry.Classify(errors.New(text+" ")) && len(text) < 1<<13 {
			t.Fatalf("%q: a space at the end changes the outcome", text)
		}
	})
}
