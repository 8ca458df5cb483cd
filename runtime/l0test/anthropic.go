package l0test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	l0 "github.com/l0gen/l0gen/runtime"
)

// anthropic is the wire of messages.
type anthropic struct{}

func (anthropic) name() Wire { return WireAnthropic }

func (anthropic) key(r *http.Request) l0.Secret { return l0.Secret(r.Header.Get("X-Api-Key")) }

func (anthropic) header(h http.Header, req *ServerRequest) {
	h.Set("Request-Id", "req_sim"+req.id)
}

func (anthropic) models() []byte {
	return []byte(`{"data":[{"type":"model","id":"sim","display_name":"Simulated","created_at":"2026-01-01T00:00:00Z"}],` +
		`"has_more":false,"first_id":"sim","last_id":"sim"}`)
}

func (anthropic) usage(*ServerRequest) UsageWhen { return UsageBoth }

// anthropicRequest is what the server reads of a request.
type anthropicRequest struct {
	Model     string  `json:"model"`
	MaxTokens *int    `json:"max_tokens"`
	System    content `json:"system"`
	Stream    bool    `json:"stream"`
	Messages  []struct {
		Role    string  `json:"role"`
		Content content `json:"content"`
	} `json:"messages"`
	Tools []struct {
		Name        string          `json:"name"`
		InputSchema json.RawMessage `json:"input_schema"`
	} `json:"tools"`
	ToolChoice *struct {
		Type string `json:"type"`
		Name string `json:"name"`
	} `json:"tool_choice"`
	OutputFormat *anthropicFormat `json:"output_format"`
	OutputConfig *struct {
		Format *anthropicFormat `json:"format"`
	} `json:"output_config"`
}

type anthropicFormat struct {
	Type   string          `json:"type"`
	Schema json.RawMessage `json:"schema"`
}

func (anthropic) parse(r *http.Request, req *ServerRequest) *l0.ProviderError {
	if r.Header.Get("Anthropic-Version") == "" {
		return badRequest("anthropic-version: header is required")
	}
	var in anthropicRequest
	if fail := decodeBody(req, &in); fail != nil {
		return fail
	}
	req.Model, req.Stream = in.Model, in.Stream
	switch {
	case in.Model == "":
		return badRequest("model: Field required")
	case in.MaxTokens == nil:
		return badRequest("max_tokens: Field required")
	case *in.MaxTokens < 1:
		return badRequest("max_tokens: must be greater than or equal to 1")
	case len(in.Messages) == 0:
		return badRequest("messages: at least one message is required")
	}
	req.MaxOutputTokens = *in.MaxTokens
	if in.System.text != "" {
		req.Messages = append(req.Messages, l0.SystemMessage(in.System.text))
	}
	for i, m := range in.Messages {
		role := l0.Role(m.Role)
		if role != l0.RoleUser && role != l0.RoleAssistant {
			return badRequest("messages.%d.role: Input should be 'user' or 'assistant'", i)
		}
		req.Messages = append(req.Messages, l0.Message{Role: role, Text: m.Content.text})
	}
	return in.format(req)
}

// format reads what the reply must look like.
func (in *anthropicRequest) format(req *ServerRequest) *l0.ProviderError {
	format := in.OutputFormat
	if in.OutputConfig != nil && in.OutputConfig.Format != nil {
		format = in.OutputConfig.Format
	}
	if format != nil {
		if format.Type != "json_schema" || !object(format.Schema) {
			return badRequest("output_config.format: Input should have the type 'json_schema' and a schema")
		}
		req.Schema, req.OutputMode, req.JSON = string(format.Schema), l0.OutputNative, true
	}
	if in.ToolChoice == nil || (in.ToolChoice.Type != "tool" && in.ToolChoice.Type != "any") {
		return nil
	}
	names := make([]string, len(in.Tools))
	for i, t := range in.Tools {
		names[i] = t.Name
	}
	i := slices.Index(names, in.ToolChoice.Name)
	if in.ToolChoice.Type == "any" && len(names) > 0 {
		i = 0
	}
	if i < 0 {
		return badRequest("tool_choice: Tool '%s' not found in provided tools", in.ToolChoice.Name)
	}
	req.Tool, req.Schema, req.OutputMode, req.JSON = names[i], string(in.Tools[i].InputSchema), l0.OutputTool, true
	return nil
}

func (anthropic) errorType(status int) (typ, code string) {
	switch status {
	case http.StatusUnauthorized:
		return "authentication_error", ""
	case http.StatusForbidden:
		return "permission_error", ""
	case http.StatusNotFound:
		return "not_found_error", ""
	case http.StatusRequestEntityTooLarge:
		return "request_too_large", ""
	case http.StatusTooManyRequests:
		return "rate_limit_error", ""
	case http.StatusGatewayTimeout:
		return "timeout_error", ""
	case statusOverloaded:
		return "overloaded_error", ""
	}
	if status >= http.StatusInternalServerError {
		return "api_error", ""
	}
	return "invalid_request_error", ""
}

func (anthropic) failure(e *l0.ProviderError) []byte {
	type detail struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	}
	return compact(struct {
		Type  string `json:"type"`
		Error detail `json:"error"`
	}{"error", detail{e.Type, e.Message}})
}

func anthropicUsage(dst []byte, u *l0.Usage) []byte {
	return fmt.Appendf(dst, `{"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":%d,"output_tokens":%d}`,
		u.InputTokens-u.CachedTokens, u.CachedTokens, u.OutputTokens)
}

func anthropicStop(reason l0.FinishReason, req *ServerRequest) string {
	switch reason {
	case l0.FinishStop:
		if req.Tool != "" {
			return "tool_use"
		}
		return "end_turn"
	case l0.FinishLength:
		return "max_tokens"
	case l0.FinishContentFilter:
		return "refusal"
	case l0.FinishTool:
		return "tool_use"
	}
	return string(reason)
}

func (anthropic) whole(req *ServerRequest, c *collector) []byte {
	dst := []byte(`{"id":"msg_sim` + req.id + `","type":"message","role":"assistant","model":`)
	dst = append(appendString(dst, req.Model), `,"content":[`...)
	sep := ""
	block := func(text string) {
		dst = append(append(dst, sep...), text...)
		sep = ","
	}
	if c.reasoning.Len() > 0 {
		block(`{"type":"thinking","thinking":`)
		dst = append(appendString(dst, c.reasoning.String()), `,"signature":"sim"}`...)
	}
	tools := c.tools
	if req.Tool != "" {
		tools = append([]l0.ToolDelta{{ID: "toolu_sim" + req.id, Name: req.Tool, Arguments: c.text.String()}}, tools...)
	} else if c.text.Len() > 0 {
		block(`{"type":"text","text":`)
		dst = append(appendString(dst, c.text.String()), '}')
	}
	for _, t := range tools {
		block(`{"type":"tool_use","id":`)
		dst = appendString(append(appendString(dst, t.ID), `,"name":`...), t.Name)
		dst = append(append(append(dst, `,"input":`...), arguments(t.Arguments)...), '}')
	}
	dst = append(dst, `],"stop_reason":`...)
	dst = append(appendString(dst, anthropicStop(c.reason, req)), `,"stop_sequence":null`...)
	if c.usage != nil {
		dst = anthropicUsage(append(dst, `,"usage":`...), c.usage)
	}
	return append(dst, '}')
}

// arguments returns the arguments of a tool call as an object, empty if they are none.
func arguments(text string) string {
	if object(json.RawMessage(text)) && json.Valid([]byte(text)) {
		return text
	}
	return "{}"
}
