package anthropic

import (
	"bytes"
	"errors"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/jsonscan"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

var _ wire.Decoder = (*decoder)(nil)

// decoder reads the events of one reply.
type decoder struct {
	forced bool // the reply is the arguments of a tool

	scan    jsonscan.Scanner
	failure []byte // the error that the event reports
	usage   usage
	known   bool // usage has come
	tools   int  // blocks so far that are calls of tools
}

// event is what is wanted of one event, whatever its type.
type event struct {
	kind   string
	block  block // of content_block_start, or its delta
	stop   string
	counts bool // the event holds token counts
	whole  []block
}

// block is a block of content or a piece of one.
type block struct {
	kind                      string
	text, thinking, arguments string
	id, name, input           string
}

// Event reads one event. Its type stands in the data too, which alone counts: some gateways
// lose the names of events.
func (d *decoder) Event(name, data []byte, chunks []l0.Chunk) ([]l0.Chunk, bool, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return chunks, false, nil
	}
	if string(name) == "error" {
		return chunks, false, wire.EventError(data)
	}
	e, err := d.read(data)
	if err != nil {
		return chunks, false, err
	}
	switch e.kind {
	case "message_stop":
		return chunks, true, nil
	case "content_block_start":
		if e.block.kind == "tool_use" {
			d.tools++
			if !d.forced {
				chunks = append(chunks, l0.Chunk{Tool: &l0.ToolDelta{Index: d.tools - 1, ID: e.block.id, Name: e.block.name}})
			}
			return chunks, false, nil
		}
		chunks = d.piece(e.block, chunks)
	case "content_block_delta":
		chunks = d.piece(e.block, chunks)
	case "message_start", "message_delta":
		chunks = d.end(e, chunks)
	}
	return chunks, false, nil
}

// Whole reads a message that a server sent in one piece though it was asked to stream.
func (d *decoder) Whole(data []byte, chunks []l0.Chunk) ([]l0.Chunk, error) {
	e, err := d.read(data)
	if err != nil || e.kind != "message" {
		return chunks, err
	}
	for _, b := range e.whole {
		if b.kind == "tool_use" {
			d.tools++
			b.arguments = b.input
			if !d.forced {
				call := &l0.ToolDelta{Index: d.tools - 1, ID: b.id, Name: b.name, Arguments: b.input}
				chunks = append(chunks, l0.Chunk{Tool: call})
				continue
			}
		}
		chunks = d.piece(b, chunks)
	}
	return d.end(e, chunks), nil
}

// piece appends a piece of content.
func (d *decoder) piece(b block, chunks []l0.Chunk) []l0.Chunk {
	switch {
	case b.arguments != "" && !d.forced:
		return append(chunks, l0.Chunk{Tool: &l0.ToolDelta{Index: max(d.tools-1, 0), Arguments: b.arguments}})
	case b.arguments != "" && d.tools <= 1:
		b.text += b.arguments
	}
	if b.text != "" || b.thinking != "" {
		chunks = append(chunks, l0.Chunk{Text: b.text, Reasoning: b.thinking})
	}
	return chunks
}

// end appends token counts and the reason to stop.
func (d *decoder) end(e event, chunks []l0.Chunk) []l0.Chunk {
	c := l0.Chunk{Finish: d.finish(e.stop)}
	if e.counts && d.known {
		c.Usage = d.usage.total()
	}
	if c.Finish != "" || c.Usage != nil {
		chunks = append(chunks, c)
	}
	return chunks
}

// finish returns the finish reason that a reason to stop stands for.
func (d *decoder) finish(stop string) l0.FinishReason {
	switch stop {
	case "":
		return ""
	case "end_turn", "stop_sequence":
		return l0.FinishStop
	case "max_tokens", "model_context_window_exceeded", "pause_turn":
		return l0.FinishLength
	case "refusal":
		return l0.FinishContentFilter
	case "tool_use":
		if d.forced {
			return l0.FinishStop
		}
		return l0.FinishTool
	}
	return l0.FinishReason(stop)
}

// read reads the data of an event or a whole message.
func (d *decoder) read(data []byte) (e event, err error) {
	s := &d.scan
	s.Reset(data)
	d.failure = nil
	if !s.Object() {
		if err = s.End(); err == nil {
			err = errors.New("no object")
		}
		return e, wire.BadEvent(data, err)
	}
	d.members(&e)
	if err := s.End(); err != nil {
		return e, wire.BadEvent(data, err)
	}
	if d.failure != nil || e.kind == "error" {
		return e, wire.EventError(data)
	}
	return e, nil
}
