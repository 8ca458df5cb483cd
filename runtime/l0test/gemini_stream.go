package l0test

import (
	"bytes"
	"encoding/json"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// geminiStream writes the chunks of a generated content. The API sends function calls whole,
// so they are collected until the end.
type geminiStream struct {
	req   *ServerRequest
	shape shape
	tail  string // from "modelVersion" on
	text  strings.Builder
	calls []l0.ToolDelta
}

func (gemini) encoder(req *ServerRequest, s shape) encoder { return newGeminiStream(req, s) }

func newGeminiStream(req *ServerRequest, s shape) *geminiStream {
	tail := `,"modelVersion":` + string(appendString(nil, req.Model)) + `,"responseId":"sim` + req.id + `"`
	return &geminiStream{req: req, shape: s, tail: tail}
}

const (
	geminiOpen  = `data: {"candidates":[{"content":{"parts":[`
	geminiClose = `],"role":"model"},"index":0}]`
)

// start sends nothing, unless usage has to come first: the API has no event for it.
func (e *geminiStream) start(dst []byte, u *l0.Usage) []byte {
	if u == nil && !e.shape.roles {
		return dst
	}
	return e.event(append(dst, geminiOpen+`{"text":""}`+geminiClose...), u)
}

// event ends a chunk.
func (e *geminiStream) event(dst []byte, u *l0.Usage) []byte {
	return append(e.end(dst, u), "}\n\n"...)
}

func (e *geminiStream) end(dst []byte, u *l0.Usage) []byte {
	if u != nil {
		dst = geminiUsage(append(dst, `,"usageMetadata":`...), u)
	}
	return append(dst, e.tail...)
}

func (e *geminiStream) chunk(dst []byte, c l0.Chunk, u *l0.Usage) []byte {
	if e.shape.interleave {
		dst = append(dst, `data: {"candidates":[{"content":{"parts":[{"text":"[other] "}],"role":"model"},"index":1}]`...)
		dst = e.event(dst, nil)
	}
	if c.Tool != nil {
		e.collect(*c.Tool)
	}
	if e.req.Tool != "" {
		e.text.WriteString(c.Text)
		c.Text = ""
	}
	if c.Reasoning != "" {
		dst = appendString(append(dst, geminiOpen+`{"thought":true,"text":`...), c.Reasoning)
		dst = e.event(append(dst, "}"+geminiClose...), u)
	}
	if c.Text != "" {
		dst = appendString(append(dst, geminiOpen+`{"text":`...), c.Text)
		dst = e.event(append(dst, "}"+geminiClose...), u)
	}
	if c.Data != nil {
		dst = appendData(append(dst, geminiOpen...), c.Data)
		dst = e.event(append(dst, geminiClose...), u)
	}
	return dst
}

// collect keeps a piece of a tool call.
func (e *geminiStream) collect(d l0.ToolDelta) {
	for i := range e.calls {
		if e.calls[i].Index == d.Index {
			e.calls[i].Arguments += d.Arguments
			return
		}
	}
	e.calls = append(e.calls, d)
}

// functionCalls appends the calls as parts with commas behind them. It reports whether their
// arguments are objects; a call whose are not is left out, as the API does.
func (e *geminiStream) functionCalls(dst []byte) ([]byte, bool) {
	calls := e.calls
	if e.req.Tool != "" {
		calls = append([]l0.ToolDelta{{Name: e.req.Tool, Arguments: e.text.String()}}, calls...)
	}
	all := true
	for _, c := range calls {
		if !object(json.RawMessage(c.Arguments)) || !json.Valid([]byte(c.Arguments)) {
			all = false
			continue
		}
		dst = appendString(append(dst, `{"functionCall":{"name":`...), c.Name)
		dst = append(appendCompact(append(dst, `,"args":`...), c.Arguments), "}},"...)
	}
	return dst, all
}

// appendCompact appends JSON that is valid, on one line: in an event each line would be one of its own.
func appendCompact(dst []byte, text string) []byte {
	var b bytes.Buffer
	_ = json.Compact(&b, []byte(text)) // it is valid
	return append(dst, b.Bytes()...)
}

func (e *geminiStream) finish(dst []byte, reason l0.FinishReason, u *l0.Usage) []byte {
	name := geminiFinish(reason)
	parts, ok := e.functionCalls(nil)
	if !ok && name == "STOP" {
		name = malformedCall
	}
	if len(parts) == 0 {
		parts = []byte(`{"text":""},`)
	}
	dst = append(append(dst, geminiOpen...), parts[:len(parts)-1]...)
	dst = append(dst, `],"role":"model"},"finishReason":"`+name+`","index":0}]`...)
	return e.event(dst, u)
}

func (e *geminiStream) fail(dst []byte, err *l0.ProviderError) []byte {
	dst = append(append(dst, "data: "...), gemini{}.failure(err)...)
	return append(dst, "\n\n"...)
}

func (e *geminiStream) ping(dst []byte) []byte { return append(dst, ": ping\n\n"...) }
