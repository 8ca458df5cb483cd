package l0test

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// act lets one fault strike.
func (p *player) act(ctx context.Context, f part) verdict {
	switch f.name {
	case faultStall:
		d := f.wait
		if d == 0 {
			d = forever
		}
		if !p.pause(ctx, d) {
			return gone
		}
	case faultCut:
		return cut
	case faultDrop:
		return dropped
	case faultReset:
		return reset
	case faultTruncate:
		p.reason = l0.FinishStop
		return finished
	case faultLength:
		p.reason = l0.FinishLength
		return finished
	case faultFilter:
		p.reason = l0.FinishContentFilter
		return finished
	case faultError:
		p.sendError(&l0.ProviderError{StatusCode: p.overloaded(f.typ), Type: f.typ, Code: f.code, Message: f.message})
		return failed
	case faultMalformed:
		p.broken = true
		p.line("data: {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"bro\n\n")
	case faultGarbled:
		p.broken = true
		p.line("upstream connect error or disconnect/reset before headers\n<<<>>>\n\n")
	case faultUTF8:
		return p.send(ctx, l0.Chunk{Text: "\xff\xfe\xc3"})
	case faultHuge:
		return p.huge(ctx, f.size)
	case faultEndless:
		return p.endless(ctx)
	case faultGarbage:
		return p.fill(ctx, 'x', f.size, cut)
	}
	return goOn
}

// line puts raw lines into a stream.
func (p *player) line(text string) {
	if p.whole == nil {
		p.out.raw([]byte(text))
	}
}

// overloaded is the status that an error object stands for, where its type does not say it.
func (p *player) overloaded(typ string) int {
	for status := http.StatusBadRequest; status < 600 && typ != ""; status++ {
		if known, _ := p.wire.errorType(status); known == typ {
			return status
		}
	}
	switch p.wire.name() {
	case WireAnthropic:
		return statusOverloaded
	case WireGemini:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// statusOverloaded is Anthropic's status for an overloaded server.
const statusOverloaded = 529

// sendError sends an error object in the stream, or as the status if nothing is sent yet.
func (p *player) sendError(e *l0.ProviderError) {
	if p.whole != nil {
		p.fail(e)
		return
	}
	if e.StatusCode == 0 {
		e = &l0.ProviderError{StatusCode: p.overloaded(e.Type), Type: e.Type, Code: e.Code, Message: e.Message}
	}
	p.emit(func(dst []byte) []byte { return p.enc.fail(dst, complete(p.wire, e)) })
}

// marker stands in an event for text that is too large to hold.
const marker = "\ue000huge\ue000"

// huge sends one event of size bytes of text.
func (p *player) huge(ctx context.Context, size int64) verdict {
	if p.whole != nil {
		p.whole.huge = size
		p.whole.chunk(nil, l0.Chunk{Text: marker}, nil)
		return goOn
	}
	p.tokens++
	p.held = size
	return p.event(ctx, p.enc.chunk(nil, l0.Chunk{Text: marker}, p.usageAt(UsageEvery)))
}

// event sends an event, and in the place of the marker the huge text, unless the encoder holds it back.
func (p *player) event(ctx context.Context, event []byte) verdict {
	before, after, found := bytes.Cut(event, []byte(marker))
	p.out.raw(before)
	if found {
		if v := p.fill(ctx, 'x', p.held, goOn); v != goOn {
			return v
		}
		p.held = 0
		p.out.raw(after)
	}
	return goOn
}

// fill writes the same byte again and again, in pieces.
func (p *player) fill(ctx context.Context, b byte, size int64, then verdict) verdict {
	piece := bytes.Repeat([]byte{b}, batch)
	for size > 0 {
		if ctx.Err() != nil || p.out.err != nil {
			return gone
		}
		n := min(size, batch)
		p.out.raw(piece[:n])
		size -= n
	}
	return then
}

// endless sends tokens until the client goes away.
func (p *player) endless(ctx context.Context) verdict {
	if p.whole != nil {
		const always = 1 << 62
		return p.fill(ctx, ' ', always, gone)
	}
	for {
		if v := p.send(ctx, l0.Chunk{Text: " and"}); v != goOn {
			return v
		}
	}
}

// wholeBody sends the body of a reply that is not streamed.
func (p *player) wholeBody(ctx context.Context, v verdict) verdict {
	if v == failed || v == gone {
		return v
	}
	if p.out.sent || len(p.out.buf) > 0 {
		return v // garbage was sent as the body
	}
	p.whole.reason, p.whole.usage = p.reason, p.usageAt(UsageLast)
	if p.when == UsageFirst {
		p.whole.usage = p.usageAt(UsageFirst)
	}
	body := p.wire.whole(p.req, p.whole)
	if v != finished || p.broken {
		body = body[:len(body)/2]
	}
	before, after, found := bytes.Cut(body, []byte(marker))
	p.out.raw(before)
	if found {
		p.fill(ctx, 'x', p.whole.huge, goOn)
		p.out.raw(after)
	}
	return v
}

// collector is the encoder of a reply that is not streamed: it keeps what it is given.
type collector struct {
	text, reasoning strings.Builder
	tools           []l0.ToolDelta
	data            []*l0.Media
	reason          l0.FinishReason
	usage           *l0.Usage
	huge            int64
}

func (c *collector) start(dst []byte, _ *l0.Usage) []byte { return dst }

func (c *collector) chunk(dst []byte, chunk l0.Chunk, _ *l0.Usage) []byte {
	c.text.WriteString(chunk.Text)
	c.reasoning.WriteString(chunk.Reasoning)
	if chunk.Data != nil {
		c.data = append(c.data, chunk.Data)
	}
	if chunk.Tool != nil {
		c.tool(*chunk.Tool)
	}
	return dst
}

// tool puts the pieces of a tool call together.
func (c *collector) tool(d l0.ToolDelta) {
	for i := range c.tools {
		if c.tools[i].Index == d.Index {
			c.tools[i].Arguments += d.Arguments
			return
		}
	}
	c.tools = append(c.tools, d)
}

func (c *collector) finish(dst []byte, _ l0.FinishReason, _ *l0.Usage) []byte { return dst }
func (c *collector) fail(dst []byte, _ *l0.ProviderError) []byte              { return dst }
func (c *collector) ping(dst []byte) []byte                                   { return dst }
