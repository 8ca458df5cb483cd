package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// expr prints an expression.
func expr(x plan.Expr) *jen.Statement {
	switch x := x.(type) {
	case *plan.LocalExpr:
		return jen.Id(x.Local.Name)
	case *plan.NameExpr:
		return name(x.Path, x.Name)
	case *plan.TextExpr:
		return text(x.Text)
	case *plan.TokenExpr:
		return jen.Op(x.Token)
	case *plan.FieldExpr:
		return operand(x.Of).Dot(x.Name)
	case *plan.StarExpr:
		return jen.Op("*").Add(operand(x.Of))
	case *plan.NotExpr:
		return jen.Op("!").Add(operand(x.Of))
	case *plan.BinaryExpr:
		return binary(x)
	case *plan.IndexExpr:
		return operand(x.Of).Index(expr(x.Key))
	case *plan.CallExpr:
		return callExpr(x)
	case *plan.ConvertExpr:
		return convert(x)
	case *plan.ListExpr:
		return listExpr(x)
	case *plan.StructExpr:
		return structExpr(x)
	case *plan.FuncExpr:
		return funcExpr(x)
	}
	return jen.Null()
}

// operand prints an expression in front of which, or behind which, something
// binds tighter than operators do:
//
//	(*v).Name
//	!(a == b)
func operand(x plan.Expr) *jen.Statement {
	switch x.(type) {
	case *plan.StarExpr, *plan.BinaryExpr:
		return jen.Parens(expr(x))
	}
	return expr(x)
}

// binary prints
//
//	a == b
//	a && (b || c)
func binary(x *plan.BinaryExpr) *jen.Statement {
	side := func(inner plan.Expr) *jen.Statement {
		b, ok := inner.(*plan.BinaryExpr)
		chain := x.Op == "&&" || x.Op == "||"
		if ok && (!chain || b.Op != x.Op && (b.Op == "&&" || b.Op == "||")) {
			return jen.Parens(expr(inner))
		}
		return expr(inner)
	}
	return side(x.Left).Op(x.Op).Add(side(x.Right))
}

// callExpr prints
//
//	f(a, b)
//	f[T](a)
//	f(a, list...)
//	l0.Messages(format,
//		l0.UserMessage("…"),
//	)
func callExpr(x *plan.CallExpr) *jen.Statement {
	out := operand(x.Func)
	if x.TypeArg != nil {
		out = out.Types(goType(x.TypeArg))
	}
	args := make([]jen.Code, 0, len(x.Args)+1)
	lines := isNamed(x.Func, "Messages") && !x.Spread
	for i, arg := range x.Args {
		e := expr(arg)
		if x.Spread && i == len(x.Args)-1 {
			e = e.Op("...")
		}
		if lines && i > 0 { // each message has a line of its own
			e = jen.Line().Add(e)
		}
		args = append(args, e)
	}
	if lines {
		args = append(args, jen.Line())
	}
	return out.Custom(jen.Options{Open: "(", Close: ")", Separator: ","}, args...)
}

// isNamed reports whether an expression is an identifier of the runtime.
func isNamed(x plan.Expr, id string) bool {
	n, ok := x.(*plan.NameExpr)
	return ok && n.Path == runtimePath && n.Name == id
}

// convert prints
//
//	string(v)
//	(*Email)(v)
func convert(x *plan.ConvertExpr) *jen.Statement {
	if x.Type.Form == plan.NamedType {
		return goType(x.Type).Parens(expr(x.Of))
	}
	return jen.Parens(goType(x.Type)).Parens(expr(x.Of))
}

// listExpr prints
//
//	[]l0.Part{a, b}
func listExpr(x *plan.ListExpr) *jen.Statement {
	items := make([]jen.Code, len(x.Items))
	for i, item := range x.Items {
		items[i] = expr(item)
	}
	out := jen.Index().Add(goType(x.Elem))
	if x.Lines {
		return out.Custom(lines(), items...)
	}
	return out.Values(items...)
}

// structExpr prints
//
//	l0.Message{Role: l0.RoleUser, Parts: parts}
func structExpr(x *plan.StructExpr) *jen.Statement {
	fields := make([]jen.Code, len(x.Names))
	for i, name := range x.Names {
		fields[i] = jen.Id(name).Op(":").Add(expr(x.Values[i]))
	}
	return goType(x.Type).Values(fields...)
}

// funcExpr prints
//
//	func(v Count) string { return render.Int(int64(v)) }
func funcExpr(x *plan.FuncExpr) *jen.Statement {
	return jen.Func().Params(jen.Id(x.Param.Name).Add(goType(x.ParamType))).String().
		Block(jen.Return(expr(x.Result)))
}
