package gemini

import (
	"encoding/json"
	"fmt"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

// nativeRules describe the schemas that responseJsonSchema takes.
func nativeRules() subset.Rules {
	return subset.Rules{
		Keywords:    []string{"minimum", "maximum", "minItems", "maxItems"},
		Formats:     []string{"date-time", "date", "time"},
		ConstAsEnum: true,
		NoRecursion: true,
	}
}

// OutputModes returns native for a schema that the API can enforce without loss, and tool for
// one that describes an object.
func (p *GenerateContent) OutputModes(_ l0.Model, schema string) []l0.OutputMode {
	var modes []l0.OutputMode
	s := p.schemas.Rewrite(schema)
	if s.JSON != nil {
		modes = append(modes, l0.OutputNative)
	}
	if s.IsObject {
		modes = append(modes, l0.OutputTool)
	}
	return modes
}

// enforce adds to a request what holds the reply to its schema.
func (p *GenerateContent) enforce(body, settings wire.Body, req *l0.Request) error {
	if req.Schema == "" {
		return nil
	}
	name := wire.ToolName(req.Function)
	switch req.OutputMode {
	case l0.OutputNative:
		s := p.schemas.Rewrite(req.Schema)
		if s.JSON == nil {
			return fmt.Errorf("the schema of %s is not one that the API enforces: set output_mode to auto", name)
		}
		settings["responseMimeType"] = "application/json"
		settings["responseJsonSchema"] = s.JSON
	case l0.OutputTool:
		function := object{"name": name, "description": "Gives the reply.", "parametersJsonSchema": json.RawMessage(req.Schema)}
		body["tools"] = []object{{"functionDeclarations": []object{function}}}
		body["toolConfig"] = object{"functionCallingConfig": object{"mode": "ANY", "allowedFunctionNames": []string{name}}}
	default: // the prompt asks for it, or the reply is text
	}
	return nil
}
