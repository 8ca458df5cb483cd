package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// equal prints the comparison of two operands:
//
//	v.Queue == o.Queue
//	v.Customer.Equal(o.Customer)
//	slices.EqualFunc(v.Lines, o.Lines, Line.Equal)
//	l0.EqualPtr(v.Due, o.Due, time.Time.Equal)
func equal(e *plan.Equality, a, b jen.Code) *jen.Statement {
	var same *jen.Statement
	switch e.Form {
	case plan.OperatorEqual:
		return jen.Add(a).Op("==").Add(b)
	case plan.MethodEqual:
		same = jen.Add(a).Dot("Equal").Call(b)
	case plan.FuncEqual:
		same = name(e.Func.Path, e.Func.Name).Call(a, b)
	case plan.PointerEqual:
		same = l0("EqualPtr").Call(a, b, equalFunc(e.Elem))
	case plan.NullableEqual:
		same = l0("EqualNullable").Call(a, b, equalFunc(e.Elem))
	case plan.SliceEqual:
		same = equalElems("slices", e, a, b)
	case plan.MapEqual:
		same = equalElems("maps", e, a, b)
	}
	if e.NilMatters {
		// (v.Tags == nil) == (o.Tags == nil) && slices.Equal(v.Tags, o.Tags)
		return jen.Parens(jen.Add(a).Op("==").Nil()).Op("==").Parens(jen.Add(b).Op("==").Nil()).Op("&&").Add(same)
	}
	return same
}

// equalElems prints the comparison of two slices or maps:
//
//	slices.Equal(v.Tags, o.Tags)
//	maps.EqualFunc(v.Prices, o.Prices, l0.Decimal.Equal)
func equalElems(pkg string, e *plan.Equality, a, b jen.Code) *jen.Statement {
	if e.Elem.Form == plan.OperatorEqual {
		return jen.Qual(pkg, "Equal").Call(a, b)
	}
	return jen.Qual(pkg, "EqualFunc").Call(a, b, equalFunc(e.Elem))
}

// equalFunc prints a function that compares two values:
//
//	time.Time.Equal
//	func(a, b string) bool { return a == b }
func equalFunc(e *plan.Equality) *jen.Statement {
	switch {
	case e.NilMatters:
	case e.Form == plan.MethodEqual:
		return goType(e.Type).Dot("Equal")
	case e.Form == plan.FuncEqual && e.Type.Form == plan.SliceType, e.Form == plan.FuncEqual && e.Type.Name == "any":
		return name(e.Func.Path, e.Func.Name)
	}
	return jen.Func().Params(jen.Id("a"), jen.Id("b").Add(goType(e.Type))).Bool().
		Values(jen.Return(equal(e, jen.Id("a"), jen.Id("b"))))
}

// allEqual prints the comparison of two structs, field by field.
//
//	v.Queue == o.Queue &&
//		slices.Equal(v.Tags, o.Tags)
func allEqual(fields []plan.FieldEquality) *jen.Statement {
	if len(fields) == 0 {
		return jen.True()
	}
	out := jen.Null()
	for i, f := range fields {
		if i > 0 {
			out.Op("&&").Line()
		}
		out.Add(equal(f.Equal, jen.Id("v").Dot(f.Name), jen.Id("o").Dot(f.Name)))
	}
	return out
}
