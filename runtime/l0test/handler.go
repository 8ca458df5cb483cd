package l0test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// maxBody is the largest request that is read.
const maxBody = 64 << 20

// Handler is a simulated model server as an [http.Handler], for those who bring their own
// listener. It serves, below any prefix:
//
//	POST …/chat/completions                          OpenAI, also Azure's deployments
//	GET  …/models
//	POST …/messages                                  Anthropic
//	POST …/models/{model}:streamGenerateContent      Gemini, with alt=sse
//	POST …/models/{model}:generateContent
//
// Without pauses asked for, events are written in batches of about 32 KB, which feeds a client
// millions of tokens per second; before each pause what is there is flushed, so that a slow
// stream arrives token by token. It is safe for concurrent use.
type Handler struct {
	config *serverConfig

	mu        sync.Mutex
	requests  []*ServerRequest // the last ones
	bodies    int              // bytes in them
	received  int              // how many there were
	served    int              // how many were valid
	open      int
	cancelled int
	changed   chan struct{} // closed and replaced at each change
}

// NewHandler returns a handler. It fails if an option makes no sense.
func NewHandler(opts ...ServerOption) (*Handler, error) {
	config, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	return &Handler{config: config, changed: make(chan struct{})}, nil
}

// A server that runs for long must not keep all requests.
const (
	keptRequests = 1000
	keptBytes    = 64 << 20
)

// keep keeps a request, and forgets the oldest ones where there are too many. It is called with
// the lock held.
func (h *Handler) keep(req *ServerRequest) {
	h.received++
	h.requests = append(h.requests, req)
	h.bodies += len(req.Body)
	for len(h.requests) > 1 && (len(h.requests) > keptRequests || h.bodies > keptBytes) {
		h.bodies -= len(h.requests[0].Body)
		h.requests[0] = nil
		h.requests = h.requests[1:]
	}
}

// Requests returns the requests for a reply so far, in order. Of more than 1,000, or more than
// 64 MiB of them, the oldest are gone; their Number goes on.
func (h *Handler) Requests() []*ServerRequest {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.requests)
}

// Open returns how many requests are being answered.
func (h *Handler) Open() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Cancelled returns how many requests ended because the client went away.
func (h *Handler) Cancelled() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.cancelled
}

// WaitCancelled waits until the clients of n requests have gone away, or ctx ends.
func (h *Handler) WaitCancelled(ctx context.Context, n int) error {
	if !h.wait(ctx.Done(), func() bool { return h.cancelled >= n }) {
		return context.Cause(ctx)
	}
	return nil
}

// WaitIdle waits until no request is being answered, or ctx ends.
func (h *Handler) WaitIdle(ctx context.Context) error {
	if !h.wait(ctx.Done(), h.idle) {
		return context.Cause(ctx)
	}
	return nil
}

// idle is called with the lock held, as all conditions of wait are.
func (h *Handler) idle() bool { return h.open == 0 }

// wait waits for a condition and reports whether it came true before the end.
func (h *Handler) wait(end <-chan struct{}, done func() bool) bool {
	for {
		h.mu.Lock()
		ok, changed := done(), h.changed
		h.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-end:
			return false
		}
	}
}

// change changes the counters and wakes who waits for them.
func (h *Handler) change(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
	close(h.changed)
	h.changed = make(chan struct{})
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rt := routeOf(r)
	if rt.wire == nil {
		writeFailure(w, rt.nearest, rt.failure)
		return
	}
	if rt.models {
		h.serveModels(w, r, rt.wire)
		return
	}
	h.change(func() { h.open++ })
	// One deferred call changes both counters, so that who waits for the end finds all told.
	var x Exchange
	defer func() {
		h.change(func() {
			h.open--
			if x.Cancelled {
				h.cancelled++
			}
		})
	}()
	h.serve(w, r, rt, &x)
}

