package plan

import (
	"net/url"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// keywords writes the members of a type's schema.
func (w *schemaWriter) keywords(t *ir.Type) {
	switch {
	case t.Kind != ir.Ref:
		w.shape(t)
	case t.Null == ir.NotNull:
		w.reference(t)
	default:
		w.nullableReference(t)
	}
	w.text("title", t.Title)
	w.text("description", t.Doc)
	w.flag("deprecated", t.Deprecated)
	w.json("const", t.Const)
	if t.Format != "" && formatOf(t.Kind) == "" {
		w.text("format", t.Format)
	}
	w.rules(t.Rules)
	w.json("default", t.Default)
	w.array("examples", t.Examples)
}

// isPlainRef reports whether a reference demands nothing beside its target.
func isPlainRef(t *ir.Type) bool {
	return t.Null == ir.NotNull && t.Title == "" && t.Doc == "" && !t.Deprecated && t.Const == "" &&
		t.Format == "" && t.Rules.IsZero() && t.Default == "" && len(t.Examples) == 0
}

func (w *schemaWriter) reference(t *ir.Type) {
	if t.Named == nil || t.Named.Type == nil {
		return
	}
	w.use(t.Named)
	w.text("$ref", "#/$defs/"+pointerToken(t.Named.Name))
}

func (w *schemaWriter) nullableReference(t *ir.Type) {
	w.key("anyOf")
	w.buf.WriteByte('[')
	w.object(func() { w.reference(t) })
	w.buf.WriteString(`,{"type":"null"}]`)
}

// pointerToken escapes a name for a JSON pointer in a URI.
func pointerToken(name string) string {
	name = strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	return url.PathEscape(name)
}

// shape writes what a type's kind demands.
func (w *schemaWriter) shape(t *ir.Type) {
	null := t.Null != ir.NotNull
	if name := typeKeyword(t); name != "" {
		value := quoteJSON(name)
		if null {
			value = "[" + value + `,"null"]`
		}
		w.raw("type", value)
	}
	switch t.Kind {
	case ir.Object:
		w.properties(t)
	case ir.List:
		w.subschema("items", t.Elem)
	case ir.Map:
		w.subschema("additionalProperties", t.Elem)
	case ir.Enum:
		w.members(t, null)
	case ir.Bytes:
		w.text("contentEncoding", "base64")
	default:
		w.text("format", formatOf(t.Kind))
	}
}

// typeKeyword returns the JSON type of a type's values, "" for any.
func typeKeyword(t *ir.Type) string {
	switch t.Kind {
	case ir.Int:
		return "integer"
	case ir.Number, ir.Decimal:
		return "number"
	case ir.Bool:
		return "boolean"
	case ir.Any, ir.Invalid:
		return ""
	case ir.List:
		return "array"
	case ir.Map, ir.Object, ir.Image, ir.Audio, ir.MediaFile, ir.ChatMessage:
		return "object"
	case ir.Enum:
		if len(t.Members) > 0 && t.Members[0].Int {
			return "integer"
		}
	}
	return "string"
}

// formatOf returns the format that a kind stands for.
func formatOf(kind ir.Kind) string {
	switch kind {
	case ir.DateTime:
		return "date-time"
	case ir.Date:
		return "date"
	case ir.Duration:
		return "duration"
	case ir.UUID:
		return "uuid"
	case ir.URI:
		return "uri"
	}
	return ""
}

func (w *schemaWriter) properties(t *ir.Type) {
	if len(t.Fields) > 0 {
		w.key("properties")
		w.object(func() {
			for _, f := range t.Fields {
				w.subschema(f.Name, f.Type)
			}
		})
	}
	w.required(t.Fields)
	switch {
	case t.Extra == nil:
		w.raw("additionalProperties", "false")
	case !isAnything(t.Extra):
		w.subschema("additionalProperties", t.Extra)
	}
}

// isAnything reports whether a type's schema demands nothing.
func isAnything(t *ir.Type) bool {
	return t.Kind == ir.Any && isPlainRef(&ir.Type{
		Title: t.Title, Doc: t.Doc, Deprecated: t.Deprecated, Const: t.Const,
		Rules: t.Rules, Default: t.Default, Examples: t.Examples,
	})
}

func (w *schemaWriter) required(fields []*ir.Field) {
	var names []string
	for _, f := range fields {
		if f.Required {
			names = append(names, quoteJSON(f.Name))
		}
	}
	w.array("required", names)
}

func (w *schemaWriter) members(t *ir.Type, null bool) {
	var values []string
	for _, m := range t.Members {
		if m.Int {
			values = append(values, m.Text)
		} else {
			values = append(values, quoteJSON(m.Text))
		}
	}
	if null {
		values = append(values, "null")
	}
	w.array("enum", values)
}

func (w *schemaWriter) rules(r ir.Rules) {
	w.count("minLength", r.MinLength)
	w.count("maxLength", r.MaxLength)
	w.text("pattern", r.Pattern)
	w.json("minimum", r.Minimum)
	w.json("maximum", r.Maximum)
	w.json("exclusiveMinimum", r.ExclusiveMin)
	w.json("exclusiveMaximum", r.ExclusiveMax)
	w.json("multipleOf", r.MultipleOf)
	w.count("minItems", r.MinItems)
	w.count("maxItems", r.MaxItems)
	w.flag("uniqueItems", r.UniqueItems)
	w.count("minProperties", r.MinProperties)
	w.count("maxProperties", r.MaxProperties)
}

// array writes a list of JSON texts, unless it is empty.
func (w *schemaWriter) array(name string, items []string) {
	if len(items) > 0 {
		w.json(name, "["+strings.Join(items, ",")+"]")
	}
}

// saysMore reports whether a type's schema demands something that its Go type
// does not: a constraint, a closed set, a format, a default.
func saysMore(t *ir.Type, seen map[*ir.Named]bool) bool {
	switch {
	case !t.Rules.IsZero(), t.Format != "", t.Const != "", t.Default != "":
		return true
	case t.Kind == ir.Enum, t.Kind == ir.UUID, t.Kind == ir.URI:
		return true
	}
	if t.Kind == ir.Ref && t.Named != nil && t.Named.Type != nil && !seen[t.Named] {
		seen[t.Named] = true
		return saysMore(t.Named.Type, seen)
	}
	more := false
	eachInner(t, func(inner *ir.Type) { more = more || saysMore(inner, seen) })
	return more
}

// inputSaysMore is saysMore for the input of a prompt.
func inputSaysMore(p *ir.Prompt) bool {
	seen := map[*ir.Named]bool{}
	for _, f := range p.Inputs {
		if saysMore(f.Type, seen) {
			return true
		}
	}
	return false
}
