package tmpl

import (
	"maps"
	"slices"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// basic returns the type of a value that only the template knows.
func basic(k ir.Kind) *ir.Type { return &ir.Type{Kind: k} }

// bad returns the value of what was reported. Nothing more is said of it.
func bad(span source.Span) ir.Expr {
	return &ir.LiteralExpr{ExprInfo: ir.ExprInfo{Span: span, Type: basic(ir.Invalid)}}
}

// isBad reports whether an error was reported for an expression.
func isBad(e ir.Expr) bool { return e.Info().Type.Underlying().Kind == ir.Invalid }

// noun returns what values of a type are called.
func noun(t *ir.Type) string {
	names := [...]string{
		ir.Invalid: "invalid", ir.String: "a string", ir.Int: "an int", ir.Number: "a number", ir.Bool: "a bool",
		ir.Decimal: "a decimal", ir.DateTime: "a date-time", ir.Date: "a date", ir.Duration: "a duration",
		ir.UUID: "a uuid", ir.URI: "a uri", ir.Bytes: "bytes", ir.Image: "an image", ir.Audio: "audio",
		ir.MediaFile: "a file", ir.Any: "any JSON", ir.List: "a list", ir.Map: "a map", ir.Object: "an object",
		ir.Enum: "an enum", ir.ChatMessage: "a chat message",
	}
	if mapElem(t) != nil {
		return names[ir.Map]
	}
	if k := t.Underlying().Kind; int(k) < len(names) && names[k] != "" {
		return names[k]
	}
	return "a value"
}

// typeName returns the declared name of a type, or what its values are called.
func typeName(t *ir.Type) string {
	if t.Kind == ir.Ref && t.Named != nil {
		return t.Named.Name
	}
	if t.Kind == ir.Object {
		return "the object"
	}
	return noun(t)
}

// maxShown is how much of an expression a message repeats.
const maxShown = 60

// describe returns an expression as it is written, if it is short.
func describe(e ir.Expr) string {
	span := e.Info().Span
	if span.File != nil && span.Start < span.End && span.End-span.Start <= maxShown {
		text := string(span.File.Bytes[span.Start:min(span.End, len(span.File.Bytes))])
		if !strings.ContainsAny(text, "\r\n") {
			return text
		}
	}
	switch e := e.(type) {
	case *ir.InputExpr:
		return "."
	case *ir.FieldExpr:
		return strings.TrimSuffix(describe(e.Of), ".") + "." + e.Field.Name
	case *ir.VarExpr:
		if e.Var.Name != "" {
			return "$" + e.Var.Name
		}
		return "."
	}
	return "this value"
}

// sameType reports whether a variable of one type can take values of the
// other: the kinds are equal, and enums and objects are declared in one place.
func sameType(a, b *ir.Type) bool {
	a, b = a.Underlying(), b.Underlying()
	switch {
	case a == b:
		return true
	case a.Kind != b.Kind, a.Kind == ir.Enum, a.Kind == ir.Object:
		return false
	case a.Elem != nil && b.Elem != nil:
		return sameElem(a.Elem, b.Elem)
	}
	return true
}

// sameElem reports whether two types are one in Go: what lists and maps hold
// is not converted.
func sameElem(a, b *ir.Type) bool {
	for range 100 {
		switch {
		case a == b:
			return true
		case a.Kind != b.Kind || nullMode(a) != nullMode(b):
			return false
		case a.Kind == ir.Ref:
			return a.Named == b.Named
		case a.Kind == ir.Enum, a.Kind == ir.Object:
			return false
		case a.Elem == nil || b.Elem == nil:
			return true
		}
		a, b = a.Elem, b.Elem
	}
	return false
}

// isText reports whether the text functions take values of a type.
func isText(t *ir.Type) bool {
	t = t.Underlying()
	return t.Kind.IsText() || t.Kind == ir.Enum && !isIntEnum(t)
}

// nullMode returns what null means for a type, or for one that it refers to.
func nullMode(t *ir.Type) ir.NullMode {
	for range 100 {
		if t.Null != ir.NotNull || t.Kind != ir.Ref || t.Named == nil || t.Named.Type == nil {
			return t.Null
		}
		t = t.Named.Type
	}
	return ir.NotNull
}

// mayBeAbsent reports whether a field can be without a value. A default always
// gives it one.
func mayBeAbsent(f *ir.Field) bool {
	return (!f.Required || nullMode(f.Type) != ir.NotNull) && (f.Type.Default == "" || f.Type.Default == "null")
}

// mapElem returns the type of the values of a map, nil for other types. An
// object without declared properties is a map.
func mapElem(t *ir.Type) *ir.Type {
	t = t.Underlying()
	switch {
	case t.Kind == ir.Map:
		return t.Elem
	case t.Kind == ir.Object && len(t.Fields) == 0:
		return t.Extra
	}
	return nil
}

// nilable reports whether values of a type count as absent when empty.
func nilable(t *ir.Type) bool {
	kind := t.Underlying().Kind
	return kind == ir.List || kind == ir.Bytes || kind == ir.Map || mapElem(t) != nil
}

// hasText reports whether values of a kind can be printed.
func hasText(k ir.Kind) bool { return k.IsScalar() || k == ir.Bytes }

// isIntEnum reports whether the members of an enum are integers.
func isIntEnum(t *ir.Type) bool { return len(t.Members) > 0 && t.Members[0].Int }

// keys returns the keys of a map in order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
