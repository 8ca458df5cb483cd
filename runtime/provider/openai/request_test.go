package openai_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

const personSchema = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",` +
	`"properties":{"name":{"type":"string"},"age":{"type":["integer","null"],"minimum":0}},"required":["name"],"additionalProperties":false}`

// send sends a request, checks it against the API's schema and returns it.
func send(t *testing.T, req *l0.Request, opts ...openai.Option) wiretest.Request {
	t.Helper()
	p, s := serve(t, wiretest.Stream(stopEvent), opts...)
	_, err := wiretest.Call(t, p, req)
	require.NoError(t, err)
	sent := s.Last(t)
	schema, err := jsonschema.Compile("testdata/chat_request.schema.json")
	require.NoError(t, err)
	var body any
	require.NoError(t, json.Unmarshal(sent.Body, &body))
	require.NoError(t, schema.Validate(body), "%s", sent.Body)
	return sent
}

func TestRequest(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Messages = append(req.Messages, l0.AssistantMessage("Hi & <b>"), l0.Message{Role: l0.RoleUser, Text: "a", Parts: []l0.Part{l0.TextPart("b")}})
	sent := send(t, req, openai.WithHeader("X-Team", "blue"), openai.WithOrganization("org"), openai.WithProject("proj"))
	assert.Equal(t, "/v1/chat/completions", sent.Path)
	assert.Equal(t, "Bearer "+wiretest.Key, sent.Header.Get("Authorization"))
	assert.Equal(t, "application/json", sent.Header.Get("Content-Type"))
	assert.Equal(t, "text/event-stream", sent.Header.Get("Accept"))
	assert.Equal(t, "identity", sent.Header.Get("Accept-Encoding"))
	assert.Equal(t, "blue", sent.Header.Get("X-Team"))
	assert.Equal(t, "org", sent.Header.Get("Openai-Organization"))
	assert.Equal(t, "proj", sent.Header.Get("Openai-Project"))
	assert.Equal(t, `{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello!"},{"role":"assistant","content":"Hi & <b>"},`+
		`{"role":"user","content":"ab"}],"model":"model-1","stream":true,"stream_options":{"include_usage":true}}`, string(sent.Body))
}

func TestParams(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Model.Params = `{"temperature":0.30,"seed":12345678901234567890,"stop":["a"],"reasoning_effort":"low","top_k":4,"stream_options":null}`
	sent := send(t, req)
	for _, part := range []string{`"temperature":0.30`, `"seed":12345678901234567890`, `"stop":["a"]`, `"reasoning_effort":"low"`, `"top_k":4`} {
		assert.Contains(t, string(sent.Body), part)
	}
	assert.NotContains(t, sent.JSON, "stream_options", "null leaves it out")
	req.Model.Params = `{"stream_options":{"include_usage":false}}`
	assert.Contains(t, string(send(t, req).Body), `"stream_options":{"include_usage":false}`)
}

