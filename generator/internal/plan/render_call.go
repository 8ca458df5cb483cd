package plan

import "github.com/l0gen/l0gen/generator/internal/ir"

// call returns the call of a function.
func (r *renderer) call(e *ir.CallExpr) value {
	text := func(x Expr) value { return value{x: x, typ: basic("string")} }
	switch e.Func {
	case ir.FuncLen:
		return value{x: lenOf(r.plain(r.eval(e.Args[0])).x), typ: basic("int")}
	case ir.FuncJSON:
		return text(callOf(renderPath, "JSON", r.eval(e.Args[0]).x))
	case ir.FuncJoin:
		return text(r.join(e))
	case ir.FuncTrim:
		return text(callOf(renderPath, "Trim", r.textArg(e.Args[0])))
	case ir.FuncLower:
		return text(callOf(renderPath, "Lower", r.textArg(e.Args[0])))
	case ir.FuncUpper:
		return text(callOf(renderPath, "Upper", r.textArg(e.Args[0])))
	case ir.FuncIndent:
		return text(callOf(renderPath, "Indent", r.plain(r.eval(e.Args[0])).x, r.textArg(e.Args[1])))
	case ir.FuncTruncate:
		return text(callOf(renderPath, "Truncate", r.plain(r.eval(e.Args[0])).x, r.textArg(e.Args[1])))
	}
	return r.fallback(e) // the only one left is default
}

// textArg returns an argument as a string.
func (r *renderer) textArg(e ir.Expr) Expr {
	return r.textForm(e.Info().Type, r.plain(r.eval(e)))
}

// fallback returns
//
//	render.Default("…", in.Note)
func (r *renderer) fallback(e *ir.CallExpr) value {
	fallback, optional := r.plain(r.eval(e.Args[0])), r.eval(e.Args[1])
	return r.orDefault(e.Args[1].Info().Type, convert(fallback, optional.typ), optional)
}

// join returns
//
//	render.Join(", ", in.Names)
//	render.JoinFunc(", ", in.Numbers, render.Int)
func (r *renderer) join(e *ir.CallExpr) Expr {
	sep, list := r.textArg(e.Args[0]), r.plain(r.eval(e.Args[1]))
	elem := e.Args[1].Info().Type.Underlying().Elem
	if !r.pointerElem(elem) && isStringKind(elem) {
		return callOf(renderPath, "Join", sep, list.x)
	}
	return callOf(renderPath, "JoinFunc", sep, list.x, r.elemText(elem))
}

func isStringKind(t *ir.Type) bool {
	u := t.Underlying()
	return u.Kind.IsText() || u.Kind == ir.Enum && !isIntEnum(u)
}

// elemText returns the function that gives the text of an element.
func (r *renderer) elemText(elem *ir.Type) Expr {
	typ := r.valueType(elem)
	text := r.plainText(elem, typ)
	if !r.pointerElem(elem) {
		return text
	}
	param := &Local{Name: "p"}
	result := callOf(renderPath, "Optional", &LocalExpr{param}, text)
	return &FuncExpr{Param: param, ParamType: pointerTo(typ), Result: result}
}

// plainText returns the function that gives the text of a value that is there:
// one of package render, a method, or a literal that converts.
func (r *renderer) plainText(t *ir.Type, typ *GoType) Expr {
	u := t.Underlying()
	render := func(name string) Expr { return &NameExpr{renderPath, name} }
	var text Expr
	switch {
	case u.Kind == ir.Decimal || u.Kind == ir.Date || u.Kind == ir.Duration:
		named := scalarType(u.Kind)
		return &FieldExpr{&NameExpr{named.Path, named.Name}, "String"}
	case u.Kind == ir.DateTime:
		return render("Time")
	case u.Kind == ir.Bytes:
		text = render("Base64")
	case u.Kind == ir.Int || u.Kind == ir.Enum && isIntEnum(u):
		text = render("Int")
	case u.Kind == ir.Number:
		text = render("Num")
	case u.Kind == ir.Bool:
		text = render("Bool")
	}
	if text != nil && sameGoType(typ, baseType(t)) {
		return text
	}
	param := &Local{Name: "v"}
	result := Expr(&ConvertExpr{baseType(t), &LocalExpr{param}})
	if sameGoType(typ, baseType(t)) {
		result = &LocalExpr{param}
	}
	if text != nil {
		result = &CallExpr{Func: text, Args: []Expr{result}}
	}
	return &FuncExpr{Param: param, ParamType: typ, Result: result}
}
