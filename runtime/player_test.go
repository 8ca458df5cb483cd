package l0_test

import (
	"context"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

// step is one thing that a played stream does.
type step struct {
	after time.Duration // the wait before it
	chunk l0.Chunk
	err   error
}

// play is a stream that is made of steps. After the last one it waits for ever, unless that
// is an error.
type play struct {
	opening time.Duration // the wait before it is open
	refuse  error
	steps   []step
}

// say returns steps for pieces of text, then a regular end.
func say(texts ...string) play {
	return play{steps: append(pieces(texts...), step{chunk: l0.Chunk{Finish: l0.FinishStop}}, step{err: io.EOF})}
}

// fail returns steps for pieces of text, then an error.
func fail(err error, texts ...string) play {
	return play{steps: append(pieces(texts...), step{err: err})}
}

// silent returns steps for pieces of text, then nothing for ever.
func silent(texts ...string) play { return play{steps: pieces(texts...)} }

func pieces(texts ...string) []step {
	steps := make([]step, len(texts))
	for i, t := range texts {
		steps[i].chunk.Text = t
	}
	return steps
}

// player is a provider that plays one play for each request.
type player struct {
	mu       sync.Mutex
	plays    []play
	requests []*l0.Request
	infos    []l0.AttemptInfo
	open     int
	pumped   bool
}

func playing(plays ...play) *player { return &player{plays: plays} }

func (p *player) Name() string { return "p" }

func (p *player) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	p.mu.Lock()
	info, _ := l0.AttemptFrom(ctx)
	p.requests, p.infos = append(p.requests, req), append(p.infos, info)
	if len(p.plays) == 0 {
		p.mu.Unlock()
		return nil, &l0.Error{Code: l0.CodeNotConfigured, Message: "the player has no more plays"}
	}
	next := p.plays[0]
	p.plays = p.plays[1:]
	p.mu.Unlock()
	if next.opening > 0 {
		timer := time.NewTimer(next.opening)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	if next.refuse != nil {
		return nil, next.refuse
	}
	p.count(1)
	return &played{steps: next.steps, gone: make(chan struct{}), player: p}, nil
}

// asked returns the requests so far.
func (p *player) asked() []*l0.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

func (p *player) count(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open += n
}

// played is a stream of a player.
type played struct {
	steps  []step
	gone   chan struct{}
	once   sync.Once
	player *player
}

func (p *played) Next() (l0.Chunk, error) {
	if len(p.steps) == 0 {
		<-p.gone
		return l0.Chunk{}, io.ErrUnexpectedEOF
	}
	next := p.steps[0]
	p.steps = p.steps[1:]
	if next.after > 0 {
		timer := time.NewTimer(next.after)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-p.gone:
			return l0.Chunk{}, io.ErrUnexpectedEOF
		}
	}
	return next.chunk, next.err
}

func (p *played) Close() error {
	p.once.Do(func() { close(p.gone); p.player.count(-1) })
	return nil
}

func (p *played) UnblocksOnClose() bool { return !p.player.pumped }

// call makes a stream of a call that may try the models fast, slow and last.
func (p *player) call(tb testing.TB, ctx context.Context, models int, opts ...l0.CallOption) *l0.Stream[string] { //nolint:revive // the order reads better
	tb.Helper()
	names := []l0.ModelName{"fast", "slow", "last"}
	pkg := &l0.Package{Name: "echo"}
	for _, name := range names {
		pkg.Models = append(pkg.Models, l0.Model{Name: name, Provider: "p", ID: string(name)})
	}
	b, err := l0.Bind(l0.NewClient(l0.WithProvider(p)), pkg)
	require.NoError(tb, err)
	fn := textFunction()
	fn.Models = names[:models]
	return l0.Call(ctx, b, fn, "in", opts...)
}

// recorder keeps the records of calls.
type recorder struct {
	mu      sync.Mutex
	records []l0.Record
}

func (r *recorder) Observe(rec l0.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.records = append(r.records, rec)
}

// types returns the types of the records, without those that are the same in every attempt.
func (r *recorder) types() []record.Type {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []record.Type
	for _, rec := range r.records {
		switch rec.Type() {
		case record.TypeAdapterWrapStart, record.TypeAdapterDetected, record.TypeAdapterWrapEnd:
		default:
			out = append(out, rec.Type())
		}
	}
	return out
}

// detail returns the n-th record that has the type D.
func detail[D record.Detail](tb testing.TB, r *recorder, n int) D {
	tb.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, rec := range r.records {
		if d, ok := rec.Detail.(D); ok {
			if n == 0 {
				return d
			}
			n--
		}
	}
	var zero D
	require.Fail(tb, "no such record", "%s", zero.Type())
	return zero
}

// joined reads a stream and returns what a consumer has who applies the restarts.
func joined(s *l0.Stream[string]) (text string, restarts []l0.Event, err error) {
	var b []byte
	for ev, err := range s.Events() {
		switch {
		case err != nil:
			return string(b), restarts, err
		case ev.Kind == l0.EventToken:
			b = append(b, ev.Text...)
		case ev.Kind == l0.EventRestart:
			b = b[:len(b)-ev.Discard]
			restarts = append(restarts, ev)
		}
	}
	return string(b), restarts, nil
}

// quick keeps a call from waiting between its attempts.
func quick(c retry.Config) l0.Option {
	c.BaseDelay = retry.NoDelay
	no := retry.NoDelay
	c.ErrorTypeDelays = retry.ErrorDelays{
		ConnectionDropped: no, FetchError: no, ECONNRESET: no, ECONNREFUSED: no, SSEAborted: no, NoBytes: no,
		PartialChunks: no, RuntimeKilled: no, BackgroundThrottle: no, DNSError: no, Timeout: no, Unknown: no,
	}
	return l0.WithPolicy(l0.Policy{Retry: c})
}
