package plan

import (
	"reflect"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// cond returns the Go expression of a condition. What is known is true or
// false, so that no statement depends on it.
func (r *renderer) cond(e ir.Expr) Expr {
	switch e := e.(type) {
	case *ir.PresentExpr:
		return r.present(e)
	case *ir.TruthExpr:
		return r.truth(e.Of.Info().Type, r.plain(r.eval(e.Of)))
	case *ir.NotExpr:
		return negate(r.cond(e.Of))
	case *ir.LogicExpr:
		return r.logic(e)
	case *ir.CompareExpr:
		return r.compare(e)
	}
	v := r.plain(r.eval(e))
	return convert(v, basic("bool"))
}

// present asks for an optional value.
func (r *renderer) present(e *ir.PresentExpr) Expr {
	v := r.eval(e.Of)
	if !v.pointer && e.Of.Info().Type.Underlying().Kind != ir.Any {
		return truth(true)
	}
	return &BinaryExpr{"!=", v.x, nilExpr()}
}

// isEmptyAbsent reports whether values of a type count as absent when empty.
func isEmptyAbsent(t *ir.Type) bool { return hasNil(t) && t.Underlying().Kind != ir.Any }

// truth asks whether a value is neither zero nor empty.
func (r *renderer) truth(t *ir.Type, v value) Expr {
	u := t.Underlying()
	switch {
	case isEmptyAbsent(t):
		return &BinaryExpr{">", lenOf(v.x), &TokenExpr{"0"}}
	case u.Kind == ir.Any:
		return callOf(renderPath, "Truth", v.x)
	case u.Kind == ir.Bool:
		return convert(v, basic("bool"))
	case isStringKind(t):
		if text, ok := v.x.(*TextExpr); ok {
			return truth(text.Text != "")
		}
		return &BinaryExpr{"!=", v.x, &TextExpr{}}
	case u.Kind == ir.Int || u.Kind == ir.Number || u.Kind == ir.Enum:
		return &BinaryExpr{"!=", v.x, &TokenExpr{"0"}}
	}
	return truth(true)
}

func truth(known bool) Expr {
	if known {
		return &TokenExpr{"true"}
	}
	return &TokenExpr{"false"}
}

// constant returns the value of a condition that is known, else nil.
func constant(cond Expr) *bool {
	token, ok := cond.(*TokenExpr)
	if !ok {
		return nil
	}
	known := token.Token == "true"
	return &known
}

// negate returns the opposite of a condition.
func negate(cond Expr) Expr {
	if known := constant(cond); known != nil {
		return truth(!*known)
	}
	switch cond := cond.(type) {
	case *NotExpr:
		return cond.Of
	case *BinaryExpr:
		switch {
		case cond.Op == "==":
			return &BinaryExpr{"!=", cond.Left, cond.Right}
		case cond.Op == "!=":
			return &BinaryExpr{"==", cond.Left, cond.Right}
		case cond.Op == ">" && reflect.DeepEqual(cond.Right, &TokenExpr{"0"}) && isLen(cond.Left):
			return &BinaryExpr{"==", cond.Left, cond.Right}
		}
	}
	return &NotExpr{cond}
}

func isLen(x Expr) bool {
	call, ok := x.(*CallExpr)
	return ok && reflect.DeepEqual(call.Func, &NameExpr{Name: "len"})
}

// logic joins conditions. Operands that are known, or said twice, drop out: go
// vet complains of them, and their author has other worries than Go.
func (r *renderer) logic(e *ir.LogicExpr) Expr {
	op := "&&"
	if e.Or {
		op = "||"
	}
	var parts []Expr
	var all []Expr
	for _, arg := range e.Args {
		all = append(all, operands(r.cond(arg), op)...)
	}
	for _, part := range all {
		if known := constant(part); known != nil {
			if *known == e.Or {
				return truth(e.Or)
			}
			continue
		}
		if settled(parts, part, e.Or) {
			return truth(e.Or)
		}
		if !said(parts, part) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return truth(!e.Or)
	}
	joined := parts[0]
	for _, part := range parts[1:] {
		joined = &BinaryExpr{op, joined, part}
	}
	return joined
}

// operands returns what an operator joins.
func operands(x Expr, op string) []Expr {
	if b, ok := x.(*BinaryExpr); ok && b.Op == op {
		return append(operands(b.Left, op), operands(b.Right, op)...)
	}
	return []Expr{x}
}

// said reports whether a condition stands among others.
func said(parts []Expr, part Expr) bool {
	for _, other := range parts {
		if reflect.DeepEqual(other, part) {
			return true
		}
	}
	return false
}

// settled reports whether a condition settles a chain together with another:
// a != "x" || a != "y" is true, a == "x" && a == "y" is false.
func settled(parts []Expr, part Expr, or bool) bool {
	op := "=="
	if or {
		op = "!="
	}
	b, ok := part.(*BinaryExpr)
	if !ok || b.Op != op || !isConstant(b.Right) {
		return false
	}
	for _, other := range parts {
		a, ok := other.(*BinaryExpr)
		if ok && a.Op == op && isConstant(a.Right) && reflect.DeepEqual(a.Left, b.Left) && !reflect.DeepEqual(a.Right, b.Right) {
			return true
		}
	}
	return false
}

// isConstant reports whether an expression is a constant of which two that are
// written differently differ.
func isConstant(x Expr) bool {
	switch x := x.(type) {
	case *TextExpr:
		return true
	case *NameExpr:
		return x.Path == "" && x.Name != "in" && x.Name != "format"
	}
	return false
}
