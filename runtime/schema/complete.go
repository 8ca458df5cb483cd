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

// completer fills defaults in and writes whole numbers as such, guided by a schema. It runs
// twice: before the value is validated, so that defaults are validated too, and after.
type completer struct {
	// validated is the second run: now the value is known to be valid, and it can be told
	// which alternative of a union holds where that was not clear before. Only there
	// anything is left to do.
	validated bool
	unclear   bool // a union was left for the second run
	changed   bool
	problems  []Problem
}

// place is where a completer is.
type place struct {
	path  string
	steps int  // schemas so far that describe this one value
	open  bool // there is something to do: always in the first run, inside of unions in the second
}

func (p place) next() place { return place{p.path, p.steps + 1, p.open} }

func (p place) below(name string) place { return place{Pointer(p.path, name), 0, p.open} }

// value returns v completed by s. Objects and arrays are changed in place.
func (c *completer) value(s *jsonschema.Schema, v any, at place) any {
	if s == nil || at.steps > maxInPlace {
		return v
	}
	v = c.value(s.Ref, v, at.next())
	for _, all := range s.AllOf {
		v = c.value(all, v, at.next())
	}
	v = c.union(s.AnyOf, v, at.next())
	v = c.union(s.OneOf, v, at.next())
	switch v := v.(type) {
	case map[string]any:
		c.object(s, v, at)
	case []any:
		c.array(s, v, at)
	case json.Number:
		if at.open && slices.Contains(s.Types, "integer") && !slices.Contains(s.Types, "number") {
			return c.whole(v)
		}
	}
	return v
}

// union completes v by the alternative that is meant.
func (c *completer) union(alternatives []*jsonschema.Schema, v any, at place) any {
	var meant []*jsonschema.Schema
	for _, s := range alternatives {
		if plausible(s, v, 0) {
			meant = append(meant, s)
		}
	}
	switch {
	case len(meant) == 1:
		return c.value(meant[0], v, at)
	case len(meant) > 1 && !c.validated:
		c.unclear = true
	default:
		for _, s := range meant {
			if len(validate(s, v)) == 0 {
				at.open = true
				return c.value(s, v, at)
			}
		}
	}
	return v
}

// plausible reports whether s may be meant for v, as far as one look tells: its type, the
// constants of its properties, and what it requires and has no default for.
func plausible(s *jsonschema.Schema, v any, depth int) bool {
	if s == nil || depth > maxInPlace {
		return true
	}
	if len(s.Types) > 0 && !slices.ContainsFunc(s.Types, func(t string) bool { return isType(v, t) }) {
		return false
	}
	if len(s.Constant) > 0 && isScalar(v) && v != s.Constant[0] {
		return false
	}
	if object, ok := v.(map[string]any); ok {
		for name, property := range s.Properties {
			if member, ok := object[name]; ok && len(property.Constant) > 0 && isScalar(member) && member != property.Constant[0] {
				return false
			}
		}
		for _, name := range s.Required {
			if _, ok := object[name]; !ok && defaultOf(s.Properties[name], 0) == nil {
				return false
			}
		}
	}
	return plausible(s.Ref, v, depth+1)
}

func isType(v any, name string) bool {
	switch v.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case json.Number:
		return name == "number" || name == "integer"
	case []any:
		return name == "array"
	}
	return name == "object"
}

// isScalar reports whether v can be compared with == to tell constants apart; numbers can be
// written in several ways.
func isScalar(v any) bool {
	switch v.(type) {
	case bool, string:
		return true
	}
	return false
}

func (c *completer) object(s *jsonschema.Schema, object map[string]any, at place) {
	for name, property := range s.Properties {
		if v, ok := object[name]; ok {
			object[name] = c.value(property, v, at.below(name))
			continue
		}
		if fallback := defaultOf(property, 0); fallback != nil && at.open {
			object[name] = clone(fallback)
			c.changed = true
		}
	}
	for name, v := range object {
		if _, known := s.Properties[name]; known {
			continue
		}
		if at.open {
			c.checkCase(s, name, at.path)
		}
		matched := false
		for pattern, property := range s.PatternProperties {
			if pattern.MatchString(name) {
				matched = true
				object[name] = c.value(property, v, at.below(name))
			}
		}
		if rest, ok := s.AdditionalProperties.(*jsonschema.Schema); ok && !matched {
			object[name] = c.value(rest, v, at.below(name))
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

func (c *completer) array(s *jsonschema.Schema, array []any, at place) {
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
		array[i] = c.value(item, v, at.below(strconv.Itoa(i)))
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
