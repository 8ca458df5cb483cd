package tmpl

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// value compiles a node to the value that it stands for. When that is an
// error, it was reported, and the value is bad.
func (s *scope) value(n parse.Node) ir.Expr {
	switch n := n.(type) {
	case *parse.PipeNode:
		return s.pipe(n, false)
	case *parse.FieldNode:
		return s.fields(s.theDot(n), n.Ident, n, 0)
	case *parse.VariableNode:
		return s.fields(s.variable(n), n.Ident[1:], n, len(n.Ident[0]))
	case *parse.ChainNode:
		return s.chain(n)
	case *parse.DotNode:
		return s.theDot(n)
	case *parse.IdentifierNode:
		return s.call(n, nil, false)
	case *parse.StringNode:
		return s.literal(n, ir.String, n.Text)
	case *parse.BoolNode:
		return s.literal(n, ir.Bool, n.String())
	case *parse.NumberNode:
		return s.number(n)
	}
	s.rep.Error(diag.TemplateType, s.span(n), "%s is not a value here", n.String()).
		Hint("{{if}} and {{with}} test whether an optional value is present")
	return bad(s.span(n))
}

// cond compiles a node to a condition.
func (s *scope) cond(n parse.Node) ir.Expr {
	switch n := n.(type) {
	case *parse.PipeNode:
		return s.pipe(n, true)
	case *parse.IdentifierNode:
		return s.call(n, nil, true)
	}
	return s.truth(s.value(n))
}

// pipe compiles a pipeline. What stands in front of a function is its last
// argument.
func (s *scope) pipe(p *parse.PipeNode, cond bool) ir.Expr {
	if len(p.Decl) > 0 {
		s.rep.Error(diag.TemplateSyntax, s.span(p.Decl[0]), "a variable cannot be declared inside an expression")
		return bad(s.span(p))
	}
	first := s.tree.text.At(int(p.Pos)-s.tree.base, int(p.Pos)-s.tree.base+1)
	defer s.leave()
	if !s.enter(first) {
		return bad(first)
	}
	last := p.Cmds[len(p.Cmds)-1]
	args := last.Args[1:]
	if len(p.Cmds) > 1 {
		before := &parse.PipeNode{NodeType: p.NodeType, Pos: p.Pos, Cmds: p.Cmds[:len(p.Cmds)-1]}
		args = append(slices.Clip(args), before)
	}
	if name, ok := last.Args[0].(*parse.IdentifierNode); ok {
		return s.call(name, args, cond)
	}
	if len(args) > 0 {
		value := s.value(last.Args[0])
		if !isBad(value) {
			s.rep.Error(diag.FunctionUnknown, s.span(last.Args[0]), "%s is not a function", s.source(last.Args[0])).
				Hint("functions stand first: {{join \", \" .names}}")
		}
		return bad(s.span(last))
	}
	if cond {
		return s.cond(last.Args[0])
	}
	return s.value(last.Args[0])
}

// theDot returns what the dot names.
func (s *scope) theDot(n parse.Node) ir.Expr {
	span := s.span(n)
	if s.dot == nil {
		s.rep.Error(diag.VariableUnknown, span, "there is no value for the dot: this partial is used without an argument").
			Also(s.use.span, "used here").Hint("write {{template %q .}}", s.use.name)
		return bad(span)
	}
	if f, ok := n.(*parse.FieldNode); ok { // the dot of ".a.b" is its first byte
		start, _ := s.tree.bounds(f)
		span = s.tree.text.At(start, start+1)
	}
	return s.again(s.dot, span)
}

// variable returns what a variable names, "$" included.
func (s *scope) variable(n *parse.VariableNode) ir.Expr {
	start, _ := s.tree.bounds(n)
	span := s.tree.text.At(start, start+len(n.Ident[0]))
	if n.Ident[0] == "$" {
		if s.root == nil {
			return s.theDotOfPartial(span)
		}
		return s.again(s.root, span)
	}
	if found := s.lookup(variableName(n)); found != nil {
		return s.again(found, span)
	}
	return s.unknownVariable(n)
}

// theDotOfPartial reports "$" in a partial that is used without an argument.
func (s *scope) theDotOfPartial(span source.Span) ir.Expr {
	s.rep.Error(diag.VariableUnknown, span, "there is no value for $: this partial is used without an argument").
		Also(s.use.span, "used here").Hint("write {{template %q .}}", s.use.name)
	return bad(span)
}

