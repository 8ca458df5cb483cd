package l0test

import (
	"strconv"

	l0 "github.com/l0gen/l0gen/runtime"
)

// The kinds of content blocks.
const (
	blockNone = iota
	blockText
	blockThinking
	blockTool
)

// asideIndex is the content block that is mixed into an interleaved stream.
const asideIndex = "99"

// anthropicStream writes the events of a message. At most one block of the reply is open.
type anthropicStream struct {
	req   *ServerRequest
	shape shape
	block int
	call  int // the tool call that the open block is about; -1 is the forced one
	index int // of the open block, or of the next one
	open  string
	aside bool
}

func (anthropic) encoder(req *ServerRequest, s shape) encoder {
	return &anthropicStream{req: req, shape: s}
}

func (e *anthropicStream) start(dst []byte, u *l0.Usage) []byte {
	event := `event: message_start` + "\n" + `data: {"type":"message_start","message":{"id":"msg_sim` + e.req.id +
		`","type":"message","role":"assistant","model":` + string(appendString(nil, e.req.Model)) +
		`,"content":[],"stop_reason":null,"stop_sequence":null`
	dst = append(dst, event...)
	if u != nil {
		dst = anthropicUsage(append(dst, `,"usage":`...), u)
	}
	dst = append(dst, "}}\n\n"...)
	if e.shape.roles {
		dst = append(append(dst, event...), "}}\n\n"...)
	}
	return e.ping(dst)
}

func (e *anthropicStream) ping(dst []byte) []byte {
	return append(dst, "event: ping\ndata: {\"type\": \"ping\"}\n\n"...)
}

func (e *anthropicStream) chunk(dst []byte, c l0.Chunk, u *l0.Usage) []byte {
	if e.shape.interleave {
		dst = e.other(dst)
	}
	if c.Reasoning != "" {
		dst = e.begin(dst, blockThinking, 0, `{"type":"thinking","thinking":"","signature":""}`)
		dst = e.delta(dst, `{"type":"thinking_delta","thinking":`, c.Reasoning)
	}
	switch {
	case c.Text != "" && e.req.Tool != "":
		dst = e.beginTool(dst, -1, "toolu_sim"+e.req.id, e.req.Tool)
		dst = e.delta(dst, `{"type":"input_json_delta","partial_json":`, c.Text)
	case c.Text != "":
		dst = e.begin(dst, blockText, 0, `{"type":"text","text":""}`)
		dst = e.delta(dst, `{"type":"text_delta","text":`, c.Text)
	}
	if t := c.Tool; t != nil {
		dst = e.beginTool(dst, t.Index, t.ID, t.Name)
		dst = e.delta(dst, `{"type":"input_json_delta","partial_json":`, t.Arguments)
	}
	if u != nil {
		dst = append(dst, "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null,\"stop_sequence\":null},\"usage\":"...)
		dst = append(anthropicUsage(dst, u), "}\n\n"...)
	}
	return dst
}

// begin opens a block, unless one of this kind is open.
func (e *anthropicStream) begin(dst []byte, kind, call int, block string) []byte {
	if e.block == kind && e.call == call {
		return dst
	}
	dst = e.stop(dst)
	e.block, e.call = kind, call
	index := strconv.Itoa(e.index)
	e.open = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + index + `,"delta":`
	dst = append(dst, "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"+index+`,"content_block":`...)
	return append(append(dst, block...), "}\n\n"...)
}

func (e *anthropicStream) beginTool(dst []byte, call int, id, name string) []byte {
	if e.block == blockTool && e.call == call {
		return dst
	}
	block := append(appendString([]byte(`{"type":"tool_use","id":`), id), `,"name":`...)
	block = append(appendString(block, name), `,"input":{}}`...)
	return e.begin(dst, blockTool, call, string(block))
}

func (e *anthropicStream) delta(dst []byte, open, text string) []byte {
	dst = append(append(dst, e.open...), open...)
	return append(appendString(dst, text), "}}\n\n"...)
}

// stop closes the open block.
func (e *anthropicStream) stop(dst []byte) []byte {
	if e.block == blockNone {
		return dst
	}
	if e.block == blockThinking {
		dst = e.delta(dst, `{"type":"signature_delta","signature":`, "sim")
	}
	dst = append(dst, "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"...)
	dst = append(strconv.AppendInt(dst, int64(e.index), 10), "}\n\n"...)
	e.block = blockNone
	e.index++
	return dst
}

// other adds to a block of its own, which is thinking and no part of the reply.
func (e *anthropicStream) other(dst []byte) []byte {
	if !e.aside {
		e.aside = true
		dst = append(dst, "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"+asideIndex+
			",\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n"...)
	}
	return append(dst, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"+asideIndex+
		",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"[other] \"}}\n\n"...)
}

func (e *anthropicStream) finish(dst []byte, reason l0.FinishReason, u *l0.Usage) []byte {
	dst = e.stop(dst)
	if e.aside {
		dst = append(dst, "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"+asideIndex+"}\n\n"...)
	}
	dst = append(dst, "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"...)
	dst = append(appendString(dst, anthropicStop(reason, e.req)), `,"stop_sequence":null}`...)
	if u != nil {
		dst = anthropicUsage(append(dst, `,"usage":`...), u)
	}
	return append(dst, "}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"...)
}

func (e *anthropicStream) fail(dst []byte, err *l0.ProviderError) []byte {
	dst = append(append(dst, "event: error\ndata: "...), anthropic{}.failure(err)...)
	return append(dst, "\n\n"...)
}
