package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// enum prints a type with a fixed set of values:
//
//	type Priority string
//
//	// The members of [Priority].
//	const (
//		PriorityLow Priority = "low"
//	)
//
//	// Values returns …
//	func (Priority) Values() []Priority { … }
//
//	// Valid reports …
//	func (v Priority) Valid() bool { … }
func enum(e *plan.Enum) []jen.Code {
	base := "string"
	if e.Int {
		base = "int64"
	}
	return []jen.Code{
		commented(e.Doc, jen.Type().Id(e.Name).Id(base)),
		commented(plan.Doc("The members of ["+e.Name+"]."), enumConsts(e)),
		enumValues(e),
		enumValid(e),
	}
}

func enumConsts(e *plan.Enum) *jen.Statement {
	return jen.Const().DefsFunc(func(g *jen.Group) {
		for _, m := range e.Members {
			literal := jen.Op(m.Text)
			if !e.Int {
				literal = text(m.Text)
			}
			g.Id(m.Name).Id(e.Name).Op("=").Add(literal)
		}
	})
}

// enumValues prints
//
//	func (Priority) Values() []Priority {
//		return []Priority{PriorityLow, PriorityHigh}
//	}
func enumValues(e *plan.Enum) *jen.Statement {
	list := jen.Index().Id(e.Name)
	if width(e.Members) > lineWidth {
		list.Custom(lines(), memberNames(e)...)
	} else {
		list.Values(memberNames(e)...)
	}
	return commented(plan.Doc("Values returns the members of "+e.Name+", in the order of the spec."),
		jen.Func().Params(jen.Id(e.Name)).Id("Values").Params().Index().Id(e.Name).Block(jen.Return(list)))
}

// enumValid prints
//
//	func (v Priority) Valid() bool {
//		switch v {
//		case PriorityLow, PriorityHigh:
//			return true
//		}
//		return false
//	}
func enumValid(e *plan.Enum) *jen.Statement {
	members := jen.List(memberNames(e)...)
	if width(e.Members) > lineWidth {
		members = jen.Custom(jen.Options{Separator: ",\n"}, memberNames(e)...)
	}
	return commented(plan.Doc("Valid reports whether v is a member of "+e.Name+"."),
		jen.Func().Params(jen.Id("v").Id(e.Name)).Id("Valid").Params().Bool().Block(
			jen.Switch(jen.Id("v")).Block(
				jen.Case(members).Block(jen.Return(jen.True())),
			),
			jen.Return(jen.False()),
		))
}

func memberNames(e *plan.Enum) []jen.Code {
	ids := make([]jen.Code, len(e.Members))
	for i, m := range e.Members {
		ids[i] = jen.Id(m.Name)
	}
	return ids
}

// lineWidth is the width up to which names stand side by side.
const lineWidth = 80

func width(members []plan.EnumConst) int {
	sum := 0
	for _, m := range members {
		sum += len(m.Name) + len(", ")
	}
	return sum
}

// structType prints a struct type and its Equal method:
//
//	type Ticket struct {
//		Queue TicketQueue `json:"queue"`
//	}
//
//	func (v Ticket) Equal(o Ticket) bool {
//		return v.Queue == o.Queue
//	}
func structType(s *plan.Struct) []jen.Code {
	out := []jen.Code{commented(s.Doc, jen.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		for _, f := range s.Fields {
			tag := "`json:" + strconv.Quote(f.Tag) + "`"
			g.Add(commentedIn(f.Doc, 1, jen.Id(f.Name).Add(goType(f.Type)).Op(tag)))
		}
	}))}
	if s.Equal == nil {
		return out
	}
	doc := plan.Doc("Equal reports whether v and o are the same, field for field.")
	return append(out, equalMethod(doc, s.Name, allEqual(s.Equal)))
}

// defined prints a type with another type's shape:
//
//	type Tags []string
//
//	type Due = time.Time
func defined(d *plan.Defined) []jen.Code {
	def := jen.Type().Id(d.Name)
	if d.Alias {
		def.Op("=")
	}
	out := []jen.Code{commented(d.Doc, def.Add(goType(d.Type)))}
	if d.Equal == nil {
		return out
	}
	doc := plan.Doc("Equal reports whether v and o are the same, element for element.")
	return append(out, equalMethod(doc, d.Name, equal(d.Equal, jen.Id("v"), jen.Id("o"))))
}

// equalMethod prints
//
//	func (v Ticket) Equal(o Ticket) bool {
//		return …
//	}
func equalMethod(doc plan.Doc, id string, same jen.Code) *jen.Statement {
	return commented(doc, jen.Func().Params(jen.Id("v").Id(id)).Id("Equal").Params(jen.Id("o").Id(id)).Bool().
		Block(jen.Return(same)))
}

// schema prints
//
//	// TicketSchema returns the JSON Schema of Ticket.
//	func TicketSchema() []byte {
//		return []byte(ticketSchema)
//	}
//
//	const ticketSchema = `{…}`
func schema(s *plan.Schema) []jen.Code {
	doc := plan.Doc(s.Func + " returns the JSON Schema of [" + s.Type + "].")
	return []jen.Code{
		commented(doc, jen.Func().Id(s.Func).Params().Index().Byte().Block(
			jen.Return(jen.Index().Byte().Parens(jen.Id(s.Const))),
		)),
		constant(plan.Const{Name: s.Const, Value: s.Text}),
	}
}

// constant prints
//
//	const name = `…`
func constant(c plan.Const) *jen.Statement {
	return commented(c.Doc, jen.Const().Id(c.Name).Op("=").Add(text(c.Value)))
}
