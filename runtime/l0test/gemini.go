package l0test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// gemini is the wire of generateContent.
type gemini struct{}

func (gemini) name() Wire { return WireGemini }

func (gemini) key(r *http.Request) l0.Secret {
	if key := r.Header.Get("X-Goog-Api-Key"); key != "" {
		return l0.Secret(key)
	}
	return l0.Secret(r.URL.Query().Get("key"))
}

func (gemini) header(http.Header, *ServerRequest) {}

func (gemini) models() []byte {
	return []byte(`{"models":[{"name":"models/sim","displayName":"Simulated","supportedGenerationMethods":["generateContent"]}]}`)
}

func (gemini) usage(*ServerRequest) UsageWhen { return UsageEvery }

type geminiContent struct {
	Role  string `json:"role"`
	Parts []struct {
		Text string `json:"text"`
	} `json:"parts"`
}

func (c geminiContent) text() string {
	var b strings.Builder
	for _, p := range c.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// geminiRequest is what the server reads of a request. The API takes both spellings of a name.
type geminiRequest struct {
	Contents           []geminiContent `json:"contents"`
	SystemInstruction  *geminiContent  `json:"systemInstruction"`
	SystemInstruction2 *geminiContent  `json:"system_instruction"`
	GenerationConfig   struct {
		MaxOutputTokens    int             `json:"maxOutputTokens"`
		ResponseMIMEType   string          `json:"responseMimeType"`
		ResponseSchema     json.RawMessage `json:"responseSchema"`
		ResponseJSONSchema json.RawMessage `json:"responseJsonSchema"`
	} `json:"generationConfig"`
	Tools []struct {
		FunctionDeclarations []geminiFunction `json:"functionDeclarations"`
	} `json:"tools"`
	ToolConfig struct {
		FunctionCallingConfig struct {
			Mode                 string   `json:"mode"`
			AllowedFunctionNames []string `json:"allowedFunctionNames"`
		} `json:"functionCallingConfig"`
	} `json:"toolConfig"`
}

type geminiFunction struct {
	Name                 string          `json:"name"`
	Parameters           json.RawMessage `json:"parameters"`
	ParametersJSONSchema json.RawMessage `json:"parametersJsonSchema"`
}

func (gemini) parse(r *http.Request, req *ServerRequest) *l0.ProviderError {
	if req.Stream && r.URL.Query().Get("alt") != "sse" {
		return badRequest("The simulated server streams with ?alt=sse only.")
	}
	var in geminiRequest
	if fail := decodeBody(req, &in); fail != nil {
		return fail
	}
	if len(in.Contents) == 0 {
		return badRequest("* GenerateContentRequest.contents: contents is not specified")
	}
	system := in.SystemInstruction
	if system == nil {
		system = in.SystemInstruction2
	}
	if system != nil {
		req.Messages = append(req.Messages, l0.SystemMessage(system.text()))
	}
	for _, c := range in.Contents {
		m := l0.Message{Role: l0.RoleUser, Text: c.text()}
		switch c.Role {
		case "", "user", "function":
		case "model":
			m.Role = l0.RoleAssistant
		default:
			return badRequest("Please use a valid role: user, model.")
		}
		if len(c.Parts) == 0 {
			return badRequest("* GenerateContentRequest.contents: contents.parts must not be empty.")
		}
		req.Messages = append(req.Messages, m)
	}
	req.MaxOutputTokens = in.GenerationConfig.MaxOutputTokens
	if fail := in.format(req); fail != nil {
		return fail
	}
	return in.tool(req)
}

// format reads what the reply must look like.
func (in *geminiRequest) format(req *ServerRequest) *l0.ProviderError {
	config := in.GenerationConfig
	schema := config.ResponseJSONSchema
	if len(schema) == 0 {
		schema = config.ResponseSchema
	}
	json := config.ResponseMIMEType == "application/json"
	if len(schema) > 0 {
		if !json {
			return badRequest("* GenerateContentRequest.generation_config.response_schema: only allowed in response_mime_type 'application/json'")
		}
		req.Schema, req.OutputMode = string(schema), l0.OutputNative
	} else if json {
		req.findSchema()
	}
	req.JSON = req.JSON || json
	return nil
}

// tool reads which tool must be called.
func (in *geminiRequest) tool(req *ServerRequest) *l0.ProviderError {
	config := in.ToolConfig.FunctionCallingConfig
	if config.Mode != "ANY" {
		return nil
	}
	for _, t := range in.Tools {
		for _, f := range t.FunctionDeclarations {
			if len(config.AllowedFunctionNames) > 0 && !slices.Contains(config.AllowedFunctionNames, f.Name) {
				continue
			}
			schema := f.ParametersJSONSchema
			if len(schema) == 0 {
				schema = f.Parameters
			}
			req.Tool, req.Schema, req.OutputMode, req.JSON = f.Name, string(schema), l0.OutputTool, true
			return nil
		}
	}
	return badRequest("tool_config.function_calling_config: no function declaration is allowed to be called")
}

func (gemini) errorType(status int) (typ, code string) {
	switch status {
	case http.StatusUnauthorized:
		return "UNAUTHENTICATED", ""
	case http.StatusForbidden:
		return "PERMISSION_DENIED", ""
	case http.StatusNotFound:
		return "NOT_FOUND", ""
	case http.StatusConflict:
		return "ABORTED", ""
	case http.StatusTooManyRequests:
		return "RESOURCE_EXHAUSTED", ""
	case http.StatusServiceUnavailable, statusOverloaded:
		return "UNAVAILABLE", ""
	case http.StatusGatewayTimeout, http.StatusRequestTimeout:
		return "DEADLINE_EXCEEDED", ""
	}
	if status >= http.StatusInternalServerError {
		return "INTERNAL", ""
	}
	return "INVALID_ARGUMENT", ""
}

func (gemini) failure(e *l0.ProviderError) []byte {
	type detail struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Status  string `json:"status"`
	}
	return compact(map[string]detail{"error": {e.StatusCode, e.Message, e.Type}})
}

