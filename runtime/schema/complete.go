package schema

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// maxInPlace bounds how many schemas may describe one value through references.
const maxInPlace = 64

// completer fills defaults in and writes whole numbers as such, guided by a schema.
type completer struct {
	// unions makes it look into anyOf and oneOf. Which alternative holds is only known once
	// the value has been found valid.
	unions   bool
	changed  bool
	problems []Problem
}

// value returns v completed by s. Objects and arrays are changed in place.
func (c *completer) value(s *jsonschema.Schema, v any, path string, depth int) any {
	if s == nil || depth > maxInPlace {
		return v
	}
	v = c.value(s.Ref, v, path, depth+1)
	for _, all := range s.AllOf {
		v = c.value(all, v, path, depth+1)
	}
	if c.unions {
		v = c.value(holding(s.AnyOf, v), v, path, depth+1)
		v = c.value(holding(s.OneOf, v), v, path, depth+1)
	}
	switch v := v.(type) {
	case map[string]any:
		c.object(s, v, path)
	case []any:
		c.array(s, v, path)
	case json.Number:
		if slices.Contains(s.Types, "integer") && !slices.Contains(s.Types, "number") {
			return c.whole(v)
		}
	}
	return v
}

// holding returns the first alternative that v fits.
func holding(alternatives []*jsonschema.Schema, v any) *jsonschema.Schema {
	for _, s := range alternatives {
		if len(validate(s, v)) == 0 {
			return s
		}
	}
	return nil
}

func (c *completer) object(s *jsonschema.Schema, object map[string]any, path string) {
	for name, property := range s.Properties {
		if v, ok := object[name]; ok {
			object[name] = c.value(property, v, Pointer(path, name), 0)
			continue
		}
		if fallback := defaultOf(property, 0); fallback != nil {
			object[name] = clone(fallback)
			c.changed = true
		}
	}
	for name, v := range object {
		if _, known := s.Properties[name]; known {
			continue
		}
		c.checkCase(s, name, path)
		matched := false
		for pattern, property := range s.PatternProperties {
			if pattern.MatchString(name) {
				matched = true
				object[name] = c.value(property, v, Pointer(path, name), 0)
			}
		}
		if rest, ok := s.AdditionalProperties.(*jsonschema.Schema); ok && !matched {
			object[name] = c.value(rest, v, Pointer(path, name), 0)
		}
	}
}

// checkCase reports a property that encoding/json would take for a known one.
func (c *completer) checkCase(s *jsonschema.Schema, name, path string) {
	for known := range s.Properties {
		if strings.EqualFold(known, name) {
			c.problems = append(c.problems, Problem{
				Path: Pointer(path, name), Keyword: "case", Message: "differs from " + strconv.Quote(known) + " only by case",
			})
		}
	}
}

func (c *completer) array(s *jsonschema.Schema, array []any, path string) {
	for i, v := range array {
		item := s.Items2020
		if i < len(s.PrefixItems) {
			item = s.PrefixItems[i]
		}
		switch old := s.Items.(type) { // drafts before 2020-12
		case *jsonschema.Schema:
			item = old
		case []*jsonschema.Schema:
			if i < len(old) {
				item = old[i]
			}
		}
		array[i] = c.value(item, v, path+"/"+strconv.Itoa(i), 0)
	}
}

// defaultOf returns the default of s, its own or one of what it refers to; nil is none.
func defaultOf(s *jsonschema.Schema, depth int) any {
	if s == nil || depth > maxInPlace {
		return nil
	}
	if s.Default != nil {
		return s.Default
	}
	return defaultOf(s.Ref, depth+1)
}

// whole writes 1.0 and 1e3 as 1 and 1000, which encoding/json needs to fill an integer.
func (c *completer) whole(n json.Number) json.Number {
	text, ok := wholeNumber(string(n))
	if !ok || text == string(n) {
		return n
	}
	c.changed = true
	return json.Number(text)
}

// clone copies a JSON value, so that nobody writes to the default inside the schema.
func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := maps.Clone(v)
		for k := range out {
			out[k] = clone(out[k])
		}
		return out
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = clone(out[i])
		}
		return out
	}
	return v
}
