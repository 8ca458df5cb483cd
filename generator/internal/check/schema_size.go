package check

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// maxSchemaBytes bounds the JSON Schemas of a package, each of which holds the
// types that it refers to: n types that all refer to each other make n² of
// them.
const maxSchemaBytes = 16 << 20

// schemaSize reports a package whose schemas would fill the disk, at the type
// or prompt that is too much.
func schemaSize(rep *diag.Report, pkg *ir.Package) {
	s := sizes{own: map[*ir.Named]size{}}
	total := 0
	add := func(span source.Span, types ...*ir.Type) bool {
		total += s.closure(types, maxSchemaBytes-total)
		if total <= maxSchemaBytes {
			return true
		}
		rep.Error(diag.SchemasTooLarge, span, "with this one, the JSON Schemas of the package are larger than %d MiB", maxSchemaBytes>>20).
			Hint("a schema holds every type that it refers to: put types that belong together into a folder of their own")
		return false
	}
	for _, n := range pkg.Types {
		if !add(n.Span, n.Type) {
			return
		}
	}
	for _, p := range pkg.Prompts {
		types := make([]*ir.Type, 0, len(p.Inputs)+1)
		for _, f := range p.Inputs {
			types = append(types, f.Type)
		}
		if p.Output != nil {
			types = append(types, p.Output)
		}
		if !add(p.Span, types...) {
			return
		}
	}
}

// size is what a type adds to a schema, and what it brings along.
type size struct {
	bytes int
	refs  []*ir.Named
}

// sizes measures types, each declared type once.
type sizes struct {
	own map[*ir.Named]size
}

// closure returns about how many bytes the schema of types has, with all that
// they refer to. It stops counting above a limit.
func (s *sizes) closure(types []*ir.Type, limit int) int {
	seen := map[*ir.Named]bool{}
	total, open := 0, []*ir.Named(nil)
	for _, t := range types {
		m := measure(t)
		total, open = total+m.bytes, append(open, m.refs...)
	}
	for len(open) > 0 && total <= limit {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[n] || n.Type == nil {
			continue
		}
		seen[n] = true
		m, known := s.own[n]
		if !known {
			m = measure(n.Type)
			s.own[n] = m
		}
		total, open = total+m.bytes, append(open, m.refs...)
	}
	return total
}

// measure looks at a type without following references.
func measure(t *ir.Type) size {
	const keywords = 32 // "type", "items", "required" and what encloses them
	var m size
	walk(t, func(t *ir.Type) {
		m.bytes += keywords + len(t.Doc) + len(t.Title) + len(t.Const) + len(t.Default) + len(t.Rules.Pattern)
		for _, f := range t.Fields {
			m.bytes += 2 * len(f.Name)
		}
		for _, member := range t.Members {
			m.bytes += len(member.Text)
		}
		for _, example := range t.Examples {
			m.bytes += len(example)
		}
		if t.Kind == ir.Ref && t.Named != nil {
			m.bytes += len(t.Named.Name)
			m.refs = append(m.refs, t.Named)
		}
	})
	return m
}
