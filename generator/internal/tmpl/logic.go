package tmpl

import (
	"slices"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// logic compiles "and" and "or" as a condition. What one operand finds present
// is present in those behind it, which are evaluated only then.
func (c *call) logic() ir.Expr {
	if !c.arity(1, -1) {
		return bad(c.span)
	}
	or := c.name == "or"
	in := c.inner(c.dot, nil)
	node := &ir.LogicExpr{ExprInfo: c.info(ir.Bool), Or: or}
	failed := false
	for _, n := range c.args {
		arg := in.cond(n)
		if failed = failed || isBad(arg); or {
			in.learn(in.whenFalse(arg))
		} else {
			in.learn(in.whenTrue(arg))
		}
		node.Args = append(node.Args, arg)
	}
	if failed {
		return bad(c.span)
	}
	return node
}

// pick compiles "and" and "or" as a value: one of the operands.
func (c *call) pick() ir.Expr {
	if !c.arity(1, -1) {
		return bad(c.span)
	}
	args := make([]ir.Expr, len(c.args))
	var t *ir.Type
	failed := false
	for i, n := range c.args {
		args[i] = c.value(n)
		failed = !c.here(args[i], args[i].Info().Span) || failed
		if _, literal := args[i].(*ir.LiteralExpr); t == nil && !literal {
			t = args[i].Info().Type
		}
	}
	if failed {
		return bad(c.span)
	}
	if t == nil {
		t = args[0].Info().Type
	}
	return c.pickOf(args, t)
}

// pickOf checks that the operands have one type, of which "and" and "or" can
// tell what is true.
func (c *call) pickOf(args []ir.Expr, t *ir.Type) ir.Expr {
	for i := range args {
		args[i] = c.adapt(args[i], t)
		if isBad(args[i]) {
			return bad(c.span)
		}
		if !sameType(t, args[i].Info().Type) {
			c.rep.Error(diag.TemplateType, args[i].Info().Span, "%s gives one of its operands; %s is %s, another %s",
				c.name, describe(args[i]), noun(args[i].Info().Type), noun(t)).
				Hint("in {{if}} the operands of %s may differ", c.name)
			return bad(c.span)
		}
	}
	kind := t.Underlying().Kind
	switch {
	case kind == ir.Bool:
		return &ir.LogicExpr{ExprInfo: c.info(ir.Bool), Or: c.name == "or", Args: args}
	case isText(t), kind == ir.Int, kind == ir.Number, kind == ir.Enum:
		return &ir.PickExpr{ExprInfo: ir.ExprInfo{Span: c.span, Type: t}, Or: c.name == "or", Args: args}
	}
	c.rep.Error(diag.TemplateType, c.span, "%s cannot choose among values such as %s, which is %s", c.name, describe(args[0]), noun(t)).
		Hint("use {{if}}…{{else}}…{{end}}")
	return bad(c.span)
}

// compare compiles a comparison. "eq A B C" asks whether A is B or C.
func (c *call) compare(op ir.CompareOp) ir.Expr {
	most := 2
	if op == ir.Equal {
		most = -1
	}
	if !c.arity(2, most) {
		return bad(c.span)
	}
	left := c.value(c.args[0])
	var all []ir.Expr
	for _, n := range c.args[1:] {
		all = append(all, c.comparison(op, left, c.value(n)))
	}
	if slices.ContainsFunc(all, isBad) {
		return bad(c.span)
	}
	if len(all) == 1 {
		return all[0]
	}
	return &ir.LogicExpr{ExprInfo: c.info(ir.Bool), Or: true, Args: all}
}

// comparison compares two values.
func (c *call) comparison(op ir.CompareOp, left, right ir.Expr) ir.Expr {
	leftHere, rightHere := c.here(left, left.Info().Span), c.here(right, right.Info().Span)
	if !leftHere || !rightHere {
		return bad(c.span)
	}
	right = c.adapt(right, left.Info().Type)
	left = c.adapt(left, right.Info().Type)
	if isBad(left) || isBad(right) {
		return bad(c.span)
	}
	a, b := likeness(left.Info().Type), likeness(right.Info().Type)
	switch {
	case a == ir.Invalid:
		return c.incomparable(left)
	case b == ir.Invalid:
		return c.incomparable(right)
	case a != b:
		c.rep.Error(diag.TemplateType, c.span, "cannot compare %s, which is %s, with %s, which is %s",
			describe(left), noun(left.Info().Type), describe(right), noun(right.Info().Type))
		return bad(c.span)
	case (a == ir.Bool || a == ir.Duration) && op != ir.Equal && op != ir.NotEqual:
		c.rep.Error(diag.TemplateType, c.span, "%s is %s, which has no order", describe(left), noun(left.Info().Type)).Hint("use eq or ne")
		return bad(c.span)
	}
	return &ir.CompareExpr{ExprInfo: c.info(ir.Bool), Op: op, Left: left, Right: right}
}

func (c *call) incomparable(e ir.Expr) ir.Expr {
	c.rep.Error(diag.TemplateType, e.Info().Span, "%s is %s and cannot be compared", describe(e), noun(e.Info().Type))
	return bad(c.span)
}

// likeness returns the kind that stands for all that a type can be compared
// with; Invalid when there is nothing.
func likeness(t *ir.Type) ir.Kind {
	t = t.Underlying()
	switch {
	case isText(t):
		return ir.String
	case t.Kind == ir.Enum:
		return ir.Int
	case t.Kind.IsScalar() && t.Kind != ir.Bytes:
		return t.Kind
	}
	return ir.Invalid
}
