package gemini

import (
	"fmt"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

type object = map[string]any

// content is one turn of the conversation.
type content struct {
	Role  string `json:"role,omitzero"`
	Parts []any  `json:"parts"`
}

// body returns what a request sends, and how many tokens the reply may have, 0 if that is not
// known.
func (p *GenerateContent) body(req *l0.Request) (wire.Body, int, error) {
	body, err := wire.Params(req.Model, owned(req))
	if err != nil {
		return nil, 0, err
	}
	settings, err := generationConfig(body, req)
	if err != nil {
		return nil, 0, err
	}
	system, contents, err := conversation(req.Messages)
	if err != nil {
		return nil, 0, err
	}
	body["contents"] = contents
	if len(system) > 0 {
		body["systemInstruction"] = content{Parts: system}
	}
	limit := settings.Int("maxOutputTokens")
	if req.MaxOutputTokens > 0 {
		limit = req.MaxOutputTokens
		settings["maxOutputTokens"] = limit
	}
	if err := p.enforce(body, settings, req); err != nil {
		return nil, 0, err
	}
	if len(settings) > 0 {
		body["generationConfig"] = settings
	}
	return body, limit, nil
}

// owned returns what the params of a model may not set, and what to do instead.
func owned(req *l0.Request) map[string]string {
	names := map[string]string{
		"contents":          "they are the prompt's",
		"systemInstruction": "write it as a system message of the prompt",
		"model":             "set the id of the model",
	}
	if req.OutputMode == l0.OutputTool {
		names["tools"] = "a function holds the output's schema; to set it set output_mode to prompt"
		names["toolConfig"] = names["tools"]
	}
	return names
}

// generationConfig takes the parameters of generation out of body, wherever they stand.
func generationConfig(body wire.Body, req *l0.Request) (wire.Body, error) {
	settings, err := body.Object("generationConfig")
	if err != nil {
		return nil, err
	}
	delete(body, "generationConfig")
	for _, name := range [...]string{
		"temperature", "topP", "topK", "seed", "maxOutputTokens", "stopSequences", "candidateCount", "presencePenalty", "frequencyPenalty",
		"responseMimeType", "responseSchema", "responseJsonSchema", "responseModalities", "responseLogprobs", "logprobs", "thinkingConfig",
		"mediaResolution", "speechConfig", "imageConfig",
	} {
		if value, ok := body[name]; ok {
			settings[name] = value
			delete(body, name)
		}
	}
	if _, ok := settings["maxOutputTokens"]; ok && req.MaxOutputTokens > 0 {
		return nil, fmt.Errorf("the params of model %q may not set %q: limits.max_output_tokens sets it; remove one of the two", req.Model.Name, "maxOutputTokens")
	}
	if req.OutputMode == l0.OutputNative {
		for _, name := range []string{"responseMimeType", "responseSchema", "responseJsonSchema"} {
			if _, ok := settings[name]; ok {
				return nil, fmt.Errorf("the params of model %q may not set %q: it holds the output's schema; to set it set output_mode to prompt", req.Model.Name, name)
			}
		}
	}
	return settings, nil
}

// conversation takes the system messages out of msgs.
func conversation(msgs []l0.Message) (system []any, contents []content, err error) {
	contents = []content{}
	for _, m := range msgs {
		parts, err := wire.Parts(m, textPart, mediaPart)
		if err != nil {
			return nil, nil, err
		}
		switch m.Role {
		case l0.RoleSystem:
			system = append(system, parts...)
		case l0.RoleAssistant:
			contents = append(contents, content{"model", parts})
		default:
			contents = append(contents, content{"user", parts})
		}
	}
	return system, contents, nil
}

func textPart(text string) any { return object{"text": text} }

// mediaPart returns the part for an image, a sound or a file.
func mediaPart(m wire.Medium) (any, error) {
	if m.Base64 != "" {
		return object{"inlineData": object{"mimeType": m.Type, "data": m.Base64}}, nil
	}
	file := object{"fileUri": m.URL}
	if m.Type != "" {
		file["mimeType"] = m.Type
	}
	return object{"fileData": file}, nil
}
