package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// constraintConflicts reports constraints that no value can meet.
func constraintConflicts(rep *diag.Report, pkg *ir.Package) {
	walkTypes(pkg, func(t *ir.Type) {
		conflict := func(format string, args ...any) {
			rep.Error(diag.ConstraintConflict, t.Span, format, args...)
		}
		r := t.Rules
		for _, c := range []struct {
			minName, maxName string
			min, max         *int64
		}{
			{"minLength", "maxLength", r.MinLength, r.MaxLength},
			{"minItems", "maxItems", r.MinItems, r.MaxItems},
			{"minProperties", "maxProperties", r.MinProperties, r.MaxProperties},
		} {
			switch {
			case c.min != nil && *c.min < 0:
				conflict("%s is %d, but cannot be negative", c.minName, *c.min)
			case c.max != nil && *c.max < 0:
				conflict("%s is %d, but cannot be negative", c.maxName, *c.max)
			case c.min != nil && c.max != nil && *c.min > *c.max:
				conflict("%s %d is above %s %d, so no value fits", c.minName, *c.min, c.maxName, *c.max)
			}
		}
		rangeConflict(r, conflict)
		sizeConflict(t, conflict)
	})
}

// rangeConflict compares the bounds of numbers.
func rangeConflict(r ir.Rules, conflict func(string, ...any)) {
	for _, c := range []struct {
		lowName, low, highName, high string
		least                        int // the order from which no number is left
	}{
		{"minimum", r.Minimum, "maximum", r.Maximum, 1},
		{"minimum", r.Minimum, "exclusiveMaximum", r.ExclusiveMax, 0},
		{"exclusiveMinimum", r.ExclusiveMin, "maximum", r.Maximum, 0},
		{"exclusiveMinimum", r.ExclusiveMin, "exclusiveMaximum", r.ExclusiveMax, 0},
	} {
		if order, ok := compareNumbers(c.low, c.high); ok && order >= c.least {
			conflict("%s %s leaves no number below %s %s", c.lowName, c.low, c.highName, c.high)
		}
	}
	if order, ok := compareNumbers(r.MultipleOf, "0"); ok && order <= 0 {
		conflict("multipleOf is %s, but must be above 0", r.MultipleOf)
	}
}

// sizeConflict compares demanded sizes with what the type can hold.
func sizeConflict(t *ir.Type, conflict func(string, ...any)) {
	r := t.Rules
	if t.Kind == ir.List && r.UniqueItems && r.MinItems != nil && t.Elem != nil {
		if e := t.Elem.Underlying(); e.Kind == ir.Enum && *r.MinItems > int64(len(e.Members)) {
			conflict("minItems %d asks for more different members than the enum's %d", *r.MinItems, len(e.Members))
		}
	}
	if u := t.Underlying(); u.Kind == ir.Object && u.Extra == nil && r.MinProperties != nil &&
		*r.MinProperties > int64(len(u.Fields)) {
		conflict("minProperties %d is more than the %d properties that are declared", *r.MinProperties, len(u.Fields))
	}
}
