package plan

import (
	"reflect"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// operator returns Go's operator of a comparison.
func operator(op ir.CompareOp) string {
	switch op {
	case ir.NotEqual:
		return "!="
	case ir.Less:
		return "<"
	case ir.LessEqual:
		return "<="
	case ir.Greater:
		return ">"
	case ir.GreaterEqual:
		return ">="
	}
	return "=="
}

// compare returns a comparison of two values that are there.
func (r *renderer) compare(e *ir.CompareExpr) Expr {
	left, right := r.plain(r.eval(e.Left)), r.plain(r.eval(e.Right))
	op := operator(e.Op)
	u := e.Left.Info().Type.Underlying()
	if u.Kind != ir.Number && reflect.DeepEqual(left.x, right.x) {
		return truth(op == "==" || op == "<=" || op == ">=")
	}
	switch u.Kind {
	case ir.Bool:
		return compareBool(op, left, right)
	case ir.Decimal:
		return compareDecimal(op, e, left, right)
	case ir.DateTime:
		if op == "==" || op == "!=" {
			equal := Expr(&CallExpr{Func: member(left.x, "Equal"), Args: []Expr{right.x}})
			if op == "!=" {
				equal = &NotExpr{equal}
			}
			return equal
		}
		return compareBy("Compare", op, left, right)
	case ir.Date:
		if op != "==" && op != "!=" {
			return compareBy("Compare", op, left, right)
		}
		return &BinaryExpr{op, left.x, right.x}
	case ir.Duration:
		return &BinaryExpr{op, left.x, right.x}
	}
	return compareBasic(op, e, left, right)
}

// compareBy returns left.Method(right) op 0.
func compareBy(method, op string, left, right value) Expr {
	call := &CallExpr{Func: member(left.x, method), Args: []Expr{right.x}}
	return &BinaryExpr{op, call, &TokenExpr{"0"}}
}

// compareDecimal compares two decimals, of which one may be a literal zero.
func compareDecimal(op string, e *ir.CompareExpr, left, right value) Expr {
	if literal, ok := e.Right.(*ir.LiteralExpr); ok && literal.Text == "0" {
		return &BinaryExpr{op, &CallExpr{Func: member(left.x, "Sign")}, &TokenExpr{"0"}}
	}
	return compareBy("Cmp", op, left, right)
}

// compareBool compares two bools; with a literal it is the other or its
// opposite.
func compareBool(op string, left, right value) Expr {
	a, b := convert(left, basic("bool")), convert(right, basic("bool"))
	if known := constant(a); known != nil {
		a, b = b, a
	}
	if known := constant(b); known != nil {
		if *known == (op == "==") {
			return a
		}
		return negate(a)
	}
	return &BinaryExpr{op, a, b}
}

// compareBasic compares two values with Go's operators.
func compareBasic(op string, e *ir.CompareExpr, left, right value) Expr {
	if !left.untyped && !right.untyped && !sameGoType(left.typ, right.typ) {
		base := baseType(e.Left.Info().Type)
		return &BinaryExpr{op, convert(left, base), convert(right, base)}
	}
	if left.untyped && right.untyped {
		base := baseType(e.Left.Info().Type) // two literals: let Go compute it
		return &BinaryExpr{op, &ConvertExpr{base, left.x}, &ConvertExpr{base, right.x}}
	}
	return &BinaryExpr{op, left.x, right.x}
}
