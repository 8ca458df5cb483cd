package anthropic

import (
	"encoding/json"
	"fmt"
	"strconv"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

type object = map[string]any

// message is one turn of the conversation.
type message struct {
	Role    l0.Role `json:"role"`
	Content any     `json:"content"` // a text or a list of parts
}

// body returns what a request sends.
func body(req *l0.Request) (wire.Body, error) {
	body, err := wire.Params(req.Model, owned(req))
	if err != nil {
		return nil, err
	}
	system, messages, err := conversation(req.Messages)
	if err != nil {
		return nil, err
	}
	body["model"] = req.Model.ID
	body["messages"] = messages
	body["stream"] = true
	if len(system) > 0 {
		body["system"] = system
	}
	if req.MaxOutputTokens > 0 {
		body["max_tokens"] = req.MaxOutputTokens
	} else if _, set := body["max_tokens"]; !set {
		body["max_tokens"] = json.RawMessage(strconv.Itoa(DefaultMaxTokens))
	}
	if req.Schema != "" && req.OutputMode == l0.OutputTool {
		name := wire.ToolName(req.Function)
		body["tools"] = []object{{"name": name, "description": "Gives the reply.", "input_schema": json.RawMessage(req.Schema)}}
		body["tool_choice"] = object{"type": "tool", "name": name, "disable_parallel_tool_use": true}
	}
	return body, nil
}

// owned returns what the params of a model may not set, and what to do instead.
func owned(req *l0.Request) map[string]string {
	names := map[string]string{
		"messages": "they are the prompt's",
		"system":   "write it as a system message of the prompt",
		"model":    "set the id of the model",
		"stream":   "replies are always streamed",
	}
	if req.MaxOutputTokens > 0 {
		names["max_tokens"] = "limits.max_output_tokens sets it; remove one of the two"
	}
	if req.OutputMode == l0.OutputTool {
		names["tools"] = "a tool holds the output's schema; to set it set output_mode to prompt"
		names["tool_choice"] = names["tools"]
		names["thinking"] = "the API does not let a model think that has to call a tool; set output_mode to auto"
	}
	return names
}

// OutputModes returns tool for a schema that describes an object, unless the model thinks,
// which the API does not allow together.
func (p *Messages) OutputModes(m l0.Model, schema string) []l0.OutputMode {
	var params struct {
		Thinking   json.RawMessage `json:"thinking"`
		Tools      json.RawMessage `json:"tools"`
		ToolChoice json.RawMessage `json:"tool_choice"`
	}
	_ = json.Unmarshal([]byte(m.Params), &params) // what is wrong with them is said when a request is made
	if params.Thinking != nil || params.Tools != nil || params.ToolChoice != nil || !p.schemas.Rewrite(schema).IsObject {
		return nil
	}
	return []l0.OutputMode{l0.OutputTool}
}

// conversation takes the system messages out of msgs. Messages of one role in a row stay
// apart; the API joins them.
func conversation(msgs []l0.Message) (system []any, messages []message, err error) {
	messages = []message{}
	for _, m := range msgs {
		if m.Role == l0.RoleSystem {
			parts, err := wire.Parts(m, textPart, func(wire.Medium) (any, error) {
				return nil, fmt.Errorf("the system prompt can only be text")
			})
			if err != nil {
				return nil, nil, err
			}
			system = append(system, parts...)
			continue
		}
		if len(m.Parts) == 0 {
			messages = append(messages, message{m.Role, m.Text})
			continue
		}
		parts, err := wire.Parts(m, textPart, mediaPart)
		if err != nil {
			return nil, nil, err
		}
		messages = append(messages, message{m.Role, parts})
	}
	return system, messages, nil
}

func textPart(text string) any { return object{"type": "text", "text": text} }

// mediaPart returns the part for an image or a document.
func mediaPart(m wire.Medium) (any, error) {
	source := object{"type": "base64", "media_type": m.Type, "data": m.Base64}
	if m.Base64 == "" {
		source = object{"type": "url", "url": m.URL}
	}
	switch {
	case m.Kind() == "image":
		return object{"type": "image", "source": source}, nil
	case m.Type == "application/pdf":
		return object{"type": "document", "source": source}, nil
	}
	return nil, fmt.Errorf("a file of type %s cannot be sent: images and application/pdf can", m.Type)
}
