package l0test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Provider is an [l0.Provider] that answers each request with the next reply of its script
// and keeps the requests. It is a client option as well, so that it goes right into a client:
//
//	p := l0test.NewProvider("openai", l0test.Text("Hello!"))
//	base := l0.NewClient(p)
//
// It needs no API key. It is safe for concurrent use.
type Provider struct {
	l0.ClientOption // adds the provider itself

	name string

	mu       sync.Mutex
	script   []Reply
	requests []*l0.Request
	open     int
}

// NewProvider returns a provider of this name. When the script is at its end, requests fail.
func NewProvider(name string, script ...Reply) *Provider {
	p := &Provider{name: name, script: script}
	p.ClientOption = l0.WithProvider(p)
	return p
}

// Name returns the name.
func (p *Provider) Name() string { return p.name }

// Add appends replies to the script.
func (p *Provider) Add(script ...Reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = append(p.script, script...)
}

// Requests returns the requests so far, in order.
func (p *Provider) Requests() []*l0.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// OpenStreams returns how many streams were opened and are not closed.
func (p *Provider) OpenStreams() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open
}

// Open answers a request.
func (p *Provider) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = append(p.requests, req)
	if len(p.script) == 0 {
		return nil, &l0.Error{
			Code:    l0.CodeNotConfigured, // so that nobody retries
			Message: fmt.Sprintf("the script of provider %q has no reply for request %d", p.name, len(p.requests)),
			Advice:  "give l0test.NewProvider more replies, or switch retries off",
		}
	}
	reply := p.script[0]
	p.script = p.script[1:]
	switch {
	case reply.OpenErr != nil:
		return nil, reply.OpenErr
	case reply.auto, len(reply.Faults) > 0:
		return nil, fmt.Errorf("l0test: reply %d of provider %q is made up or has faults, which takes a Server", len(p.requests), p.name)
	}
	p.open++
	return &source{reply: reply, ctx: ctx, gone: make(chan struct{}), closed: p.closed}, nil
}

func (p *Provider) closed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
}

// source plays a reply.
type source struct {
	reply  Reply
	ctx    context.Context
	next   int
	once   sync.Once
	gone   chan struct{}
	closed func()
}

// Next returns the next chunk of the reply, then its end.
func (s *source) Next() (l0.Chunk, error) {
	select {
	case <-s.gone:
		return l0.Chunk{}, io.ErrUnexpectedEOF
	default:
	}
	if s.next < len(s.reply.Chunks) {
		s.next++
		return s.reply.Chunks[s.next-1], nil
	}
	if s.reply.Hang {
		select {
		case <-s.gone:
			return l0.Chunk{}, io.ErrUnexpectedEOF
		case <-s.ctx.Done():
			return l0.Chunk{}, context.Cause(s.ctx)
		}
	}
	if s.reply.Err != nil {
		return l0.Chunk{}, s.reply.Err
	}
	return l0.Chunk{}, io.EOF
}

// Close ends the stream.
func (s *source) Close() error {
	s.once.Do(func() {
		close(s.gone)
		s.closed()
	})
	return nil
}

// UnblocksOnClose reports whether the runtime may read on the consumer's goroutine.
func (s *source) UnblocksOnClose() bool { return !s.reply.Pumped }
