package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// goType prints a type:
//
//	Ticket
//	*time.Time
//	[]Line
//	map[string]float64
//	l0.Nullable[string]
func goType(t *plan.GoType) *jen.Statement {
	switch t.Form {
	case plan.PointerType:
		return jen.Op("*").Add(goType(t.Elem))
	case plan.SliceType:
		return jen.Index().Add(goType(t.Elem))
	case plan.MapType:
		return jen.Map(jen.String()).Add(goType(t.Elem))
	case plan.GenericType:
		return name(t.Path, t.Name).Types(goType(t.Elem))
	}
	return name(t.Path, t.Name)
}

// name prints an identifier:
//
//	Ticket
//	l0.Decimal
func name(path, id string) *jen.Statement {
	if path == "" {
		return jen.Id(id)
	}
	return jen.Qual(path, id)
}

// l0 prints an identifier of the runtime.
func l0(id string) *jen.Statement { return jen.Qual(runtimePath, id) }

const runtimePath = "github.com/l0gen/l0gen/runtime"