func TestParamsThatClash(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		params string
		change func(*l0.Request)
		want   string
	}{
		"messages":  {`{"messages":[]}`, nil, `openai: the params of model "main" may not set "messages": they are the prompt's`},
		"model":     {`{"model":"x"}`, nil, `may not set "model": set the id of the model`},
		"stream":    {`{"stream":false}`, nil, `may not set "stream": replies are always streamed`},
		"no object": {`[1]`, nil, `the params of model "main" are not a JSON object`},
		"null":      {`null`, nil, `not a JSON object`},
		"no JSON":   {`{"a":`, nil, `not a JSON object`},
		"limit":     {`{"max_tokens":5}`, func(r *l0.Request) { r.MaxOutputTokens = 9 }, `limits.max_output_tokens sets it`},
		"format": {
			`{"response_format":{"type":"text"}}`,
			func(r *l0.Request) { r.Schema, r.OutputMode = personSchema, l0.OutputNative }, `may not set "response_format"`,
		},
		"tools": {`{"tools":[]}`, func(r *l0.Request) { r.Schema, r.OutputMode = personSchema, l0.OutputTool }, `may not set "tools"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, _ := serve(t, wiretest.Fail(500, "nothing may be sent"))
			req := wiretest.NewRequest()
			req.Model.Params = c.params
			if c.change != nil {
				c.change(req)
			}
			_, err := p.Open(t.Context(), req)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestLimitOfTokens(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.MaxOutputTokens = 99
	assert.Contains(t, string(send(t, req).Body), `"max_tokens":99`, "a server that is not OpenAI's")
	assert.Contains(t, string(send(t, req, openai.WithMaxTokensParam("max_completion_tokens")).Body), `"max_completion_tokens":99`)
}

func TestLimitInParamsCutsToo(t *testing.T) {
	t.Parallel()
	p, _ := serve(t, wiretest.Stream(textEvent("x"), stopEvent, useEvent, doneEvent))
	req := wiretest.NewRequest()
	req.Model.Params = `{"max_tokens":5}`
	r, err := wiretest.Call(t, p, req)
	require.NoError(t, err)
	assert.Equal(t, l0.FinishLength, r.Finish)
}

func TestMedia(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	media := func(kind string) l0.Part { return l0.MediaPart(l0.Media{Type: kind, Bytes: []byte("bytes")}) }
	req.Messages = []l0.Message{{Role: l0.RoleUser, Text: "Look:", Parts: []l0.Part{
		media("image/png"), l0.MediaPart(l0.Media{URL: "https://example.org/a.jpg"}), l0.TextPart("and"),
		l0.MediaPart(l0.Media{URL: "data:image/gif;base64,Z2lm"}), media("audio/wav"), media("audio/mpeg"), media("application/pdf"),
	}}}
	sent := send(t, req)
	want := `[{"type":"text","text":"Look:"},
		{"type":"image_url","image_url":{"url":"data:image/png;base64,Ynl0ZXM="}},
		{"type":"image_url","image_url":{"url":"https://example.org/a.jpg"}},
		{"type":"text","text":"and"},
		{"type":"image_url","image_url":{"url":"data:image/gif;base64,Z2lm"}},
		{"type":"input_audio","input_audio":{"data":"Ynl0ZXM=","format":"wav"}},
		{"type":"input_audio","input_audio":{"data":"Ynl0ZXM=","format":"mp3"}},
		{"type":"file","file":{"filename":"file.pdf","file_data":"data:application/pdf;base64,Ynl0ZXM="}}]`
	var body struct {
		Messages []struct{ Content json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(sent.Body, &body))
	assert.JSONEq(t, want, string(body.Messages[0].Content))
}

func TestMediaThatCannotBeSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		media l0.Media
		want  string
	}{
		{l0.Media{}, "part 1 of a message with role user: media has neither bytes nor url"},
		{l0.Media{Type: "audio/wav", URL: "https://example.org/a.wav"}, "give its bytes"},
		{l0.Media{Type: "application/pdf", URL: "https://example.org/a.pdf"}, "give its bytes"},
		{l0.Media{URL: "data:text/plain,hello"}, "not base64"},
	} {
		p, _ := serve(t, wiretest.Fail(500, "nothing may be sent"))
		req := wiretest.NewRequest()
		req.Messages = []l0.Message{{Role: l0.RoleUser, Parts: []l0.Part{l0.MediaPart(c.media)}}}
		_, err := p.Open(t.Context(), req)
		assert.ErrorContains(t, err, c.want)
	}
}

func TestOutputModes(t *testing.T) {
	t.Parallel()
	native, tool := l0.OutputNative, l0.OutputTool
	closed := func(properties, required string) string {
		return `{"type":"object","properties":{` + properties + `},"required":[` + required + `],"additionalProperties":false}`
	}
	for name, c := range map[string]struct {
		schema string
		want   []l0.OutputMode
	}{
		"person":               {personSchema, []l0.OutputMode{native, tool}},
		"optional, not null":   {closed(`"a":{"type":"string"}`, ``), []l0.OutputMode{tool}},
		"optional, default":    {closed(`"a":{"type":"string","default":"x"}`, ``), []l0.OutputMode{native, tool}},
		"length":               {closed(`"a":{"type":"string","minLength":1}`, `"a"`), []l0.OutputMode{tool}},
		"pattern":              {closed(`"a":{"type":"string","pattern":"^x"}`, `"a"`), []l0.OutputMode{native, tool}},
		"date":                 {closed(`"a":{"type":"string","format":"date"}`, `"a"`), []l0.OutputMode{native, tool}},
		"uri":                  {closed(`"a":{"type":"string","format":"uri"}`, `"a"`), []l0.OutputMode{tool}},
		"bytes":                {closed(`"a":{"type":"string","contentEncoding":"base64"}`, `"a"`), []l0.OutputMode{tool}},
		"anything":             {closed(`"a":{}`, `"a"`), []l0.OutputMode{tool}},
		"map":                  {`{"type":"object","additionalProperties":{"type":"string"}}`, []l0.OutputMode{tool}},
		"open":                 {`{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}`, []l0.OutputMode{tool}},
		"list":                 {`{"type":"array","items":{"type":"string"}}`, nil},
		"enum":                 {`{"type":"string","enum":["a"]}`, nil},
		"unique items":         {closed(`"a":{"type":"array","items":{"type":"string"},"uniqueItems":true}`, `"a"`), []l0.OutputMode{tool}},
		"eleven levels":        {strings.Repeat(`{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":`, 11) + `{"type":"null"}` + strings.Repeat(`}}`, 11), []l0.OutputMode{tool}},
		"too many enum values": {closed(`"a":{"enum":[`+strings.Repeat(`"x",`, 1000)+`"y"]}`, `"a"`), []l0.OutputMode{tool}},
		"no schema":            {`x`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openai.Provider()
			assert.Equal(t, c.want, p.OutputModes(l0.Model{}, c.schema))
			assert.Equal(t, c.want, p.OutputModes(l0.Model{}, c.schema), "from the cache")
			assert.Empty(t, openai.Provider(openai.WithOutputModes()).OutputModes(l0.Model{}, c.schema))
		})
	}
	assert.Equal(t, []l0.OutputMode{tool}, openai.Provider(openai.WithOutputModes(tool)).OutputModes(l0.Model{}, personSchema))
}

func TestNativeOutput(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Function, req.Schema, req.OutputMode = "Extract person", personSchema, l0.OutputNative
	assert.Contains(t, string(send(t, req).Body), `"response_format":{"json_schema":{"name":"Extract_person","schema":{"type":"object",`+
		`"properties":{"name":{"type":"string"},"age":{"type":["integer","null"],"minimum":0}},"required":["name","age"],`+
		`"additionalProperties":false},"strict":true},"type":"json_schema"}`)
}

func TestToolOutput(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Schema, req.OutputMode = personSchema, l0.OutputTool
	sent := send(t, req)
	assert.Contains(t, string(sent.Body), `"required":["name","age"],"additionalProperties":false},"strict":true`)
	assert.Contains(t, string(sent.Body), `"tool_choice":{"function":{"name":"Greet"},"type":"function"}`)
	assert.Equal(t, false, sent.JSON["parallel_tool_calls"])
	req.Schema = `{"type":"object","additionalProperties":{"type":"string"}}`
	sent = send(t, req)
	assert.Contains(t, string(sent.Body), `"parameters":{"type":"object","additionalProperties":{"type":"string"}}`)
	assert.NotContains(t, string(sent.Body), `"strict"`)
}
