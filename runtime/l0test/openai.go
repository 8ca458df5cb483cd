package l0test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// openAI is the wire of chat completions.
type openAI struct{}

func (openAI) name() Wire { return WireOpenAI }

func (openAI) key(r *http.Request) l0.Secret {
	if key := r.Header.Get("Api-Key"); key != "" { // Azure
		return l0.Secret(key)
	}
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return l0.Secret(key)
}

func (openAI) header(h http.Header, req *ServerRequest) {
	h.Set("X-Request-Id", "req_sim"+req.id)
	h.Set("Openai-Processing-Ms", "1")
	h.Set("Openai-Version", "2020-10-01")
}

func (openAI) models() []byte {
	return []byte(`{"object":"list","data":[{"id":"sim","object":"model","created":1767225600,"owned_by":"l0gen"}]}`)
}

func (openAI) usage(req *ServerRequest) UsageWhen {
	if req.usage {
		return UsageLast
	}
	return UsageNever
}

// openAIRequest is what the server reads of a request.
type openAIRequest struct {
	Model    *string `json:"model"`
	Messages *[]struct {
		Role    string  `json:"role"`
		Content content `json:"content"`
	} `json:"messages"`
	Stream        bool `json:"stream"`
	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	MaxTokens           int `json:"max_tokens"`
	MaxCompletionTokens int `json:"max_completion_tokens"`
	ResponseFormat      *struct {
		Type       string `json:"type"`
		JSONSchema *struct {
			Name   string          `json:"name"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
	Tools      []openAITool    `json:"tools"`
	ToolChoice json.RawMessage `json:"tool_choice"`
}

type openAITool struct {
	Type     string `json:"type"`
	Function struct {
		Name       string          `json:"name"`
		Parameters json.RawMessage `json:"parameters"`
	} `json:"function"`
}

func (openAI) parse(_ *http.Request, req *ServerRequest) *l0.ProviderError {
	var in openAIRequest
	if fail := decodeBody(req, &in); fail != nil {
		return fail
	}
	if in.Model != nil && req.Model == "" {
		req.Model = *in.Model
	}
	switch {
	case req.Model == "":
		return badRequest("you must provide a model parameter")
	case in.Messages == nil:
		return badRequest("Missing required parameter: 'messages'.")
	case len(*in.Messages) == 0:
		return badRequest("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.")
	case in.StreamOptions != nil && !in.Stream:
		return badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.")
	case in.MaxTokens < 0 || in.MaxCompletionTokens < 0:
		return badRequest("Invalid 'max_tokens': integer below minimum value.")
	}
	for i, m := range *in.Messages {
		role, ok := openAIRole(m.Role)
		if !ok {
			return badRequest("Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'. (messages[%d].role)", m.Role, i)
		}
		req.Messages = append(req.Messages, l0.Message{Role: role, Text: m.Content.text})
	}
	req.Stream = in.Stream
	req.usage = in.StreamOptions != nil && in.StreamOptions.IncludeUsage
	req.MaxOutputTokens = max(in.MaxTokens, in.MaxCompletionTokens)
	if fail := in.format(req); fail != nil {
		return fail
	}
	return in.tool(req)
}

func openAIRole(role string) (l0.Role, bool) {
	switch role {
	case "system", "developer":
		return l0.RoleSystem, true
	case "user", "tool", "function":
		return l0.RoleUser, true
	case "assistant":
		return l0.RoleAssistant, true
	}
	return "", false
}

// format reads what the reply must look like.
func (in *openAIRequest) format(req *ServerRequest) *l0.ProviderError {
	if in.ResponseFormat == nil {
		return nil
	}
	switch in.ResponseFormat.Type {
	case "text":
	case "json_object":
		if !strings.Contains(strings.ToLower(req.Prompt()), "json") {
			return badRequest("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.")
		}
		req.findSchema()
		req.JSON = true
	case "json_schema":
		js := in.ResponseFormat.JSONSchema
		if js == nil || js.Name == "" || !object(js.Schema) {
			return badRequest("Missing required parameter: 'response_format.json_schema', with a name and a schema.")
		}
		req.Schema, req.OutputMode, req.JSON = string(js.Schema), l0.OutputNative, true
	default:
		return badRequest("Invalid value: '%s'. Supported values are: 'json_object', 'json_schema', and 'text'. (response_format.type)", in.ResponseFormat.Type)
	}
	return nil
}

// tool reads which tool must be called.
func (in *openAIRequest) tool(req *ServerRequest) *l0.ProviderError {
	var mode string
	var named openAITool
	if json.Unmarshal(in.ToolChoice, &mode) != nil {
		_ = json.Unmarshal(in.ToolChoice, &named) // then it names no function
	}
	if mode != "required" && named.Function.Name == "" {
		return nil
	}
	i := slices.IndexFunc(in.Tools, func(t openAITool) bool {
		return mode == "required" || t.Function.Name == named.Function.Name
	})
	if i < 0 {
		return badRequest("Tool choice '%s' not found in 'tools' parameter.", named.Function.Name)
	}
	f := in.Tools[i].Function
	if f.Name == "" {
		return badRequest("Missing required parameter: 'tools[%d].function.name'.", i)
	}
	req.Tool, req.any = f.Name, mode == "required"
	req.Schema, req.OutputMode, req.JSON = string(f.Parameters), l0.OutputTool, true
	return nil
}

func (openAI) errorType(status int) (typ, code string) {
	switch status {
	case http.StatusUnauthorized:
		return "authentication_error", "invalid_api_key"
	case http.StatusForbidden:
		return "permission_error", "unsupported_country_region_territory"
	case http.StatusTooManyRequests:
		return "requests", "rate_limit_exceeded"
	}
	if status >= http.StatusInternalServerError {
		return "server_error", ""
	}
	return "invalid_request_error", ""
}

func (openAI) failure(e *l0.ProviderError) []byte {
	type body struct {
		Message string  `json:"message"`
		Type    string  `json:"type"`
		Param   *string `json:"param"`
		Code    *string `json:"code"`
	}
	b := body{Message: e.Message, Type: e.Type}
	if e.Code != "" {
		b.Code = &e.Code
	}
	return compact(map[string]body{"error": b})
}

func openAIUsage(dst []byte, u *l0.Usage) []byte {
	return fmt.Appendf(dst, `{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},`+
		`"completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0}}`,
		u.InputTokens, u.OutputTokens, u.InputTokens+u.OutputTokens, u.CachedTokens, u.ReasoningTokens)
}

func openAIFinish(reason l0.FinishReason, req *ServerRequest) string {
	switch {
	case reason == l0.FinishTool, reason == l0.FinishStop && req.any:
		return "tool_calls"
	}
	return string(reason)
}

func (openAI) whole(req *ServerRequest, c *collector) []byte {
	dst := []byte(`{"id":"chatcmpl-sim` + req.id + `","object":"chat.completion","created":1767225600,"model":`)
	dst = appendString(dst, req.Model)
	dst = append(dst, `,"choices":[{"index":0,"message":{"role":"assistant","content":`...)
	if req.Tool == "" {
		dst = appendString(dst, c.text.String())
	} else {
		dst = append(dst, "null"...)
	}
	if c.reasoning.Len() > 0 {
		dst = appendString(append(dst, `,"reasoning_content":`...), c.reasoning.String())
	}
	tools := c.tools
	if req.Tool != "" {
		tools = append([]l0.ToolDelta{{ID: "call_sim" + req.id, Name: req.Tool, Arguments: c.text.String()}}, tools...)
	}
	for i, t := range tools {
		sep := `,"tool_calls":[`
		if i > 0 {
			sep = ","
		}
		dst = append(dst, sep+`{"id":`...)
		dst = appendString(dst, t.ID)
		dst = appendString(append(dst, `,"type":"function","function":{"name":`...), t.Name)
		dst = appendString(append(dst, `,"arguments":`...), t.Arguments)
		dst = append(dst, "}}"...)
	}
	if len(tools) > 0 {
		dst = append(dst, ']')
	}
	dst = append(dst, `,"refusal":null},"logprobs":null,"finish_reason":`...)
	dst = appendString(dst, openAIFinish(c.reason, req))
	dst = append(dst, "}]"...)
	if c.usage != nil {
		dst = openAIUsage(append(dst, `,"usage":`...), c.usage)
	}
	return append(dst, `,"system_fingerprint":"fp_sim"}`...)
}
