package anthropic_test

import (
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

// send sends a request, checks it against the API's schema and returns it.
func send(t *testing.T, req *l0.Request, opts ...anthropic.Option) wiretest.Request {
	t.Helper()
	p, s := serve(t, wiretest.Stream(startEvent, stopEvent("end_turn"), lastEvent), opts...)
	_, err := wiretest.Call(t, p, req)
	require.NoError(t, err)
	sent := s.Last(t)
	schema, err := jsonschema.Compile("testdata/messages_request.schema.json")
	require.NoError(t, err)
	var body any
	require.NoError(t, json.Unmarshal(sent.Body, &body))
	require.NoError(t, schema.Validate(body), "%s", sent.Body)
	return sent
}

func TestRequest(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Messages = append(req.Messages, l0.AssistantMessage("Hi"), l0.SystemMessage("Be kind."), l0.UserMessage("And?"))
	req.Model.Params = `{"temperature":0.5}`
	sent := send(t, req, anthropic.WithHeader("Anthropic-Beta", "x"))
	assert.Equal(t, "/v1/messages", sent.Path)
	assert.Equal(t, wiretest.Key, sent.Header.Get("X-Api-Key"))
	assert.Equal(t, "2023-06-01", sent.Header.Get("Anthropic-Version"))
	assert.Equal(t, "x", sent.Header.Get("Anthropic-Beta"))
	assert.JSONEq(t, `{"model":"model-1","stream":true,"max_tokens":4096,"temperature":0.5,
		"system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Be kind."}],
		"messages":[{"role":"user","content":"Hello!"},{"role":"assistant","content":"Hi"},{"role":"user","content":"And?"}]}`, string(sent.Body))
}

func TestLimitOfTokens(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Model.Params = `{"max_tokens":77}`
	assert.EqualValues(t, 77, send(t, req).JSON["max_tokens"])
	req.MaxOutputTokens = 88
	p, _ := serve(t, nil)
	_, err := p.Open(t.Context(), req)
	assert.ErrorContains(t, err, `may not set "max_tokens": limits.max_output_tokens sets it`)
	req.Model.Params = ""
	assert.EqualValues(t, 88, send(t, req).JSON["max_tokens"])
}

func TestToolOutput(t *testing.T) {
	t.Parallel()
	sent := send(t, toolRequest())
	assert.Contains(t, string(sent.Body), `"input_schema":`+personSchema)
	assert.Contains(t, string(sent.Body), `"tool_choice":{"disable_parallel_tool_use":true,"name":"Greet","type":"tool"}`)
	p, _ := serve(t, nil)
	for _, name := range []string{"tools", "tool_choice", "thinking", "system"} {
		req := toolRequest()
		req.Model.Params = `{"` + name + `":{}}`
		_, err := p.Open(t.Context(), req)
		assert.ErrorContains(t, err, `may not set "`+name+`"`)
	}
}

func TestOutputModes(t *testing.T) {
	t.Parallel()
	p := anthropic.Provider()
	assert.Equal(t, []l0.OutputMode{l0.OutputTool}, p.OutputModes(l0.Model{}, personSchema))
	assert.Empty(t, p.OutputModes(l0.Model{}, `{"type":"array","items":{}}`))
	assert.Empty(t, p.OutputModes(l0.Model{Params: `{"thinking":{"type":"enabled","budget_tokens":2000}}`}, personSchema))
}

func TestMedia(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Messages = []l0.Message{{Role: l0.RoleUser, Text: "Look:", Parts: []l0.Part{
		l0.MediaPart(l0.Media{Type: "image/png", Bytes: []byte("bytes")}), l0.MediaPart(l0.Media{URL: "https://example.org/a.jpg"}),
		l0.MediaPart(l0.Media{Type: "application/pdf", Bytes: []byte("bytes")}),
	}}}
	assert.JSONEq(t, `[{"role":"user","content":[{"type":"text","text":"Look:"},
		{"type":"image","source":{"type":"base64","media_type":"image/png","data":"Ynl0ZXM="}},
		{"type":"image","source":{"type":"url","url":"https://example.org/a.jpg"}},
		{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"Ynl0ZXM="}}]}]`, messagesOf(t, send(t, req)))
	p, _ := serve(t, nil)
	for _, m := range []l0.Message{
		{Role: l0.RoleUser, Parts: []l0.Part{l0.MediaPart(l0.Media{Type: "audio/wav", Bytes: []byte("x")})}},
		{Role: l0.RoleSystem, Parts: []l0.Part{l0.MediaPart(l0.Media{Type: "image/png", Bytes: []byte("x")})}},
	} {
		req.Messages = []l0.Message{m}
		_, err := p.Open(t.Context(), req)
		assert.ErrorContains(t, err, "part 1 of a message with role "+string(m.Role))
	}
}

func messagesOf(t *testing.T, sent wiretest.Request) string {
	t.Helper()
	text, err := json.Marshal(sent.JSON["messages"])
	require.NoError(t, err)
	return string(text)
}
