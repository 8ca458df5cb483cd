package resolve_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

func replace(s, from, to string) string { return strings.ReplaceAll(s, from, to) }

// show writes a type so that tests can compare it.
func show(t *ir.Type) string {
	var out string
	switch t.Kind {
	case ir.List:
		out = "list(" + show(t.Elem) + ")"
	case ir.Map:
		out = "map(" + show(t.Elem) + ")"
	case ir.Ref:
		out = t.Named.Name
	case ir.Object:
		fields := make([]string, 0, len(t.Fields))
		for _, f := range t.Fields {
			mark := ""
			if !f.Required {
				mark = " optional"
			}
			fields = append(fields, f.Name+" "+show(f.Type)+mark)
		}
		out = "{" + strings.Join(fields, ", ") + "}"
		if t.Extra != nil {
			out += "+" + show(t.Extra)
		}
	case ir.Enum:
		words := []string{"enum"}
		for _, m := range t.Members {
			words = append(words, m.Text)
		}
		out = strings.Join(words, " ")
	default:
		out = map[ir.Kind]string{
			ir.Invalid: "invalid", ir.String: "string", ir.Int: "int", ir.Number: "number", ir.Bool: "bool",
			ir.Decimal: "decimal", ir.DateTime: "date-time", ir.Date: "date", ir.Duration: "duration",
			ir.UUID: "uuid", ir.URI: "uri", ir.Bytes: "bytes", ir.Image: "image", ir.Audio: "audio",
			ir.MediaFile: "file", ir.Any: "any", ir.ChatMessage: "message",
		}[t.Kind]
	}
	return out + map[ir.NullMode]string{ir.NullAbsent: "?", ir.NullValue: " or null"}[t.Null]
}

func TestTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, want string }{
		{"string", "string"},
		{"' int '", "int"},
		{"date-time?", "date-time?"},
		{"string[]?", "list(string)?"},
		{"string?[]", "list(string or null)"},
		{"map<decimal[]>", "map(list(decimal))"},
		{"map<T?>", "map(T or null)"},
		{"(T[])[]", "list(list(T))"},
		{"l0.Message[]", "list(message)"},
		{"[a, no, on, 'null', '1.5']", "enum a no on null 1.5"},
		{"[1, 0x10]", "enum 1 16"},
		{"{fields: {a: string, b: 'int?', c: {type: bool, default: true}}}", "{a string, b int? optional, c bool optional}"},
		{
			"{type: object, properties: {a: string, b: string}, required: [b], additionalProperties: false}",
			"{a string optional, b string}",
		},
		{"{type: object, properties: {a: string}}", "{a string optional}+any"},
		{"{properties: {a: string}, additionalProperties: int}", "{a string optional}+int"},
		{"{type: object, additionalProperties: {type: integer}}", "map(int)"},
		{"{type: object}", "map(any)"},
		{"{type: [string, 'null']}", "string or null"},
		{"{type: [object, null], additionalProperties: number}", "map(number) or null"},
		{"{type: array, items: {type: [integer, 'null']}}", "list(int or null)"},
		{"{items: string}", "list(string)"},
		{"{type: array, items: any}", "list(any)"},
		{"{type: 'string[]', items: {maxLength: 3}}", "list(string)"},
		{"{enum: [a, b]}", "enum a b"},
		{"{type: string, enum: [a, b]}", "enum a b"},
		{"{type: integer, enum: [1]}", "enum 1"},
		{"{type: string, format: date-time}", "date-time"},
		{"{type: string, format: email}", "string"},
		{"{type: string, contentEncoding: base64}", "bytes"},
		{"{const: x}", "string"},
		{"{const: 1}", "int"},
		{"{const: 1.5}", "number"},
		{"{const: true}", "bool"},
		{"{type: 'boolean?'}", "bool?"},
		{"{type: T, doc: a reference}", "T"},
	} {
		pkg, rep := resolved(t, "l0gen: 1\nmodels: {m: {provider: p, model: m}}\ntypes: {T: {fields: {x: string}}}\n"+
			"prompts:\n  P:\n    model: m\n    prompt: x\n    input:\n      in: "+c.spec+"\n")
		require.Empty(t, rep.Diagnostics(), c.spec)
		assert.Equal(t, c.want, show(pkg.Prompts[0].Inputs[0].Type), c.spec)
	}
}

func TestTypeErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, code, message string }{
		{"strin", "L0202", `unknown type "strin"`},
		{"integer", "L0202", `unknown type "integer"`},
		{"''", "L0201", "a type is missing here"},
		{"string[", "L0201", `unexpected "[" in a type`},
		{"map<string", "L0201", `a ">" is missing in a type`},
		{"(string", "L0201", `a ")" is missing in a type`},
		{"string??", "L0201", `a type is marked "?" once`},
		{"'[]string'", "L0201", `unexpected "[" in a type`},
		{"string int", "L0201", `unexpected "int" in a type`},
		{"string | int", "L0801", "unions are not supported yet"},
		{"[]", "L0207", "the enum has no members"},
		{"[a, a]", "L0207", `the member "a" stands twice`},
		{"[a, 1]", "L0801", "an enum of text and numbers is not supported yet"},
		{"[a, null]", "L0207", "null is null here, not an enum member"},
		{"[1.5]", "L0207", "1.5 is a number here, not an enum member"},
		{"[2026-01-02]", "L0207", "2026-01-02 is a date here, not an enum member"},
		{"{maxLength: 3}", "L0109", "the schema says no type"},
		{"{}", "L0109", "the schema says no type"},
		{"{type: array}", "L0109", "the list says nothing of its elements"},
		{"{type: int, maxLength: 3}", "L0205", `"maxLength" does not fit the type int`},
		{"{type: 'string[]', maxLength: 3}", "L0205", `"maxLength" does not fit a list`},
		{"{type: string, enum: [1]}", "L0207", "the enum's members do not fit its type"},
		{"{type: string, format: emial}", "L0111", `unknown format "emial"`},
		{"{type: string, properties: {a: string}}", "L0205", `"properties" does not fit the type string`},
		{"{fields: {a: string}, required: [a]}", "L0115", `"fields" and "required" exclude each other`},
		{"{type: object, properties: {a: 'string?'}, required: [a]}", "L0209", `"a" is required, so it cannot be marked "?"`},
		{"{type: object, properties: {a: string}, required: [b]}", "L0212", `"b" is required, but it is no property`},
		{"{type: string, doc: a, description: b}", "L0115", `"doc" and "description" are the same`},
		{"{type: [string, integer]}", "L0801", "a list of several types is not supported yet"},
		{"{type: [formal, friendly]}", "L0202", `unknown JSON type "formal"`},
		{"{type: string, unknown: 1}", "L0107", `unknown key "unknown"`},
		{"{$ref: a.json}", "L0801", `"$ref" is not supported yet`},
		{"{go: example.com/x.T}", "L0801", `"go" is not supported yet`},
		{"{oneOf: [string, int]}", "L0801", `"oneOf" is not supported yet`},
	} {
		_, rep := resolved(t, "l0gen: 1\nmodels: {m: {provider: p, model: m}}\n"+
			"prompts:\n  P:\n    model: m\n    prompt: x\n    input:\n      in: "+c.spec+"\n")
		list := rep.Diagnostics()
		if assert.Len(t, list, 1, c.spec) {
			assert.Equal(t, c.code, string(list[0].Code), c.spec)
			assert.Equal(t, c.message, list[0].Message, c.spec)
		}
	}
}
