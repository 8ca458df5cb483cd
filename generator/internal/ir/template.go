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

// Node is a piece of a template. The nodes are [TextNode], [PrintNode],
// [AssignNode], [IfNode], [WithNode], [RangeNode], [BreakNode] and
// [ContinueNode]; partials stand where they are used.
type Node interface {
	Where() source.Span
	node()
}

// NodeInfo is what all nodes have.
type NodeInfo struct {
	Span source.Span
}

// Where returns the span of the node.
func (n *NodeInfo) Where() source.Span { return n.Span }

func (*NodeInfo) node() {}

// TextNode is text that stands for itself.
type TextNode struct {
	NodeInfo
	Text string
}

// PrintNode prints a scalar or an enum; nothing when the value is absent.
type PrintNode struct {
	NodeInfo
	Value Expr
}

// AssignNode gives a variable a value.
type AssignNode struct {
	NodeInfo
	Var   *Var
	Value Expr
	// Declare says that the variable begins here.
	Declare bool
}

// IfNode chooses by a condition, an expression of kind Bool.
type IfNode struct {
	NodeInfo
	Cond Expr
	Then []Node
	Else []Node
}

// WithNode binds a value while it passes its test: it is present if it is
// optional, and true as [TruthExpr] has it otherwise.
type WithNode struct {
	NodeInfo
	Var   *Var
	Value Expr
	Then  []Node
	Else  []Node
}

// RangeNode repeats its body for the elements of a list, or of a map in
// ascending order of the keys. Else is for when there are none.
type RangeNode struct {
	NodeInfo
	Over Expr
	// Key is the index in a list or the key in a map; nil when the template
	// does not name it.
	Key   *Var
	Value *Var
	Body  []Node
	Else  []Node
}

// BreakNode ends the innermost range.
type BreakNode struct{ NodeInfo }

// ContinueNode goes on with the next element of the innermost range.
type ContinueNode struct{ NodeInfo }

// Var is a variable of a template. Variables with one name that are declared
// in two places are two.
type Var struct {
	// Name has no dollar sign. It is empty for what only the dot names.
	Name string
	Span source.Span
	Type *Type
	// Optional and Absent are those of the expression that names the variable.
	Optional, Absent bool
	// Assigned says that the variable gets a second value somewhere.
	Assigned bool
}
