package fakejson

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// object is a JSON object that keeps the order of its keys.
type object struct {
	keys   []string
	values map[string]any
}

func newObject() *object { return &object{values: map[string]any{}} }

func (o *object) get(key string) (any, bool) {
	v, ok := o.values[key]
	return v, ok
}

func (o *object) set(key string, v any) {
	if _, ok := o.values[key]; !ok {
		o.keys = append(o.keys, key)
	}
	o.values[key] = v
}

func (o *object) clone() *object {
	out := newObject()
	for _, k := range o.keys {
		out.set(k, o.values[k])
	}
	return out
}

func (o *object) without(keys ...string) *object {
	out := newObject()
	for _, k := range o.keys {
		if !slices.Contains(keys, k) {
			out.set(k, o.values[k])
		}
	}
	return out
}

func (o *object) object(key string) *object {
	if v, ok := o.values[key].(*object); ok {
		return v
	}
	return newObject()
}

func (o *object) list(key string) []any {
	v, _ := o.values[key].([]any)
	return v
}

func (o *object) text(key string) string {
	v, _ := o.values[key].(string)
	return v
}

// count returns a whole number that is not negative, or what to take in its place.
func (o *object) count(key string, otherwise int) int {
	n, ok := o.values[key].(json.Number)
	if !ok {
		return otherwise
	}
	f, err := n.Float64()
	const most = 1 << 20 // larger ones are limits, not sizes to make up
	if err != nil || f < 0 {
		return otherwise
	}
	return int(min(f, most))
}

// parse reads JSON: objects as *object, numbers as json.Number.
func parse(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err == nil {
		if _, end := d.Token(); end != io.EOF {
			err = fmt.Errorf("more follows the value")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the schema is not JSON: %w", err)
	}
	return v, nil
}

func parseValue(d *json.Decoder, depth int) (any, error) {
	const deepest = 500
	if depth > deepest {
		return nil, fmt.Errorf("it is nested more than %d deep", deepest)
	}
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		o := newObject()
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			name, _ := key.(string)
			o.set(name, v)
		}
		_, err = d.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// encode appends v as JSON.
func encode(dst []byte, v any) []byte {
	switch v := v.(type) {
	case *object:
		dst = append(dst, '{')
		for i, k := range v.keys {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(encode(dst, k), ':')
			dst = encode(dst, v.values[k])
		}
		return append(dst, '}')
	case []any:
		dst = append(dst, '[')
		for i, item := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = encode(dst, item)
		}
		return append(dst, ']')
	case json.Number:
		return append(dst, v...)
	case string:
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(v) // a string can always be encoded
		return append(dst, strings.TrimSuffix(b.String(), "\n")...)
	case bool:
		return fmt.Append(dst, v)
	}
	return append(dst, "null"...)
}

// normalize turns what OpenAPI 3.0 writes differently into JSON Schema.
func normalize(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			normalize(item)
		}
	case *object:
		if name, ok := v.values["type"].(string); ok && name != "" && name == strings.ToUpper(name) {
			v.set("type", strings.ToLower(name))
		}
		if v.values["nullable"] == true {
			nullable(v)
		}
		for _, k := range v.keys {
			if k != "const" && k != "enum" && k != "default" && k != "examples" && k != "example" {
				normalize(v.values[k])
			}
		}
		openAPINumbers(v)
	}
}

// nullable adds null to what a schema allows.
func nullable(v *object) {
	if name, ok := v.values["type"].(string); ok {
		v.set("type", []any{name, "null"})
	}
	if list := v.list("enum"); len(list) > 0 && !slices.Contains(list, any(nil)) {
		v.set("enum", append(slices.Clone(list), nil))
	}
}

// openAPINumbers turns counts into numbers: Gemini takes int64 values as texts.
func openAPINumbers(v *object) {
	for _, k := range []string{"minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"} {
		if text, ok := v.values[k].(string); ok && text != "" && strings.Trim(text, "0123456789") == "" {
			v.set(k, json.Number(text))
		}
	}
}
