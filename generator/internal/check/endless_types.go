package check

import (
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// endlessTypes reports declared types that only an endless value would
// satisfy: a type that needs a value of itself, at whatever depth, with no
// list, map or optional between.
func endlessTypes(rep *diag.Report, pkg *ir.Package) {
	done := map[*ir.Named]bool{}
	for _, n := range pkg.Types {
		e := endless{rep: rep, done: done}
		e.named(n)
	}
}

type endless struct {
	rep  *diag.Report
	done map[*ir.Named]bool
	path []*ir.Named // types that are being looked into
}

func (e *endless) named(n *ir.Named) {
	for i, open := range e.path {
		if open == n {
			e.report(e.path[i:])
			return
		}
	}
	if e.done[n] {
		return
	}
	e.path = append(e.path, n)
	e.needs(n.Type)
	e.path = e.path[:len(e.path)-1]
	e.done[n] = true
}

// needs follows what every value of a type must contain.
func (e *endless) needs(t *ir.Type) {
	switch {
	case t == nil || t.Null != ir.NotNull:
	case t.Kind == ir.Ref:
		e.named(t.Named)
	case t.Kind == ir.List && t.Rules.MinItems != nil && *t.Rules.MinItems > 0,
		t.Kind == ir.Map && t.Rules.MinProperties != nil && *t.Rules.MinProperties > 0:
		e.needs(t.Elem)
	case t.Kind == ir.Object:
		for _, f := range t.Fields {
			if f.Required {
				e.needs(f.Type)
			}
		}
	}
}

func (e *endless) report(cycle []*ir.Named) {
	names := make([]string, 0, len(cycle)+1)
	for _, n := range cycle {
		names = append(names, n.Name)
	}
	names = append(names, cycle[0].Name)
	e.rep.Error(diag.TypeEndless, cycle[0].Span, "the type %q can have no value: it needs a value of itself (%s)",
		cycle[0].Name, strings.Join(names, " → ")).
		Hint("make one step optional with \"?\", or a list")
}