func geminiUsage(dst []byte, u *l0.Usage) []byte {
	add := func(name string, n int) { dst = strconv.AppendInt(append(dst, name...), int64(n), 10) }
	add(`{"promptTokenCount":`, u.InputTokens)
	add(`,"cachedContentTokenCount":`, u.CachedTokens)
	add(`,"candidatesTokenCount":`, u.OutputTokens-u.ReasoningTokens)
	add(`,"thoughtsTokenCount":`, u.ReasoningTokens)
	add(`,"totalTokenCount":`, u.InputTokens+u.OutputTokens)
	return append(dst, '}')
}

func geminiFinish(reason l0.FinishReason) string {
	switch reason {
	case l0.FinishStop, l0.FinishTool:
		return "STOP"
	case l0.FinishLength:
		return "MAX_TOKENS"
	case l0.FinishContentFilter:
		return "SAFETY"
	}
	return string(reason)
}

func (gemini) whole(req *ServerRequest, c *collector) []byte {
	e := newGeminiStream(req, shape{})
	e.calls = c.tools
	dst := []byte(`{"candidates":[{"content":{"parts":[`)
	if c.reasoning.Len() > 0 {
		dst = append(appendString(append(dst, `{"thought":true,"text":`...), c.reasoning.String()), "},"...)
	}
	for _, m := range c.data {
		dst = append(appendData(dst, m), ',')
	}
	reason := geminiFinish(c.reason)
	if req.Tool != "" {
		e.text.WriteString(c.text.String())
	} else {
		dst = append(appendString(append(dst, `{"text":`...), c.text.String()), "},"...)
	}
	dst, ok := e.functionCalls(dst)
	if !ok {
		reason = malformedCall
	}
	if dst[len(dst)-1] == ',' {
		dst = dst[:len(dst)-1]
	}
	dst = append(dst, `],"role":"model"},"finishReason":"`+reason+`","index":0}]`...)
	return append(e.end(dst, c.usage), '}')
}

// malformedCall is the finish reason for a call whose arguments are no JSON object.
const malformedCall = "MALFORMED_FUNCTION_CALL"

func appendData(dst []byte, m *l0.Media) []byte {
	dst = appendString(append(dst, `{"inlineData":{"mimeType":`...), m.Type)
	dst = append(dst, `,"data":"`...)
	return append(base64.StdEncoding.AppendEncode(dst, m.Bytes), `"}}`...)
}
