package openai

import (
	"encoding/json"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

// The names of the parameter for the limit of output tokens: the newer one of OpenAI and the
// older one, which other servers know.
const (
	maxCompletionTokens = "max_completion_tokens"
	maxTokens           = "max_tokens"
)

// body returns what a request sends.
func (p *ChatCompletions) body(req *l0.Request, maxTokensParam string) (wire.Body, error) {
	body, err := wire.Params(req.Model, owned(req))
	if err != nil {
		return nil, err
	}
	messages, err := messages(req.Messages)
	if err != nil {
		return nil, err
	}
	body["model"] = req.Model.ID
	body["messages"] = messages
	body["stream"] = true
	if req.MaxOutputTokens > 0 {
		body[maxTokensParam] = req.MaxOutputTokens
	}
	switch options, set := body["stream_options"].(json.RawMessage); {
	case !set:
		body["stream_options"] = map[string]bool{"include_usage": true}
	case string(options) == "null":
		delete(body, "stream_options")
	}
	return body, p.enforce(body, req)
}

// owned returns what the params of a model may not set, and what to do instead.
func owned(req *l0.Request) map[string]string {
	names := map[string]string{
		"messages": "they are the prompt's",
		"model":    "set the id of the model",
		"stream":   "replies are always streamed",
	}
	if req.MaxOutputTokens > 0 {
		names[maxTokens] = "limits.max_output_tokens sets it; remove one of the two"
		names[maxCompletionTokens] = names[maxTokens]
	}
	switch req.OutputMode {
	case l0.OutputNative:
		names["response_format"] = "it holds the output's schema; to set it set output_mode to prompt"
	case l0.OutputTool:
		for _, name := range []string{"tools", "tool_choice", "functions", "function_call", "parallel_tool_calls"} {
			names[name] = "a tool holds the output's schema; to set it set output_mode to prompt"
		}
	default: // the prompt asks for it, or the reply is text
	}
	return names
}
