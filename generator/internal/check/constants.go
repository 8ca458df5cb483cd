package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// constants reports constants that their own type refuses.
func constants(rep *diag.Report, pkg *ir.Package) {
	walkTypes(pkg, func(t *ir.Type) {
		if t.Const == "" {
			return
		}
		if why := misfit(t, t.Const); why != "" {
			rep.Error(diag.ConstraintConflict, t.Span, "const is no value of the type: %s", why)
		}
	})
}
