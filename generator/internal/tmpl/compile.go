package tmpl

import (
	"slices"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Env is what the templates of a prompt can name.
type Env struct {
	// Inputs are the fields of the dot at the top of a template.
	Inputs []*ir.Field
	// Partials are the fragments that {{template "name" .}} may use.
	Partials map[string]source.Text
	// Schema says that {{schema}} is available: the prompt has an output.
	Schema bool
	// Window says that {{window.number}} and {{window.count}} are available.
	Window bool
}

// maxNodes bounds what one template may become, partials included.
const maxNodes = 10_000

// Compile parses and type-checks a template. What is wrong goes to rep; the
// template that is returned is whole only if nothing was.
func Compile(rep *diag.Report, text source.Text, env Env) *ir.Template {
	c := &compiler{rep: rep, env: env, trees: map[string]*tree{}, ids: map[*ir.Var]int{}}
	input := &ir.InputExpr{}
	input.Span = text.Span
	input.Type = &ir.Type{Kind: ir.Object, Span: text.Span, Fields: env.Inputs}
	t := &ir.Template{Span: text.Span}
	if parsed := parseText(rep, text); parsed != nil {
		t.Body = newScope(c, parsed, input).list(parsed.root)
	}
	t.PlacesFormat = c.placesFormat
	return t
}

// CheckPartial reports what can be said of a partial without knowing its use:
// whether its syntax is right. Uses are checked by [Compile].
func CheckPartial(rep *diag.Report, text source.Text) {
	parseText(rep, text)
}

// compiler is the state of one call of Compile.
type compiler struct {
	rep   *diag.Report
	env   Env
	trees map[string]*tree // parsed partials; nil for broken ones
	ids   map[*ir.Var]int
	nodes int
	depth int // of the expression at hand
	// full says that maxNodes was passed, which was reported.
	full         bool
	placesFormat bool
}

// count adds a node and reports whether there is room for it.
func (c *compiler) count(span source.Span) bool {
	c.nodes++
	if c.nodes > maxNodes && !c.full {
		c.full = true
		c.rep.Error(diag.TemplateTooLarge, span, "template expands to more than %d actions", maxNodes).
			Hint("partials are expanded where they are used; use fewer of them")
	}
	return !c.full
}

// enter goes one level deeper into an expression, and reports whether that is
// still possible.
func (c *compiler) enter(span source.Span) bool {
	c.depth++
	if c.depth > maxDepth && !c.full {
		c.full = true
		c.rep.Error(diag.TemplateTooLarge, span, "expression is nested more than %d deep", maxDepth)
	}
	return c.count(span)
}

func (c *compiler) leave() { c.depth-- }

// scope is what a text, or a block in it, can see.
type scope struct {
	*compiler
	tree *tree
	// outer is the scope around this block; nil for a whole text.
	outer *scope
	// dot and root are what "." and "$" name; nil in a partial that is used
	// without an argument.
	dot, root ir.Expr
	vars      []binding
	// present holds the paths that conditions around have found present.
	present map[string]bool
	// use is the partial that this text is, nil for the template itself.
	use *use
}

// binding is a variable and what it names: a path that never changes, or an
// ir.Var.
type binding struct {
	name string
	expr ir.Expr
}

// use is the use of a partial.
type use struct {
	name string
	span source.Span
	by   *use
}

// newScope returns the scope of a whole text.
func newScope(c *compiler, t *tree, dot ir.Expr) *scope {
	return &scope{compiler: c, tree: t, dot: dot, root: dot}
}

// inner returns the scope of a block in which the given paths are present.
func (s *scope) inner(dot ir.Expr, present []string) *scope {
	in := &scope{compiler: s.compiler, tree: s.tree, outer: s, dot: dot, root: s.root, use: s.use}
	in.learn(present)
	return in
}

// learn adds paths that are present for the rest of the scope.
func (s *scope) learn(paths []string) {
	for _, path := range paths {
		if s.present == nil {
			s.present = map[string]bool{}
		}
		s.present[path] = true
	}
}

// knows reports whether a path is known to be present.
func (s *scope) knows(path string) bool {
	for ; s != nil; s = s.outer {
		if s.present[path] {
			return true
		}
	}
	return false
}

// lookup returns what a variable names; nil when there is none.
func (s *scope) lookup(name string) ir.Expr {
	for ; s != nil; s = s.outer {
		for _, v := range slices.Backward(s.vars) {
			if v.name == name {
				return v.expr
			}
		}
	}
	return nil
}

// names returns the variables in sight, for suggestions.
func (s *scope) names() []string {
	var names []string
	for ; s != nil; s = s.outer {
		for _, v := range s.vars {
			names = append(names, "$"+v.name)
		}
	}
	return names
}

// span returns where a node stands in the file.
func (s *scope) span(n parse.Node) source.Span {
	start, end := s.tree.bounds(n)
	return s.tree.text.At(start, end)
}

// source returns a node as it is written.
func (s *scope) source(n parse.Node) string {
	start, end := s.tree.bounds(n)
	value := s.tree.text.Value
	start = min(max(start, 0), len(value))
	return value[start:min(max(end, start), len(value))]
}
