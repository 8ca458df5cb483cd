package gemini

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/jsonscan"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

var _ wire.Decoder = (*decoder)(nil)

// decoder reads the events of one reply, each of which is a response of its own.
type decoder struct {
	forced bool // the reply is the arguments of a function

	scan    jsonscan.Scanner
	failed  bool // the event reports an error
	named   bool // the id of the response was passed on
	usage   *l0.Usage
	tools   int // calls of functions so far
	mistake error
}

// response is what is wanted of one response beside its chunks.
type response struct {
	id     string
	finish string
	block  string
}

// Event reads one response.
func (d *decoder) Event(name, data []byte, chunks []l0.Chunk) ([]l0.Chunk, bool, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return chunks, false, nil
	case string(data) == "[DONE]": // of gateways
		return chunks, true, nil
	case string(name) == "error":
		return chunks, false, wire.EventError(data)
	}
	d.scan.Reset(data)
	if !d.scan.Is('{') {
		return chunks, false, wire.BadEvent(data, errors.New("no object"))
	}
	chunks, err := d.response(chunks)
	if bad := d.scan.End(); bad != nil {
		return nil, false, wire.BadEvent(data, bad)
	}
	if d.failed {
		err = wire.EventError(data)
	}
	return chunks, false, err
}

// Whole reads responses that a server sent in one piece though it was asked to stream: one, or
// an array of them.
func (d *decoder) Whole(data []byte, chunks []l0.Chunk) ([]l0.Chunk, error) {
	d.scan.Reset(data)
	var err error
	if !d.scan.Is('[') {
		chunks, err = d.response(chunks)
	} else {
		for d.scan.Array(); err == nil && !d.failed && d.scan.More(); {
			chunks, err = d.response(chunks)
		}
	}
	switch bad := d.scan.End(); {
	case d.failed:
		return chunks, wire.EventError(data)
	case err != nil:
		return chunks, err
	case bad != nil:
		return nil, wire.BadEvent(data, bad)
	}
	return chunks, nil
}

// response reads a response and appends what it holds.
func (d *decoder) response(chunks []l0.Chunk) ([]l0.Chunk, error) {
	first, usage := len(chunks), d.usage
	d.failed, d.mistake = false, nil
	r, chunks := d.members(chunks)
	finish, err := d.finish(r)
	if err == nil {
		err = d.mistake
	}
	last := l0.Chunk{Finish: finish}
	if d.usage != usage {
		last.Usage = d.usage
	}
	if last != (l0.Chunk{}) {
		chunks = append(chunks, last)
	}
	if r.id != "" && !d.named && len(chunks) > first {
		chunks[first].RequestID, d.named = r.id, true
	}
	return chunks, err
}

// finish returns the finish reason that a response stands for. A reason that says that the
// reply is not usable is an error.
func (d *decoder) finish(r response) (l0.FinishReason, error) {
	if r.block != "" && r.block != "BLOCK_REASON_UNSPECIFIED" {
		return l0.FinishContentFilter, nil
	}
	switch r.finish {
	case "", "FINISH_REASON_UNSPECIFIED":
		return "", nil
	case "STOP":
		if d.tools > 0 && !d.forced {
			return l0.FinishTool, nil
		}
		return l0.FinishStop, nil
	case "MAX_TOKENS":
		return l0.FinishLength, nil
	case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION":
		return l0.FinishContentFilter, nil
	}
	return "", &l0.ProviderError{Type: strings.ToLower(r.finish), Message: "the model ended the reply with the finish reason " + r.finish}
}

// part is a piece of content.
type part struct {
	text       string
	thought    bool
	id, name   string // of a call
	arguments  string
	isCall     bool
	kind, data string // of inline data
}

// appendPart appends what a part holds.
func (d *decoder) appendPart(p part, chunks []l0.Chunk) []l0.Chunk {
	switch {
	case p.isCall && d.forced:
		if d.tools++; d.tools == 1 {
			chunks = append(chunks, l0.Chunk{Text: p.arguments})
		}
	case p.isCall:
		call := &l0.ToolDelta{Index: d.tools, ID: p.id, Name: p.name, Arguments: p.arguments}
		d.tools++
		chunks = append(chunks, l0.Chunk{Tool: call})
	case p.data != "":
		content, err := base64.StdEncoding.DecodeString(p.data)
		if err != nil {
			d.mistake = wire.BadEvent(nil, fmt.Errorf("a part whose data is not base64"))
			return chunks
		}
		chunks = append(chunks, l0.Chunk{Data: &l0.Media{Type: p.kind, Bytes: content}})
	case p.text != "" && p.thought:
		chunks = append(chunks, l0.Chunk{Reasoning: p.text})
	case p.text != "":
		chunks = append(chunks, l0.Chunk{Text: p.text})
	}
	return chunks
}
