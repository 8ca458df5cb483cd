package ir

import "github.com/l0gen/l0gen/generator/internal/source"

// Template is a template that was parsed and type-checked: rendering it cannot
// fail.
type Template struct {
	Span source.Span
	Body []Node
	// PlacesFormat says that the template holds {{schema}}.
	PlacesFormat bool
}

// Node is a piece of a template.
type Node any
