package plan

import (
	"encoding/json"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// value is a value of a template as Go has it.
type value struct {
	x Expr
	// pointer says that x is a pointer, and nil where the value is absent.
	pointer bool
	// typ is the type of the value that is there.
	typ *GoType
	// untyped says that x is an untyped constant.
	untyped bool
}

// plain returns a value that is known to be there.
func (r *renderer) plain(v value) value {
	if v.pointer {
		return value{x: &StarExpr{v.x}, typ: v.typ}
	}
	return v
}

// convert returns a value in another Go type of the same kind.
func convert(v value, to *GoType) Expr {
	if v.untyped || v.typ == nil || sameGoType(v.typ, to) {
		return v.x
	}
	return &ConvertExpr{to, v.x}
}

// sameGoType reports whether two types are written alike.
func sameGoType(a, b *GoType) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Form == b.Form && a.Path == b.Path && a.Name == b.Name && sameGoType(a.Elem, b.Elem)
}

// eval returns the Go expression of an expression.
func (r *renderer) eval(e ir.Expr) value {
	switch e := e.(type) {
	case *ir.InputExpr:
		return value{x: &NameExpr{Name: "in"}}
	case *ir.FieldExpr:
		return r.fieldValue(e)
	case *ir.VarExpr:
		h := r.vars[e.Var]
		return value{x: &LocalExpr{h.local}, pointer: h.pointer, typ: h.typ}
	case *ir.LiteralExpr:
		return r.literal(e)
	case *ir.FormatExpr:
		return value{x: &NameExpr{Name: "format"}, typ: basic("string")}
	case *ir.IndexExpr:
		of, key := r.plain(r.eval(e.Map)), r.plain(r.eval(e.Key))
		x := &IndexExpr{of.x, convert(key, basic("string"))}
		elem := mapElem(e.Map.Info().Type)
		return value{x: x, pointer: r.pointerElem(elem), typ: r.valueType(elem)}
	case *ir.CallExpr:
		return r.call(e)
	case *ir.PickExpr:
		return r.pick(e)
	case *ir.WindowExpr:
		return value{x: &TokenExpr{"0"}, untyped: true} // no prompt has windows yet
	}
	return value{x: r.cond(e), typ: basic("bool")}
}

// pointerElem reports whether the elements of a list or map are pointers.
func (r *renderer) pointerElem(t *ir.Type) bool { return nullMode(t) != ir.NotNull && !hasNil(t) }

// field returns a field of a struct, and whether it is a pointer.
func (r *renderer) field(of Expr, f *ir.Field) (x Expr, pointer bool) {
	x = &FieldExpr{of, r.fields[f]}
	switch {
	case presence(f) == alwaysThere:
		return x, false
	case presence(f) == maybeMissing:
		return x, !hasNil(f.Type)
	case hasNil(f.Type):
		return &CallExpr{Func: &FieldExpr{x, "Or"}, Args: []Expr{nilExpr()}}, false
	}
	return &CallExpr{Func: &FieldExpr{x, "Ptr"}}, true
}

// fieldValue returns the value of a field, or its default.
func (r *renderer) fieldValue(e *ir.FieldExpr) value {
	f := e.Field
	x, pointer := r.field(r.eval(e.Of).x, f)
	v := value{x: x, pointer: pointer, typ: r.valueType(f.Type)}
	if presence(f) == alwaysThere || f.Type.Default == "" || f.Type.Default == "null" {
		return v
	}
	return r.orDefault(f.Type, r.constant(f.Type, f.Type.Default), v)
}

// orDefault returns a value, or a fallback where it is absent.
func (r *renderer) orDefault(t *ir.Type, fallback Expr, v value) value {
	name := "Default"
	switch u := t.Underlying(); {
	case v.pointer:
	case u.Kind == ir.Any:
		name = "DefaultAny"
	case mapElem(t) != nil:
		name = "DefaultMap"
	default:
		name = "DefaultSlice"
	}
	return value{x: callOf(renderPath, name, fallback, v.x), typ: v.typ}
}

// constant returns the expression of a JSON text.
func (r *renderer) constant(t *ir.Type, text string) Expr {
	u := t.Underlying()
	var s string
	isString := json.Unmarshal([]byte(text), &s) == nil
	switch {
	case u.Kind.IsText() && isString:
		return &TextExpr{s}
	case u.Kind == ir.Enum && isString:
		return r.member(u, s)
	case u.Kind == ir.Enum:
		return r.member(u, text)
	case u.Kind == ir.Int || u.Kind == ir.Number || u.Kind == ir.Bool:
		return &TokenExpr{text}
	}
	return &CallExpr{Func: &NameExpr{renderPath, "Const"}, TypeArg: r.valueType(t), Args: []Expr{&TextExpr{text}}}
}

// member returns the constant of a member of an enum.
func (r *renderer) member(enum *ir.Type, text string) Expr {
	for i, m := range enum.Members {
		if m.Text == text && i < len(r.members[enum]) {
			return &NameExpr{Name: r.members[enum][i]}
		}
	}
	if isIntEnum(enum) {
		return &TokenExpr{text}
	}
	return &TextExpr{text}
}

// literal returns a value that stands in the template.
func (r *renderer) literal(e *ir.LiteralExpr) value {
	u := e.Type.Underlying()
	switch u.Kind {
	case ir.Int, ir.Number, ir.Bool:
		return value{x: &TokenExpr{e.Text}, typ: scalarType(u.Kind), untyped: true}
	case ir.Enum:
		return value{x: r.member(u, e.Text), typ: r.valueType(e.Type)}
	case ir.Decimal:
		return value{x: r.constant(u, e.Text), typ: scalarType(ir.Decimal)}
	}
	return value{x: &TextExpr{e.Text}, typ: basic("string"), untyped: true}
}

// pick returns "and" or "or" as a value:
//
//	render.Or(a, b)
func (r *renderer) pick(e *ir.PickExpr) value {
	name := "And"
	if e.Or {
		name = "Or"
	}
	call := callOf(renderPath, name)
	var values []value
	var typ *GoType
	same, typed := true, false
	for _, arg := range e.Args {
		v := r.plain(r.eval(arg))
		values = append(values, v)
		if v.untyped {
			continue
		}
		typed = true
		same = same && (typ == nil || sameGoType(typ, v.typ))
		typ = v.typ
	}
	if !typed || !same {
		typ = baseType(e.Type)
	}
	if !typed {
		call.TypeArg = typ
	}
	for _, v := range values {
		call.Args = append(call.Args, convert(v, typ))
	}
	return value{x: call, typ: typ}
}

// baseType returns the predeclared type that all types of a kind convert to.
func baseType(t *ir.Type) *GoType {
	u := t.Underlying()
	switch {
	case u.Kind == ir.Enum && isIntEnum(u):
		return basic("int64")
	case u.Kind == ir.Enum:
		return basic("string")
	}
	return scalarType(u.Kind)
}

// mapElem returns the type of the values of a map, nil for other types.
func mapElem(t *ir.Type) *ir.Type {
	u := t.Underlying()
	switch {
	case u.Kind == ir.Map:
		return u.Elem
	case isMapObject(u):
		return u.Extra
	}
	return nil
}
