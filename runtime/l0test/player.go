package l0test

import (
	"context"
	"errors"
	"net/http"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// verdict is how the playing of a reply goes on.
type verdict int

const (
	goOn     verdict = iota
	finished         // the reply ends properly
	cut              // the body ends, without the end of the reply
	dropped          // the connection closes
	reset            // the connection is reset
	failed           // an error was sent
	gone             // the client went away
)

// player sends one reply with its faults.
type player struct {
	out   *sink
	wire  wire
	req   *ServerRequest
	reply Reply
	enc   encoder
	whole *collector // set if the reply is not streamed

	ahead   []part // what is said before the text: status, delay, html
	pending []part // what strikes in the text, in order
	drip    time.Duration
	first   time.Duration
	rate    float64
	pings   int
	empty   bool
	broken  bool // the JSON of a whole reply must break
	noBlank bool
	when    UsageWhen

	begin  time.Time
	tokens int
	bytes  int
	held   int64     // the size of a huge text that is still to come
	input  int       // tokens of the prompt
	usage  *l0.Usage // what the reply says itself
	report l0.Usage  // what usageAt returned last
	reason l0.FinishReason
	status int
}

func newPlayer(c *serverConfig, w http.ResponseWriter, wr wire, req *ServerRequest, reply Reply, fault Fault) *player {
	p := &player{
		out: newSink(w), wire: wr, req: req, reply: reply, rate: c.rate, first: c.delay,
		when: wr.usage(req), status: http.StatusOK, input: max(estimate(req.Prompt()), 1),
	}
	if !req.Stream {
		p.when = UsageLast
	}
	var s shape
	for _, f := range fault.parts {
		switch f.name {
		case faultDelay, faultStatus, faultHTML:
			p.ahead = append(p.ahead, f)
		case faultDrip:
			p.drip += f.wait
		case faultPing:
			p.pings = f.every
		case faultEmpty:
			p.empty = true
		case faultSplit:
			p.out.split = true
		case faultCRLF:
			p.out.crlf = true
		case faultNoBlank:
			p.noBlank = true
		case faultUsage:
			p.when = UsageWhen(f.when)
		case faultRole:
			s.roles = true
		case faultInterleave:
			s.interleave = true
		default:
			p.pending = append(p.pending, f)
		}
	}
	if req.Stream {
		p.enc = wr.encoder(req, s)
	} else {
		p.whole = &collector{}
		p.enc = p.whole
		p.out.crlf = false // there are no lines
	}
	return p
}

// run sends the reply and says in x what became of it.
func (p *player) run(ctx context.Context, x *Exchange) {
	v := p.before(ctx)
	if v == goOn {
		v = p.body(ctx)
	}
	if v == dropped || v == reset {
		p.out.hangUp(v == reset)
	} else {
		p.out.flush()
	}
	x.Status, x.Tokens = p.status, p.tokens
	x.Cancelled = v == gone || (p.out.err != nil && v != dropped && v != reset)
}

// before does what comes in place of a reply, or ahead of it.
func (p *player) before(ctx context.Context) verdict {
	for _, f := range p.ahead {
		switch f.name {
		case faultDelay:
			if !sleep(ctx, f.wait, false) {
				p.status = 0
				return gone
			}
		case faultStatus:
			if f.retryAfter > 0 {
				setRetryAfter(p.out.w.Header(), f.retryAfter, RetryForm(f.form))
			}
			p.fail(&l0.ProviderError{StatusCode: f.status, Type: f.typ, Code: f.code, Message: f.message})
			return failed
		case faultHTML:
			p.out.w.Header().Set("Content-Type", "text/html; charset=utf-8")
			p.out.raw([]byte("<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>\n"))
			return finished
		}
	}
	if p.reply.OpenErr != nil {
		fail, ok := errors.AsType[*l0.ProviderError](p.reply.OpenErr)
		if !ok {
			fail = &l0.ProviderError{Message: p.reply.OpenErr.Error()}
		}
		p.fail(fail)
		return failed
	}
	return goOn
}

// fail answers with the status of an error.
func (p *player) fail(e *l0.ProviderError) {
	e = complete(p.wire, e)
	p.status = e.StatusCode
	writeFailure(p.out.w, p.wire, e)
}

// body sends the reply, from its headers to its end.
func (p *player) body(ctx context.Context) verdict {
	if p.whole != nil {
		p.out.w.Header().Set("Content-Type", "application/json")
		return p.wholeBody(ctx, p.play(ctx))
	}
	p.out.w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	p.out.w.Header().Set("Cache-Control", "no-cache")
	p.out.w.WriteHeader(http.StatusOK)
	p.emit(func(dst []byte) []byte { return p.enc.start(dst, p.usageAt(UsageFirst)) })
	v := p.play(ctx)
	if v == finished {
		if p.event(ctx, p.enc.finish(nil, p.reason, p.usageAt(UsageLast))) != goOn {
			return gone
		}
		if p.noBlank {
			p.out.buf = trimBlankLine(p.out.buf)
		}
	}
	return v
}

// trimBlankLine takes the empty line off the end of the last event.
func trimBlankLine(buf []byte) []byte {
	n := len(buf)
	switch {
	case n >= 4 && string(buf[n-4:]) == "\r\n\r\n":
		return buf[:n-2]
	case n >= 2 && string(buf[n-2:]) == "\n\n":
		return buf[:n-1]
	}
	return buf
}

func (p *player) emit(add func([]byte) []byte) {
	start := p.out.begin()
	p.out.buf = add(p.out.buf)
	p.out.end(start)
}

// play sends the chunks of the reply. What it returns is never goOn.
func (p *player) play(ctx context.Context) verdict {
	if p.first > 0 && !p.pause(ctx, p.first) {
		return gone
	}
	p.begin = time.Now()
	if p.empty {
		p.reason = l0.FinishStop
		return p.strike(ctx, true, finished)
	}
	for _, c := range p.reply.Chunks {
		if v := p.chunk(ctx, c); v != goOn {
			return v
		}
	}
	if v := p.strike(ctx, true, goOn); v != goOn {
		return v
	}
	return p.end(ctx)
}

// end does what the reply says comes behind its chunks.
func (p *player) end(ctx context.Context) verdict {
	if p.reply.Hang {
		p.pause(ctx, forever)
		return gone
	}
	if p.reply.Err != nil {
		fail, ok := errors.AsType[*l0.ProviderError](p.reply.Err)
		if !ok {
			return reset
		}
		p.sendError(fail)
		return failed
	}
	if p.reason == "" {
		return cut
	}
	return finished
}

// chunk sends one chunk, its text in tokens.
func (p *player) chunk(ctx context.Context, c l0.Chunk) verdict {
	if c.Usage != nil {
		p.usage = c.Usage
	}
	if c.Finish != "" {
		p.reason = c.Finish
	}
	if p.reply.Exact {
		if c.Text == "" && c.Reasoning == "" && c.Tool == nil && c.Data == nil {
			return goOn
		}
		return p.token(ctx, l0.Chunk{Text: c.Text, Reasoning: c.Reasoning, Tool: c.Tool, Data: c.Data})
	}
	for rest := c.Reasoning; rest != ""; {
		n := tokenLen(rest, 0)
		if v := p.token(ctx, l0.Chunk{Reasoning: rest[:n]}); v != goOn {
			return v
		}
		rest = rest[n:]
	}
	for rest := c.Text; rest != ""; {
		n := tokenLen(rest, p.untilStrike())
		if v := p.token(ctx, l0.Chunk{Text: rest[:n]}); v != goOn {
			return v
		}
		rest = rest[n:]
	}
	if c.Tool != nil || c.Data != nil {
		return p.token(ctx, l0.Chunk{Tool: c.Tool, Data: c.Data})
	}
	return goOn
}

// token sends one token, after what strikes before it.
func (p *player) token(ctx context.Context, c l0.Chunk) verdict {
	if len(p.pending) > 0 {
		if v := p.strike(ctx, false, goOn); v != goOn {
			return v
		}
	}
	if p.req.MaxOutputTokens > 0 && p.tokens >= p.req.MaxOutputTokens {
		p.reason = l0.FinishLength
		return finished
	}
	return p.send(ctx, c)
}

// send sends one token at the pace asked for.
func (p *player) send(ctx context.Context, c l0.Chunk) verdict {
	if !p.keepPace(ctx) || p.out.err != nil || ctx.Err() != nil {
		return gone
	}
	start := p.out.begin()
	if p.pings > 0 && p.tokens%p.pings == 0 {
		p.out.buf = p.enc.ping(p.out.buf)
	}
	p.tokens++
	p.bytes += len(c.Text)
	p.out.buf = p.enc.chunk(p.out.buf, c, p.usageAt(UsageEvery))
	p.out.end(start)
	return goOn
}

func (p *player) keepPace(ctx context.Context) bool {
	if p.drip > 0 && !p.pause(ctx, p.drip) {
		return false
	}
	if p.rate <= 0 {
		return true
	}
	due := p.begin.Add(time.Duration(float64(p.tokens) / p.rate * float64(time.Second)))
	d := time.Until(due)
	return d <= 0 || p.pause(ctx, d)
}

// forever is a pause until the client goes away.
const forever time.Duration = -1

// pause sends what there is, then waits. It reports whether the client is still there.
func (p *player) pause(ctx context.Context, d time.Duration) bool {
	if p.whole == nil {
		p.out.flush()
	}
	return sleep(ctx, d, d == forever)
}

// sleep waits for d or for ever, but not longer than ctx.
func sleep(ctx context.Context, d time.Duration, forEver bool) bool {
	if forEver {
		<-ctx.Done()
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
