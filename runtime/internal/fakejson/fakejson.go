package fakejson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// attempts is how often another value is made up if one does not fit.
const attempts = 40

// Value returns JSON that fits a schema of draft 2020-12, or of the one that it names. The
// schema may also be of OpenAPI 3.0, as Gemini takes it: types in capitals and nullable.
// References must be local. The error says why no value was found.
func Value(schema string, seed uint64) (value string, err error) {
	defer func() {
		if r := recover(); r != nil {
			value, err = "", fmt.Errorf("the schema cannot be used: %v", r)
		}
	}()
	root, err := parse(schema)
	if err != nil {
		return "", err
	}
	normalize(root)
	valid, err := compile(string(encode(nil, root)))
	if err != nil {
		return "", err
	}
	var last error
	for i := range uint64(attempts) {
		g := &generator{
			root: root, rng: rand.New(rand.NewPCG(seed, i)), //nolint:gosec // it must be repeatable
			plain: i >= attempts/2, small: i >= attempts*3/4,
		}
		v, err := g.value(root, "", 0)
		if err != nil {
			last = err
			continue
		}
		text := encode(nil, v)
		if last = validate(valid, text); last == nil {
			return string(text), nil
		}
	}
	return "", last
}

// compile compiles a schema that reads nothing from outside of it.
func compile(schema string) (*jsonschema.Schema, error) {
	const location = "https://schema.invalid/root.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.AssertContent = true
	c.LoadURL = func(url string) (io.ReadCloser, error) {
		return nil, errors.New("the schema refers to " + url + ", which is outside of it")
	}
	if err := c.AddResource(location, strings.NewReader(schema)); err != nil {
		return nil, fmt.Errorf("the schema is not JSON: %w", err)
	}
	s, err := c.Compile(location)
	if err != nil {
		return nil, fmt.Errorf("the schema is invalid: %w", err)
	}
	return s, nil
}

func validate(s *jsonschema.Schema, text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return err
	}
	return s.Validate(v)
}

// generator makes up one value.
type generator struct {
	root  any
	rng   *rand.Rand
	plain bool // no examples and defaults: they did not fit
	small bool // as little as possible
}

// Beyond flat only what must be there is made up; at deepest the schema is taken to be endless.
const (
	flat    = 5
	deepest = 60
)

func (g *generator) value(schema any, name string, depth int) (any, error) {
	if depth > deepest {
		return nil, errors.New("the schema demands endless values")
	}
	switch s := schema.(type) {
	case bool:
		if !s {
			return nil, fmt.Errorf("%q can have no value", name)
		}
		return g.words(name), nil
	case *object:
		s, err := g.flatten(s, depth)
		if err != nil {
			return nil, err
		}
		if s == nil {
			return nil, fmt.Errorf("%q can have no value", name)
		}
		return g.typed(s, name, depth)
	}
	return nil, fmt.Errorf("a schema is an object or a boolean, not %T", schema)
}

// typed makes up a value for a schema without references and alternatives.
func (g *generator) typed(s *object, name string, depth int) (any, error) {
	if v, ok := s.get("const"); ok {
		return v, nil
	}
	if list := s.list("enum"); len(list) > 0 {
		return g.pick(list, depth), nil
	}
	if !g.plain {
		if list := s.list("examples"); len(list) > 0 {
			return g.pick(list, depth), nil
		}
		for _, key := range []string{"example", "default"} {
			if v, ok := s.get(key); ok && v != nil {
				return v, nil
			}
		}
	}
	switch g.typeOf(s, depth) {
	case "object":
		return g.object(s, depth)
	case "array":
		return g.array(s, name, depth)
	case "integer":
		return g.number(s, name, true)
	case "number":
		return g.number(s, name, false)
	case "boolean":
		return g.rng.IntN(2) == 0, nil
	case "null":
		return nil, nil //nolint:nilnil // it is the value
	}
	return g.text(s, name)
}

// pick picks one of a list, null only if deep down.
func (g *generator) pick(list []any, depth int) any {
	from := g.rng.IntN(len(list))
	for i := range list {
		v := list[(from+i)%len(list)]
		if (v == nil) == (depth > flat) {
			return v
		}
	}
	return list[from]
}

// typeOf returns the type to make up; where the schema says none, what its keywords suggest.
func (g *generator) typeOf(s *object, depth int) string {
	switch t, _ := s.get("type"); t := t.(type) {
	case string:
		return t
	case []any:
		var names []any
		for _, v := range t {
			if v != "null" {
				names = append(names, v)
			} else if depth > flat {
				return "null"
			}
		}
		if len(names) == 0 {
			return "null"
		}
		name, _ := names[g.rng.IntN(len(names))].(string)
		return name
	}
	for _, k := range s.keys {
		switch k {
		case "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames":
			return "object"
		case "items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems":
			return "array"
		case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
			return "number"
		}
	}
	return "string"
}
