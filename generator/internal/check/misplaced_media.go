package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// misplacedMedia reports media and chat messages in an answer, which models
// give no such form, and chat messages anywhere but in an input of their own.
func misplacedMedia(rep *diag.Report, pkg *ir.Package) {
	histories := map[*ir.Type]bool{}
	for _, p := range pkg.Prompts {
		for _, f := range p.Inputs {
			if f.Type.Kind == ir.List {
				histories[f.Type.Elem] = true
			}
		}
	}
	walkTypes(pkg, func(t *ir.Type) {
		if t.Kind == ir.ChatMessage && !histories[t] {
			rep.Error(diag.MediaMisplaced, t.Span, "l0.Message stands only in an input of type l0.Message[]")
		}
	})
	for _, p := range pkg.Prompts {
		if p.Output == nil {
			continue
		}
		if m := findMedia(p.Output, map[*ir.Named]bool{}); m != nil {
			d := rep.Error(diag.MediaMisplaced, m.Span, "media is for inputs, but this is part of the answer of %q", p.Name)
			if p.Output.Span != m.Span {
				d.Also(p.Output.Span, "the answer")
			}
			d.Hint("let the answer hold a uri, or text")
		}
	}
}

// findMedia returns the first media type that values of a type contain.
func findMedia(t *ir.Type, seen map[*ir.Named]bool) *ir.Type {
	var found *ir.Type
	walk(t, func(t *ir.Type) {
		switch {
		case found != nil:
		case t.Kind.IsMedia():
			found = t
		case t.Kind == ir.Ref && !seen[t.Named]:
			seen[t.Named] = true
			found = findMedia(t.Named.Type, seen)
		}
	})
	return found
}
