package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// defaults reports defaults that their own type refuses.
func defaults(rep *diag.Report, pkg *ir.Package) {
	walkTypes(pkg, func(t *ir.Type) {
		if t.Default == "" {
			return
		}
		if why := misfit(t, t.Default); why != "" {
			d := rep.Error(diag.DefaultInvalid, t.DefaultSpan, "the default does not fit its type: %s", why)
			if u := t.Underlying(); u.Kind == ir.Enum {
				d.DidYouMean(unquote(t.Default), memberTexts(u))
			}
		}
	})
}

func memberTexts(t *ir.Type) []string {
	out := make([]string, 0, len(t.Members))
	for _, m := range t.Members {
		out = append(out, m.Text)
	}
	return out
}
