package gemini_test

import (
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

const listSchema = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"x":{"type":"array","items":{"$ref":"#/$defs/Item"}}},` +
	`"required":["x"],"additionalProperties":false,"$defs":{"Item":{"type":["string","null"],"const":"a"}}}`

// send sends a request, checks it against the API's schema and returns it.
func send(t *testing.T, req *l0.Request, opts ...gemini.Option) wiretest.Request {
	t.Helper()
	p, s := serve(t, wiretest.Stream(endEvent("STOP")), opts...)
	_, err := wiretest.Call(t, p, req)
	require.NoError(t, err)
	sent := s.Last(t)
	schema, err := jsonschema.Compile("testdata/generate_content_request.schema.json")
	require.NoError(t, err)
	var body any
	require.NoError(t, json.Unmarshal(sent.Body, &body))
	require.NoError(t, schema.Validate(body), "%s", sent.Body)
	return sent
}

func TestRequest(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Messages = append(req.Messages, l0.AssistantMessage("Hi"), l0.UserMessage("And?"))
	req.Model.Params = `{"temperature":0.5,"generationConfig":{"topK":3},"safetySettings":[]}`
	req.MaxOutputTokens = 99
	sent := send(t, req, gemini.WithHeader("X-Team", "blue"))
	assert.Equal(t, "/v1beta/models/model-1:streamGenerateContent?alt=sse", sent.Path)
	assert.Equal(t, wiretest.Key, sent.Header.Get("X-Goog-Api-Key"))
	assert.Equal(t, "blue", sent.Header.Get("X-Team"))
	assert.JSONEq(t, `{"systemInstruction":{"parts":[{"text":"Be brief."}]},"safetySettings":[],
		"contents":[{"role":"user","parts":[{"text":"Hello!"}]},{"role":"model","parts":[{"text":"Hi"}]},{"role":"user","parts":[{"text":"And?"}]}],
		"generationConfig":{"temperature":0.5,"topK":3,"maxOutputTokens":99}}`, string(sent.Body))
	req.Model.ID = "tunedModels/mine"
	assert.Equal(t, "/v1beta/tunedModels/mine:streamGenerateContent?alt=sse", send(t, req).Path)
}

func TestParamsThatClash(t *testing.T) {
	t.Parallel()
	p, _ := serve(t, nil)
	for params, want := range map[string]string{
		`{"contents":[]}`:                               `may not set "contents"`,
		`{"systemInstruction":{}}`:                      `may not set "systemInstruction"`,
		`{"maxOutputTokens":3}`:                         `may not set "maxOutputTokens"`,
		`{"generationConfig":{"maxOutputTokens":3}}`:    `may not set "maxOutputTokens"`,
		`{"generationConfig":{"responseMimeType":"x"}}`: `may not set "responseMimeType"`,
		`{"generationConfig":3}`:                        `the param "generationConfig" must be an object`,
	} {
		req := wiretest.NewRequest()
		req.MaxOutputTokens, req.Schema, req.OutputMode, req.Model.Params = 9, listSchema, l0.OutputNative, params
		_, err := p.Open(t.Context(), req)
		assert.ErrorContains(t, err, want)
	}
}

func TestOutput(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Schema, req.OutputMode = listSchema, l0.OutputNative
	assert.Contains(t, string(send(t, req).Body), `"generationConfig":{"responseJsonSchema":{"type":"object","properties":{"x":{"type":"array",`+
		`"items":{"$ref":"#/$defs/Item"}}},"required":["x"],"additionalProperties":false,"$defs":{"Item":{"type":["string","null"],"enum":["a"]}}},`+
		`"responseMimeType":"application/json"}`)
	req.OutputMode = l0.OutputTool
	assert.Contains(t, string(send(t, req).Body), `"toolConfig":{"functionCallingConfig":{"allowedFunctionNames":["Greet"],"mode":"ANY"}}`)
}

func TestOutputModes(t *testing.T) {
	t.Parallel()
	native, tool := l0.OutputNative, l0.OutputTool
	for schema, want := range map[string][]l0.OutputMode{
		listSchema: {native, tool},
		`{"type":"array","items":{"type":"string"}}`:  {native},
		`{"type":"string","enum":["a","b"]}`:          {native},
		`{"type":"string","minLength":1}`:             nil,
		`{"type":"object","additionalProperties":{}}`: {tool},
		`{"type":"object","properties":{"next":{"$ref":"#/$defs/N"}},"additionalProperties":false,` +
			`"$defs":{"N":{"type":"object","properties":{"next":{"$ref":"#/$defs/N"}},"additionalProperties":false}}}`: {tool},
	} {
		assert.Equal(t, want, gemini.Provider().OutputModes(l0.Model{}, schema), schema)
	}
}

func TestMedia(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Messages = []l0.Message{{Role: l0.RoleUser, Text: "Look:", Parts: []l0.Part{
		l0.MediaPart(l0.Media{Type: "image/png", Bytes: []byte("bytes")}), l0.MediaPart(l0.Media{Type: "audio/mp3", URL: "https://example.org/a.mp3"}),
	}}}
	text, err := json.Marshal(send(t, req).JSON["contents"])
	require.NoError(t, err)
	assert.JSONEq(t, `[{"role":"user","parts":[{"text":"Look:"},{"inlineData":{"mimeType":"image/png","data":"Ynl0ZXM="}},
		{"fileData":{"mimeType":"audio/mp3","fileUri":"https://example.org/a.mp3"}}]}]`, string(text))
}

func TestKeyVariable(t *testing.T) {
	t.Setenv("GEMINI_API_KEY", "")
	t.Setenv("GOOGLE_API_KEY", "")
	p := gemini.Provider()
	assert.Equal(t, "GEMINI_API_KEY", p.APIKeyEnv())
	t.Setenv("GOOGLE_API_KEY", "x")
	assert.Equal(t, "GOOGLE_API_KEY", p.APIKeyEnv())
	t.Setenv("GEMINI_API_KEY", "x")
	assert.Equal(t, "GEMINI_API_KEY", p.APIKeyEnv())
	assert.Empty(t, gemini.Provider(gemini.WithAPIKeyEnv("")).APIKeyEnv())
}
