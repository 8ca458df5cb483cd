package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Body is the JSON object that a request sends.
type Body map[string]any

// Params returns the parameters of a model. They may not set the members in owned, which maps
// a name to what to do instead.
func Params(model l0.Model, owned map[string]string) (Body, error) {
	body := Body{}
	if strings.TrimSpace(model.Params) == "" {
		return body, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(model.Params), &members); err != nil || members == nil {
		return nil, fmt.Errorf("the params of model %q are not a JSON object", model.Name)
	}
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if advice, ok := owned[name]; ok {
			return nil, fmt.Errorf("the params of model %q may not set %q: %s", model.Name, name, advice)
		}
		body[name] = members[name]
	}
	return body, nil
}

// Int returns a member that counts something, 0 if there is none.
func (b Body) Int(name string) int {
	var n int
	raw, _ := b[name].(json.RawMessage)
	if len(raw) == 0 || json.Unmarshal(raw, &n) != nil {
		return 0
	}
	return n
}

// Object returns a member that is an object, for others to be added to. A member that is not
// set is an empty one.
func (b Body) Object(name string) (Body, error) {
	raw, ok := b[name].(json.RawMessage)
	if !ok || string(raw) == "null" {
		return Body{}, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil, fmt.Errorf("the param %q must be an object", name)
	}
	object := Body{}
	for k, v := range members {
		object[k] = v
	}
	return object, nil
}

// JSON returns the body as JSON that is not escaped for HTML, with its members in order.
func (b Body) JSON() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(b); err != nil {
		return nil, fmt.Errorf("the request cannot be written as JSON: %w", err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}
