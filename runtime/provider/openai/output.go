package openai

import (
	"encoding/json"
	"fmt"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

// strictRules describe the schemas that strict structured outputs take.
func strictRules() subset.Rules {
	return subset.Rules{
		Keywords: []string{"pattern", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems"},
		Formats:  []string{"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"},

		AllRequired:   true,
		LoneRef:       true,
		MaxDepth:      10,
		MaxProperties: 5000,
		MaxEnum:       1000,
		MaxText:       120_000,
	}
}

// OutputModes returns native and tool for a schema that strict structured outputs can enforce
// without loss, tool for another one that describes an object, and nothing for the rest.
func (p *ChatCompletions) OutputModes(_ l0.Model, schema string) []l0.OutputMode {
	var modes []l0.OutputMode
	s := p.schemas.Rewrite(schema)
	if s.JSON != nil && p.config.allows(l0.OutputNative) {
		modes = append(modes, l0.OutputNative)
	}
	if s.IsObject && p.config.allows(l0.OutputTool) {
		modes = append(modes, l0.OutputTool)
	}
	return modes
}

// enforce adds to a request what holds the reply to its schema.
func (p *ChatCompletions) enforce(body wire.Body, req *l0.Request) error {
	if req.Schema == "" {
		return nil
	}
	name := wire.ToolName(req.Function)
	s := p.schemas.Rewrite(req.Schema)
	switch req.OutputMode {
	case l0.OutputNative:
		if s.JSON == nil {
			return fmt.Errorf("the schema of %s is not one that structured outputs enforce: set output_mode to auto", name)
		}
		body["response_format"] = object{
			"type":        "json_schema",
			"json_schema": object{"name": name, "strict": true, "schema": s.JSON},
		}
	case l0.OutputTool:
		function := object{"name": name, "description": "Gives the reply.", "strict": s.JSON != nil, "parameters": s.JSON}
		if s.JSON == nil {
			function["parameters"] = json.RawMessage(req.Schema)
			delete(function, "strict")
		}
		body["tools"] = []object{{"type": "function", "function": function}}
		body["tool_choice"] = object{"type": "function", "function": object{"name": name}}
		body["parallel_tool_calls"] = false
	default: // the prompt asks for it, or the reply is text
	}
	return nil
}