func (h *Handler) serveModels(w http.ResponseWriter, r *http.Request, wire wire) {
	if fail := h.checkKey(wire.key(r)); fail != nil {
		writeFailure(w, wire, fail)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(wire.models()) // the client went away
}

// checkKey refuses a wrong key.
func (h *Handler) checkKey(key l0.Secret) *l0.ProviderError {
	switch {
	case h.config.key == "", key == h.config.key:
		return nil
	case key == "":
		return &l0.ProviderError{StatusCode: http.StatusUnauthorized, Message: "You didn't provide an API key."}
	}
	return &l0.ProviderError{StatusCode: http.StatusUnauthorized, Message: "Incorrect API key provided."}
}

// serve reads a request, checks it, and plays its reply.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, rt route, x *Exchange) {
	start := time.Now()
	req, fail := h.read(r, rt)
	x.Request = req
	if h.config.observe != nil {
		defer func() {
			x.Duration = time.Since(start)
			h.config.observe(*x)
		}()
	}
	rt.wire.header(w.Header(), req)
	if fail != nil {
		x.Status, x.Err = fail.StatusCode, fail
		writeFailure(w, rt.wire, fail)
		return
	}
	reply, fault, err := h.plan(req)
	if err != nil {
		fail = &l0.ProviderError{StatusCode: http.StatusInternalServerError, Message: "l0test: " + err.Error()}
		x.Status, x.Err = fail.StatusCode, fail
		writeFailure(w, rt.wire, fail)
		return
	}
	x.Fault = fault
	p := newPlayer(h.config, w, rt.wire, req, reply, fault)
	p.run(r.Context(), x)
}

// read reads and keeps a request.
func (h *Handler) read(r *http.Request, rt route) (*ServerRequest, *l0.ProviderError) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	req := &ServerRequest{
		Wire: rt.wire.name(), Method: r.Method, Path: r.URL.Path, Header: r.Header.Clone(), Body: body,
		Model: rt.model, Stream: rt.stream, APIKey: rt.wire.key(r),
	}
	fail := h.checkKey(req.APIKey)
	if fail == nil && err != nil {
		fail = &l0.ProviderError{StatusCode: http.StatusBadRequest, Message: "The body could not be read."}
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			fail = &l0.ProviderError{StatusCode: http.StatusRequestEntityTooLarge, Message: "Request too large."}
		}
	}
	if fail == nil {
		fail = rt.wire.parse(r, req)
		req.findSchema()
	}
	h.change(func() {
		h.keep(req)
		req.Number = h.received
		if fail == nil {
			h.served++
			req.seed = uint64(h.served)
		}
		req.id = strconv.Itoa(req.Number)
	})
	return req, fail
}

// plan returns what to answer to a request, and what goes wrong with it.
func (h *Handler) plan(req *ServerRequest) (Reply, Fault, error) {
	turn := int(req.seed) - 1
	reply := h.replyTo(req, turn)
	var fault Fault
	join := func(faults ...Fault) error {
		for _, f := range faults {
			if err := f.check(); err != nil {
				return err
			}
			fault.parts = append(fault.parts, f.parts...)
		}
		return nil
	}
	if err := join(reply.Faults...); err != nil {
		return reply, fault, err
	}
	if turn < len(h.config.faults) {
		_ = join(h.config.faults[turn]) // checked already
	}
	_ = join(h.config.always...)
	fault.parts = h.draw(fault.parts, req)
	if reply.auto {
		reply = makeUp(req, h.config.seed)
	}
	return reply, fault, canSend(req.Wire, reply)
}

// canSend refuses what a wire has no events for, so that nothing is left out silently.
func canSend(wire Wire, reply Reply) error {
	for _, c := range reply.Chunks {
		if c.Data != nil && (wire != WireGemini || len(c.Data.Bytes) == 0) {
			return fmt.Errorf("the wire of %s cannot send data; Gemini's can, as bytes", wire)
		}
	}
	return nil
}

func (h *Handler) replyTo(req *ServerRequest, turn int) Reply {
	if h.config.reply != nil {
		return h.config.reply(req)
	}
	if len(h.config.rules) > 0 {
		prompt := req.Prompt()
		for _, rule := range h.config.rules {
			if rule.matches(prompt) {
				return rule.reply
			}
		}
	}
	if turn < len(h.config.script) {
		return h.config.script[turn]
	}
	return Auto()
}

// draw puts what chance decides in the place of random parts.
func (h *Handler) draw(parts []part, req *ServerRequest) []part {
	const places = 16
	rng := rand.New(rand.NewPCG(h.config.seed, req.seed)) //nolint:gosec // it must be repeatable
	var out []part
	for _, p := range parts {
		if p.name != faultRandom {
			out = append(out, p)
			continue
		}
		of := p.of
		if len(of) == 0 {
			of = retryable()
		}
		struck, name, place := rng.Float64() < p.chance, of[rng.IntN(len(of))], rng.IntN(places)
		if drawn, err := namedPart(name); struck && err == nil {
			drawn.after = place
			out = append(out, drawn)
		}
	}
	return out
}
