package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// Package applies every rule to a package.
func Package(rep *diag.Report, pkg *ir.Package) {
	for _, rule := range []func(*diag.Report, *ir.Package){
		endlessTypes,
		constraintConflicts,
		patterns,
		constants,
		defaults,
		misplacedMedia,
		policyValues,
		tokenLimits,
		schemaSize,
	} {
		rule(rep, pkg)
	}
}

// walkTypes visits every type of a package where it is written, each once:
// declared types, inputs and outputs, and what they are made of.
func walkTypes(pkg *ir.Package, visit func(*ir.Type)) {
	for _, n := range pkg.Types {
		walk(n.Type, visit)
	}
	for _, p := range pkg.Prompts {
		for _, f := range p.Inputs {
			walk(f.Type, visit)
		}
		if p.Output != nil {
			walk(p.Output, visit)
		}
	}
}

// walk visits a type and the types written inside it. It does not follow
// references, so it ends.
func walk(t *ir.Type, visit func(*ir.Type)) {
	if t == nil {
		return
	}
	visit(t)
	walk(t.Elem, visit)
	walk(t.Extra, visit)
	for _, f := range t.Fields {
		walk(f.Type, visit)
	}
}
