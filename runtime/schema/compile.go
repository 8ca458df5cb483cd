package schema

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/l0gen/l0gen/runtime/internal/iso8601"
)

// Schema is a compiled JSON Schema. A nil *Schema accepts every JSON value.
type Schema struct {
	root        *jsonschema.Schema
	hasDefaults bool
}

// location is where a schema without $id lives. Nothing is ever fetched from it.
const location = "https://schema.invalid/root.json"

// Compile compiles a JSON Schema. All that it refers to must be inside it.
func Compile[T string | []byte](text T) (s *Schema, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, fmt.Errorf("compiling the JSON Schema panicked: %v", r)
		}
	}()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.AssertContent = true
	c.ExtractAnnotations = true // for defaults
	c.LoadURL = func(url string) (io.ReadCloser, error) {
		return nil, errors.New("the schema refers to " + url + ", which is outside of it")
	}
	c.Formats["duration"] = isDuration
	if err := c.AddResource(location, strings.NewReader(string(text))); err != nil {
		return nil, fmt.Errorf("the JSON Schema is not JSON: %w", err)
	}
	root, err := c.Compile(location)
	if err != nil {
		return nil, fmt.Errorf("the JSON Schema is invalid: %w", err)
	}
	return &Schema{root: root, hasDefaults: strings.Contains(string(text), `"default"`)}, nil
}

// HasDefaults reports whether the schema may fill in what is absent.
func (s *Schema) HasDefaults() bool { return s != nil && s.hasDefaults }

// isDuration also takes fractions of a second and mixed weeks, which ISO 8601 has and the
// grammar that JSON Schema refers to has not.
func isDuration(v any) bool {
	text, ok := v.(string)
	if !ok {
		return true
	}
	_, err := iso8601.Canonical(text)
	return err == nil
}
