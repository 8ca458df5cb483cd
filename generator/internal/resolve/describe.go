package resolve

import (
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// describe names a type for messages.
func describe(t *ir.Type) string {
	switch t.Kind {
	case ir.Ref:
		return "the type " + t.Named.Name
	case ir.List:
		return "a list"
	case ir.Map:
		return "a map"
	case ir.Object:
		return "an object"
	case ir.Enum:
		return "an enum"
	case ir.ChatMessage:
		return "l0.Message"
	}
	for word, kind := range builtins() {
		if kind == t.Kind {
			return "the type " + word
		}
	}
	return "this type"
}

// firstOf is where a message about a whole schema stands: its first key.
func firstOf(s *syntax.Schema) source.Span {
	span := s.Span
	if span.File == nil {
		return span
	}
	for i := span.Start; i < span.End; i++ {
		if c := span.File.Bytes[i]; c == '\n' || c == '\r' {
			span.End = i
			break
		}
	}
	return span
}
