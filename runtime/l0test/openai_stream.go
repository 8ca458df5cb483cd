package l0test

import (
	"strconv"

	l0 "github.com/l0gen/l0gen/runtime"
)

// openAIStream writes the chunks of a chat completion. What all of them share is made once.
type openAIStream struct {
	req    *ServerRequest
	shape  shape
	head   string // up to and with "choices":[
	open   string // up to and with "delta":{
	called bool   // the forced tool's name is sent
}

func (openAI) encoder(req *ServerRequest, s shape) encoder {
	head := `data: {"id":"chatcmpl-sim` + req.id + `","object":"chat.completion.chunk","created":1767225600,"model":` +
		string(appendString(nil, req.Model)) + `,"service_tier":"default","system_fingerprint":"fp_sim","choices":[`
	open := head + `{"index":0,"delta":{`
	if s.roles {
		open += `"role":"assistant",`
	}
	return &openAIStream{req: req, shape: s, head: head, open: open}
}

func (e *openAIStream) start(dst []byte, u *l0.Usage) []byte {
	dst = append(dst, e.open...)
	if !e.shape.roles {
		dst = append(dst, `"role":"assistant",`...)
	}
	if e.req.Tool == "" {
		dst = append(dst, `"content":"","refusal":null`...)
	} else {
		dst = append(dst, `"content":null`...)
	}
	return e.close(dst, u)
}

// close ends a chunk whose delta is open.
func (e *openAIStream) close(dst []byte, u *l0.Usage) []byte {
	dst = append(dst, `},"logprobs":null,"finish_reason":null}]`...)
	return e.end(dst, u)
}

func (e *openAIStream) end(dst []byte, u *l0.Usage) []byte {
	switch {
	case u != nil:
		dst = openAIUsage(append(dst, `,"usage":`...), u)
	case e.req.usage:
		dst = append(dst, `,"usage":null`...)
	}
	return append(dst, "}\n\n"...)
}

func (e *openAIStream) chunk(dst []byte, c l0.Chunk, u *l0.Usage) []byte {
	if e.shape.interleave {
		dst = append(append(dst, e.head...), `{"index":1,"delta":{"content":"[other] "`...)
		dst = e.close(dst, nil)
	}
	if c.Reasoning != "" {
		dst = appendString(append(append(dst, e.open...), `"reasoning_content":`...), c.Reasoning)
		dst = e.close(dst, u)
	}
	if c.Text != "" && e.req.Tool == "" {
		dst = appendString(append(append(dst, e.open...), `"content":`...), c.Text)
		dst = e.close(dst, u)
	}
	if c.Text != "" && e.req.Tool != "" {
		d := l0.ToolDelta{Arguments: c.Text}
		if !e.called {
			dst = e.tool(dst, l0.ToolDelta{ID: "call_sim" + e.req.id, Name: e.req.Tool}, nil)
			e.called = true
		}
		dst = e.tool(dst, d, u)
	}
	if c.Tool != nil {
		dst = e.tool(dst, *c.Tool, u)
	}
	return dst
}

func (e *openAIStream) tool(dst []byte, d l0.ToolDelta, u *l0.Usage) []byte {
	dst = append(append(dst, e.open...), `"tool_calls":[{"index":`...)
	dst = strconv.AppendInt(dst, int64(d.Index), 10)
	if d.ID != "" {
		dst = appendString(append(dst, `,"id":`...), d.ID)
		dst = append(dst, `,"type":"function"`...)
	}
	dst = append(dst, `,"function":{`...)
	if d.Name != "" {
		dst = append(appendString(append(dst, `"name":`...), d.Name), ',')
	}
	dst = appendString(append(dst, `"arguments":`...), d.Arguments)
	return e.close(append(dst, "}}]"...), u)
}

func (e *openAIStream) finish(dst []byte, reason l0.FinishReason, u *l0.Usage) []byte {
	if e.shape.interleave {
		dst = append(append(dst, e.head...), `{"index":1,"delta":{},"logprobs":null,"finish_reason":"stop"}]`...)
		dst = e.end(dst, nil)
	}
	dst = append(append(dst, e.head...), `{"index":0,"delta":{},"logprobs":null,"finish_reason":`...)
	dst = append(appendString(dst, openAIFinish(reason, e.req)), "}]"...)
	dst = e.end(dst, nil)
	if u != nil {
		dst = append(append(dst, e.head...), ']')
		dst = e.end(dst, u)
	}
	return append(dst, "data: [DONE]\n\n"...)
}

func (e *openAIStream) fail(dst []byte, err *l0.ProviderError) []byte {
	dst = append(append(dst, "data: "...), openAI{}.failure(err)...)
	return append(dst, "\n\n"...)
}

func (e *openAIStream) ping(dst []byte) []byte { return append(dst, ": ping\n\n"...) }
