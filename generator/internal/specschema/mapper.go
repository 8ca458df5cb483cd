package main

import (
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// mapper gives the schema of a type of the tree; nil for plain structs that the
// library reflects.
func (b *builder) mapper(t reflect.Type) *jsonschema.Schema {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == b.direct {
		return nil
	}
	if s := scalar(t); s != nil {
		return s
	}
	switch name, _, _ := strings.Cut(t.Name(), "["); name {
	case "List":
		return &jsonschema.Schema{Type: "array", Items: b.mapper(elem(t, "Items"))}
	case "Map":
		entry := elem(t, "Entries")
		value, _ := entry.FieldByName("Value")
		return &jsonschema.Schema{Type: "object", AdditionalProperties: b.mapper(value.Type)}
	}
	if s := b.union(t); s != nil {
		return s
	}
	return b.later(t)
}

// elem is the element type of a slice field.
func elem(t reflect.Type, field string) reflect.Type {
	f, _ := t.FieldByName(field)
	return f.Type.Elem()
}

// durationPattern is what time.ParseDuration takes, without a sign, or none.
const durationPattern = `^(none|0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h)(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))*)$`

// scalar gives the schema of a scalar value.
func scalar(t reflect.Type) *jsonschema.Schema {
	switch reflect.New(t).Elem().Interface().(type) {
	case syntax.String, syntax.Text:
		return &jsonschema.Schema{Type: "string"}
	case syntax.Int:
		return &jsonschema.Schema{Type: "integer"}
	case syntax.Float:
		return &jsonschema.Schema{Type: "number"}
	case syntax.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case syntax.Duration:
		return &jsonschema.Schema{Type: "string", Pattern: durationPattern}
	case syntax.Count:
		return anyOf(&jsonschema.Schema{Type: "integer"}, &jsonschema.Schema{Const: "unlimited"})
	case syntax.Member:
		return anyOf(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "integer"})
	case syntax.Names, syntax.TypeKey:
		return anyOf(&jsonschema.Schema{Type: "string"},
			&jsonschema.Schema{Type: "array", Items: anyOf(&jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "null"})})
	case syntax.Flag:
		return &jsonschema.Schema{Enum: []any{nil, true, map[string]any{}}}
	case syntax.Object:
		return &jsonschema.Schema{Type: "object"}
	case syntax.Value:
		return &jsonschema.Schema{Description: "Any JSON value."}
	}
	if w, ok := reflect.TypeAssert[interface{ Words() []string }](reflect.New(t).Elem()); ok {
		return &jsonschema.Schema{Type: "string", Enum: anys(w.Words())}
	}
	return nil
}

// union gives the schema of a value with several forms.
func (b *builder) union(t reflect.Type) *jsonschema.Schema {
	switch reflect.New(t).Elem().Interface().(type) {
	case syntax.Type:
		return anyOf(
			&jsonschema.Schema{Type: "string"},
			&jsonschema.Schema{Type: "array", Items: scalar(reflect.TypeFor[syntax.Member]())},
			b.later(reflect.TypeFor[syntax.Schema]()),
		)
	case syntax.TypeOrBool:
		return anyOf(&jsonschema.Schema{Type: "boolean"}, b.mapper(reflect.TypeFor[syntax.Type]()))
	case syntax.Content:
		return anyOf(&jsonschema.Schema{Type: "string"},
			&jsonschema.Schema{Type: "array", Items: b.later(reflect.TypeFor[syntax.Part]())})
	case syntax.Drift, syntax.Continuation, syntax.Unordered:
		return anyOf(&jsonschema.Schema{Type: "boolean"}, b.later(t))
	case syntax.Repair:
		return anyOf(b.mapper(reflect.TypeFor[syntax.OneOf[syntax.RepairLevels]]()), b.later(t))
	}
	if word, ok := t.FieldByName("Word"); ok {
		return anyOf(b.mapper(word.Type), b.later(t))
	}
	return nil
}

func anyOf(list ...*jsonschema.Schema) *jsonschema.Schema { return &jsonschema.Schema{AnyOf: list} }

func anys(words []string) []any {
	out := make([]any, 0, len(words))
	for _, w := range words {
		out = append(out, w)
	}
	return out
}
