package openai

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
	whole  bool // the reply is not streamed

	scan    jsonscan.Scanner
	tools   []l0.ToolDelta // of the choice that is being read
	refused bool
	failure []byte // the error that the event reports
	usage   *l0.Usage
}

// Event reads one chunk of a completion.
func (d *decoder) Event(name, data []byte, chunks []l0.Chunk) ([]l0.Chunk, bool, error) {
	if string(data) == "[DONE]" || bytes.HasPrefix(data, []byte("[DONE]")) {
		return chunks, true, nil
	}
	if string(name) == "error" {
		return chunks, false, wire.EventError(data)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return chunks, false, nil // some servers send it to keep the connection alive
	}
	chunks, err := d.completion(data, chunks)
	return chunks, false, err
}

// Whole reads a completion that a server sent in one piece though it was asked to stream.
func (d *decoder) Whole(data []byte, chunks []l0.Chunk) ([]l0.Chunk, error) {
	d.whole = true
	return d.completion(data, chunks)
}

// completion reads a completion or a chunk of one.
func (d *decoder) completion(data []byte, chunks []l0.Chunk) ([]l0.Chunk, error) {
	s := &d.scan
	s.Reset(data)
	if !s.Object() {
		err := s.End()
		if err == nil {
			err = errors.New("no object")
		}
		return chunks, wire.BadEvent(data, err)
	}
	var first choice
	usage := d.usage
	d.failure = nil
	for {
		key, ok := s.Key()
		if !ok {
			break
		}
		switch string(key) {
		case "choices":
			first = d.choices()
		case "usage":
			d.readUsage()
		case "error":
			if d.readError(); d.failure != nil {
				d.failure = data // what stands beside it may say more
			}
		case "object":
			if string(s.Text()) == "error" {
				d.failure = data
			}
		default:
			s.Skip()
		}
	}
	if err := s.End(); err != nil {
		return chunks, wire.BadEvent(data, err)
	}
	if d.failure != nil {
		return chunks, wire.EventError(d.failure)
	}
	chunks, err := d.chunks(first, chunks)
	if err == nil && d.usage != usage {
		chunks = append(chunks, l0.Chunk{Usage: d.usage})
	}
	return chunks, err
}

// readError notes whether the member error holds one: some servers always send it, empty.
func (d *decoder) readError() {
	switch raw := d.scan.Raw(); string(bytes.TrimSpace(raw)) {
	case "", "null", `""`, "{}", "false":
	default:
		d.failure = raw
	}
}

// chunks appends what a choice holds.
func (d *decoder) chunks(c choice, chunks []l0.Chunk) ([]l0.Chunk, error) {
	if c.refusal != "" {
		d.refused = true
		c.text += c.refusal
	}
	finish, err := d.finish(c.finish)
	if err != nil {
		return chunks, err
	}
	out := l0.Chunk{Text: c.text, Reasoning: c.reasoning}
	for _, t := range d.tools {
		if d.forced {
			if t.Index == 0 {
				out.Text += t.Arguments
			}
			continue
		}
		if out != (l0.Chunk{}) {
			chunks = append(chunks, out)
			out = l0.Chunk{}
		}
		chunks = append(chunks, l0.Chunk{Tool: &l0.ToolDelta{Index: t.Index, ID: t.ID, Name: t.Name, Arguments: t.Arguments}})
	}
	out.Finish = finish
	if out != (l0.Chunk{}) {
		chunks = append(chunks, out)
	}
	d.tools = d.tools[:0]
	return chunks, nil
}