func (s *scope) unknownVariable(n *parse.VariableNode) ir.Expr {
	start, _ := s.tree.bounds(n)
	span := s.tree.text.At(start, start+len(n.Ident[0]))
	d := s.rep.Error(diag.VariableUnknown, span, "no variable is named %s here", n.Ident[0])
	if d.DidYouMean(n.Ident[0], s.names()); len(d.Hints) == 0 && s.inputNamed(variableName(n)) {
		d.Hint("inputs are named with a dot: .%s", variableName(n))
	}
	return bad(span)
}

func (s *scope) inputNamed(name string) bool {
	for _, f := range s.env.Inputs {
		if f.Name == name {
			return true
		}
	}
	return false
}

// chain compiles fields behind parentheses, and {{window.number}}.
func (s *scope) chain(n *parse.ChainNode) ir.Expr {
	if name, ok := n.Node.(*parse.IdentifierNode); ok && name.Ident == "window" {
		return s.window(n)
	}
	start, _ := s.tree.bounds(n)
	return s.fields(s.value(n.Node), n.Field, n, int(n.Pos)-s.tree.base-start)
}

// fields compiles field names behind a value. skip is how far behind the
// beginning of the node the first of their dots stands.
func (s *scope) fields(of ir.Expr, names []string, n parse.Node, skip int) ir.Expr {
	start, _ := s.tree.bounds(n)
	begin, at := start, start+skip
	for _, name := range names {
		end := at + 1 + len(name)
		of = s.field(of, name, s.tree.text.At(at+1, end), s.tree.text.At(begin, end))
		at = end
	}
	return of
}

// field compiles one field access. nameSpan is where the name stands, span
// what the expression is so far.
func (s *scope) field(of ir.Expr, name string, nameSpan, span source.Span) ir.Expr {
	if isBad(of) || !s.here(of, of.Info().Span) {
		return bad(span)
	}
	t := of.Info().Type.Underlying()
	if t.Kind != ir.Object || mapElem(t) != nil {
		d := s.rep.Error(diag.VariableUnknown, nameSpan, "%s is %s and has no fields", describe(of), noun(t))
		switch {
		case mapElem(t) != nil:
			d.Hint("use {{index %s %q}}", describe(of), name)
		case t.Kind == ir.List:
			d.Hint("use {{range %s}}…{{end}}", describe(of))
		}
		return bad(span)
	}
	for _, f := range t.Fields {
		if f.Name == name {
			return s.fieldOf(of, f, span)
		}
	}
	if _, top := of.(*ir.InputExpr); top {
		d := s.rep.Error(diag.VariableUnknown, nameSpan, "no input is named %q", name)
		if names := fieldNames(t); !d.Suggest(name, func() []string { return names }) && len(names) > 0 {
			d.Hint("the inputs are %s", strings.Join(names, ", "))
		}
	} else {
		s.rep.Error(diag.VariableUnknown, nameSpan, "%s has no field %q", typeName(of.Info().Type), name).
			DidYouMean(name, fieldNames(t))
	}
	return bad(span)
}

func (s *scope) fieldOf(of ir.Expr, f *ir.Field, span source.Span) ir.Expr {
	if f.Type == nil || f.Type.Underlying().Kind == ir.Invalid {
		return bad(span)
	}
	optional := mayBeAbsent(f)
	e := &ir.FieldExpr{ExprInfo: ir.ExprInfo{Span: span, Type: f.Type, Optional: optional}, Of: of, Field: f}
	e.Absent = optional && !s.knows(s.path(e))
	return e
}

func fieldNames(t *ir.Type) []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names
}

// window compiles {{window.number}} and {{window.count}}.
func (s *scope) window(n *parse.ChainNode) ir.Expr {
	span := s.span(n)
	name := n.Field[0]
	switch {
	case len(n.Field) > 1 || name != "number" && name != "count":
		s.rep.Error(diag.VariableUnknown, span, "window has no field %q", n.Field[len(n.Field)-1]).
			Hint("there are window.number and window.count")
		return bad(span)
	case !s.env.Window:
		s.rep.Error(diag.VariableUnknown, span, "window.%s is not available here", name).
			Hint("only a prompt with a document window has it")
		return bad(span)
	}
	info := ir.ExprInfo{Span: span, Type: basic(ir.Int)}
	return &ir.WindowExpr{ExprInfo: info, Count: name == "count"}
}
