package ir

import "github.com/l0gen/l0gen/generator/internal/source"

// Expr is an expression of a template. Its evaluation has no effect and cannot
// fail.
type Expr interface {
	Info() *ExprInfo
	expr()
}

// ExprInfo is what all expressions have.
type ExprInfo struct {
	Span source.Span
	Type *Type
	// Optional says that the value stands where none may be, which is what a
	// condition on it asks.
	Optional bool
	// Absent says that there may be no value at this place: the value is
	// optional and no condition around the expression has found it present.
	Absent bool
}

// Info returns what all expressions have.
func (e *ExprInfo) Info() *ExprInfo { return e }

func (*ExprInfo) expr() {}

// InputExpr is the input as a whole, an object.
type InputExpr struct{ ExprInfo }

// FieldExpr is a field of an object that is present. A field with a default
// that is absent has the value of the default.
type FieldExpr struct {
	ExprInfo
	Of    Expr
	Field *Field
}

// VarExpr is the value of a variable.
type VarExpr struct {
	ExprInfo
	Var *Var
}

// LiteralExpr is a value that stands in the template. Its type may be that of
// the value it is compared with: an enum, a decimal.
type LiteralExpr struct {
	ExprInfo
	// Text is a string, the JSON form of a number, or true or false.
	Text string
}

// FormatExpr is the format instructions, {{schema}}.
type FormatExpr struct{ ExprInfo }

// WindowExpr is the number of the document window, from 1, or their count.
type WindowExpr struct {
	ExprInfo
	Count bool
}

// PresentExpr asks whether an optional value is present. A list, map or bytes
// are present when they are not empty.
type PresentExpr struct {
	ExprInfo
	Of Expr
}

// TruthExpr asks whether a value is true: not zero, not empty. Times and
// objects always are.
type TruthExpr struct {
	ExprInfo
	Of Expr
}

// NotExpr negates a condition.
type NotExpr struct {
	ExprInfo
	Of Expr
}

// LogicExpr joins conditions.
type LogicExpr struct {
	ExprInfo
	Or   bool // any of them, not all
	Args []Expr
}

// PickExpr is "and" or "or" as a value: the first operand that is false (for
// or: true), else the last. All have one type and are present.
type PickExpr struct {
	ExprInfo
	Or   bool
	Args []Expr
}

// CompareOp is a comparison.
type CompareOp string

// The comparisons.
const (
	Equal        CompareOp = "eq"
	NotEqual     CompareOp = "ne"
	Less         CompareOp = "lt"
	LessEqual    CompareOp = "le"
	Greater      CompareOp = "gt"
	GreaterEqual CompareOp = "ge"
)

// CompareExpr compares two values of like kinds that are present.
type CompareExpr struct {
	ExprInfo
	Op          CompareOp
	Left, Right Expr
}

// IndexExpr is an element of a map, zero when the key is missing.
type IndexExpr struct {
	ExprInfo
	Map, Key Expr
}

// Func is a function that templates may call.
type Func string

// The functions that have no expression of their own.
const (
	FuncLen      Func = "len"
	FuncJoin     Func = "join"
	FuncJSON     Func = "json"
	FuncIndent   Func = "indent"
	FuncTrim     Func = "trim"
	FuncLower    Func = "lower"
	FuncUpper    Func = "upper"
	FuncTruncate Func = "truncate"
	FuncDefault  Func = "default"
)

// CallExpr is the outcome of a function.
type CallExpr struct {
	ExprInfo
	Func Func
	Args []Expr
}
