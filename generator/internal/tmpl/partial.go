package tmpl

import (
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// partial compiles {{template "name" argument}}: the partial's nodes, with the
// argument for their dot.
func (s *scope) partial(n *parse.TemplateNode) []ir.Node {
	span := s.span(n)
	text, found := s.env.Partials[n.Name]
	if !found {
		s.rep.Error(diag.PartialUnknown, span, "no partial is named %q", n.Name).DidYouMean(n.Name, keys(s.env.Partials))
		return nil
	}
	var nodes []ir.Node
	dot := ir.Expr(nil)
	if n.Pipe != nil {
		value := s.value(n.Pipe)
		dot, nodes = s.argument(value, s.span(n.Pipe))
	}
	if s.cyclic(n.Name, span) {
		return nil
	}
	t := s.partialTree(n.Name, text)
	if t == nil {
		return nil
	}
	in := newScope(s.compiler, t, dot)
	in.use = &use{name: n.Name, span: span, by: s.use}
	for at := s; at != nil; at = at.outer {
		in.learn(keys(at.present))
	}
	return append(nodes, in.list(t.root)...)
}

// argument returns what the dot of a partial names. A value that is computed
// gets a variable, so that it is computed once.
func (s *scope) argument(value ir.Expr, span source.Span) (ir.Expr, []ir.Node) {
	if isBad(value) || s.path(value) != "" {
		return value, nil
	}
	v := s.newVar("", span, value)
	node := &ir.AssignNode{NodeInfo: ir.NodeInfo{Span: span}, Var: v, Value: value, Declare: true}
	return s.bind("", v), []ir.Node{node}
}

// cyclic reports whether a partial is in use already.
func (s *scope) cyclic(name string, span source.Span) bool {
	for u := s.use; u != nil; u = u.by {
		if u.name == name {
			s.rep.Error(diag.PartialCycle, span, "partial %q includes itself", name).
				Also(u.span, "used here first")
			return true
		}
	}
	return false
}

// partialTree returns the parsed text of a partial; nil, reported, when its
// syntax is wrong.
func (c *compiler) partialTree(name string, text source.Text) *tree {
	t, parsed := c.trees[name]
	if !parsed {
		t = parseText(c.rep, text)
		c.trees[name] = t
	}
	return t
}
