package emit_test

import (
	"fmt"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// atom is a value that a random template can name.
type atom struct {
	text     string
	typ      *ir.Type
	optional bool
	absent   bool
}

// fieldAtoms returns what the fields of an object give.
func fieldAtoms(prefix string, fields []*ir.Field) []atom {
	var atoms []atom
	for _, f := range fields {
		optional := (!f.Required || f.Type.Null != ir.NotNull) && f.Type.Default == ""
		a := atom{prefix + f.Name, f.Type, optional, optional}
		atoms = append(atoms, a)
		if u := f.Type.Underlying(); u.Kind == ir.Object && !optional {
			atoms = append(atoms, fieldAtoms(a.text+".", u.Fields)...)
		}
	}
	return atoms
}

// genScope is a place in a random template.
type genScope struct {
	*diffGen
	atoms   []atom
	inRange bool
}

// with returns a scope that knows more.
func (s *genScope) with(more ...atom) *genScope {
	in := &genScope{diffGen: s.diffGen, inRange: s.inRange}
	in.atoms = append(append(in.atoms, s.atoms...), more...)
	return in
}

// pick returns an atom that passes a test.
func (s *genScope) pick(test func(atom) bool) (atom, bool) {
	for range 20 {
		if a := s.atoms[s.IntN(len(s.atoms))]; test(a) {
			return a, true
		}
	}
	return atom{}, false
}

func anyAtom(atom) bool { return true }

func isScalarAtom(a atom) bool {
	k := a.typ.Underlying().Kind
	return k.IsScalar() || k == ir.Bytes
}

func isTextAtom(a atom) bool {
	u := a.typ.Underlying()
	return !a.absent && (u.Kind.IsText() || u.Kind == ir.Enum && !u.Members[0].Int)
}

func isLoop(a atom) bool {
	k := a.typ.Underlying().Kind
	return k == ir.List || k == ir.Map
}

func isDecimal(a atom) bool { return !a.optional && a.typ.Underlying().Kind == ir.Decimal }

// nodes returns a random piece of a template.
func (s *genScope) nodes(n, depth int) string {
	var b strings.Builder
	for range 1 + s.IntN(n) {
		b.WriteString(s.node(depth))
	}
	return b.String()
}

func (s *genScope) node(depth int) string {
	switch n := s.IntN(16); {
	case n < 3:
		return []string{"text ", "\n", "  \n ", "é日<", "{{- \"x\" -}} "}[s.IntN(5)]
	case n < 7:
		if a, ok := s.pick(isScalarAtom); ok {
			return []string{"{{", "{{- "}[s.IntN(2)] + a.text + []string{"}}", " -}}"}[s.IntN(2)]
		}
	case n < 9:
		return "{{" + s.call() + "}}"
	case n < 11 && depth < 3:
		return s.ifNode(depth)
	case n < 12 && depth < 3:
		return s.withNode(depth)
	case n < 14 && depth < 3:
		return s.rangeNode(depth)
	case n < 15 && s.inRange:
		return "{{if " + s.cond() + "}}" + []string{"{{break}}", "{{continue}}"}[s.IntN(2)] + "{{end}}"
	}
	return s.varNode(depth)
}

func (s *genScope) varNode(depth int) string {
	a, ok := s.pick(anyAtom)
	if !ok || depth > 2 {
		return "."
	}
	s.vars++
	name := fmt.Sprintf("$x%d", s.vars)
	in := s.with(atom{name, a.typ, a.optional, a.absent})
	return "{{if true}}{{" + name + " := " + a.text + "}}" + in.nodes(2, depth+1) + "{{end}}"
}

// call returns a function call that prints text.
func (s *genScope) call() string {
	text, ok := s.pick(isTextAtom)
	arg := text.text
	if !ok {
		arg = `"Some Text"`
	}
	switch s.IntN(8) {
	case 0:
		return "upper " + arg
	case 1:
		return arg + " | lower | trim"
	case 2:
		return fmt.Sprintf("%s | indent %d", arg, s.IntN(4))
	case 3:
		return fmt.Sprintf("truncate %d %s", s.IntN(5), arg)
	case 4:
		return "len " + arg
	case 5:
		if a, ok := s.pick(func(a atom) bool { return s.joins(a) }); ok {
			return `join ", " ` + a.text
		}
	case 6:
		if a, ok := s.pick(func(a atom) bool { return a.typ.Underlying().Kind.IsText() }); ok {
			return `default "none" ` + a.text
		}
	}
	a, _ := s.pick(anyAtom)
	return "json " + a.text
}

func (s *genScope) joins(a atom) bool {
	u := a.typ.Underlying()
	return u.Kind == ir.List && isScalarAtom(atom{typ: u.Elem})
}

// cond returns a condition.
func (s *genScope) cond() string {
	switch s.IntN(6) {
	case 0:
		return "not (" + s.cond() + ")"
	case 1:
		return []string{"and", "or"}[s.IntN(2)] + " (" + s.cond() + ") (" + s.cond() + ")"
	case 2, 3:
		if a, ok := s.pick(func(a atom) bool { return !a.absent && literalFor(a.typ) != "" }); ok {
			return []string{"eq", "ne"}[s.IntN(2)] + " " + a.text + " " + literalFor(a.typ)
		}
	case 4:
		if a, ok := s.pick(func(a atom) bool { return !a.absent && ordered(a.typ) }); ok {
			return []string{"lt", "le", "gt", "ge"}[s.IntN(4)] + " " + a.text + " " + literalFor(a.typ)
		}
	}
	if a, ok := s.pick(func(a atom) bool { return !isDecimal(a) }); ok {
		return a.text
	}
	return "true"
}

func ordered(t *ir.Type) bool {
	k := t.Underlying().Kind
	return k == ir.Int || k == ir.Number || k == ir.Decimal || k == ir.String
}

func literalFor(t *ir.Type) string {
	u := t.Underlying()
	switch u.Kind {
	case ir.String, ir.UUID, ir.URI:
		return `"a"`
	case ir.Int:
		return "1"
	case ir.Number, ir.Decimal:
		return "0.5"
	case ir.Bool:
		return "true"
	case ir.Enum:
		if u.Members[1].Int {
			return u.Members[1].Text
		}
		return quote(u.Members[1].Text)
	}
	return ""
}

func (s *genScope) ifNode(depth int) string {
	then := s
	cond := s.cond()
	if a, ok := s.pick(func(a atom) bool { return a.absent }); ok && s.IntN(2) == 0 {
		cond, then = a.text, s.with(present(a)...)
	}
	out := "{{if " + cond + "}}" + then.nodes(3, depth+1)
	if s.IntN(3) == 0 {
		out += "{{else if " + s.cond() + "}}" + s.nodes(2, depth+1)
	}
	if s.IntN(2) == 0 {
		out += "{{else}}" + s.nodes(2, depth+1)
	}
	return out + "{{end}}"
}

// present returns what is there once an atom is.
func present(a atom) []atom {
	a.absent = false
	atoms := []atom{a}
	if u := a.typ.Underlying(); u.Kind == ir.Object {
		prefix := a.text + "."
		if a.text == "." {
			prefix = "."
		}
		atoms = append(atoms, fieldAtoms(prefix, u.Fields)...)
	}
	return atoms
}

// onDot returns a scope in which the dot is another value: only names that
// begin with a dollar sign mean what they did.
func (s *genScope) onDot(dot ...atom) *genScope {
	in := &genScope{diffGen: s.diffGen, inRange: s.inRange}
	for _, a := range s.atoms {
		if strings.HasPrefix(a.text, "$") {
			in.atoms = append(in.atoms, a)
		}
	}
	in.atoms = append(in.atoms, dot...)
	return in
}

func (s *genScope) withNode(depth int) string {
	a, ok := s.pick(func(a atom) bool { return !isDecimal(a) })
	if !ok {
		return ""
	}
	dot := a
	dot.text = "."
	out := "{{with " + a.text + "}}" + s.onDot(present(dot)...).nodes(3, depth+1)
	if s.IntN(2) == 0 {
		out += "{{else}}" + s.nodes(2, depth+1)
	}
	return out + "{{end}}"
}

func (s *genScope) rangeNode(depth int) string {
	a, ok := s.pick(isLoop)
	if !ok {
		return ""
	}
	u := a.typ.Underlying()
	optional := u.Elem.Null != ir.NotNull
	dot := atom{".", u.Elem, optional, optional}
	atoms := []atom{dot}
	if !optional {
		atoms = present(dot)
	}
	head := ""
	switch s.IntN(3) {
	case 0:
		s.vars++
		name := fmt.Sprintf("$v%d", s.vars)
		head = name + " := "
		atoms = append(atoms, atom{name, u.Elem, optional, optional})
	case 1:
		s.vars++
		key, name := fmt.Sprintf("$k%d", s.vars), fmt.Sprintf("$v%d", s.vars)
		head = key + ", " + name + " := "
		kind := ir.Int
		if u.Kind == ir.Map {
			kind = ir.String
		}
		atoms = append(atoms, atom{name, u.Elem, optional, optional}, atom{text: key, typ: s.p.Of(kind)})
	}
	in := s.onDot(atoms...)
	in.inRange = true
	out := "{{range " + head + a.text + "}}" + in.nodes(4, depth+1)
	if s.IntN(3) == 0 {
		out += "{{else}}" + s.nodes(2, depth+1)
	}
	return out + "{{end}}"
}
