package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/generator/internal/source"
)

type kind int

const (
	scalarNode kind = iota
	listNode
	mappingNode
)

// node is a YAML node with aliases and merge keys expanded.
type node struct {
	kind    kind
	span    source.Span
	tag     string // short: !!str, !!int, …
	style   yaml.Style
	value   string
	offsets []int // see source.NewText
	items   []*node
	entries []entry
	// braces says that the node was written "{{…}}" without quotes.
	braces bool
}

type entry struct {
	key   *node
	value *node
}

func (n *node) isNull() bool { return n.kind == scalarNode && n.tag == "!!null" }

func (n *node) text() source.Text { return source.NewText(n.value, n.span, n.offsets) }

// what names the kind of the node for messages.
func (n *node) what() string {
	switch {
	case n.kind == listNode:
		return "a list"
	case n.kind == mappingNode:
		return "a mapping"
	case n.isNull():
		return "nothing"
	case n.tag == "!!int", n.tag == "!!float":
		return "a number"
	case n.tag == "!!bool":
		return "a boolean"
	case n.tag == "!!timestamp":
		return "a date"
	default:
		return "text"
	}
}

// plain reports whether a scalar was written without quotes.
func (n *node) plain() bool {
	return n.style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}
