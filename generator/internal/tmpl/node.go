package tmpl

import (
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// list compiles the nodes of a block.
func (s *scope) list(list *parse.ListNode) []ir.Node {
	var nodes []ir.Node
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		if int(n.Position()) < s.tree.base {
			continue // stands in front of the text, see parseText
		}
		if !s.count(s.span(n)) {
			break
		}
		nodes = append(nodes, s.node(n)...)
	}
	return nodes
}

// node compiles one node, which may become several or none.
func (s *scope) node(n parse.Node) []ir.Node {
	info := ir.NodeInfo{Span: s.span(n)}
	switch n := n.(type) {
	case *parse.TextNode:
		return []ir.Node{&ir.TextNode{NodeInfo: info, Text: string(n.Text)}}
	case *parse.ActionNode:
		return s.action(n)
	case *parse.IfNode:
		return s.ifNode(&n.BranchNode)
	case *parse.WithNode:
		return s.withNode(&n.BranchNode)
	case *parse.RangeNode:
		return s.rangeNode(&n.BranchNode)
	case *parse.TemplateNode:
		return s.partial(n)
	case *parse.BreakNode:
		return []ir.Node{&ir.BreakNode{NodeInfo: info}}
	case *parse.ContinueNode:
		return []ir.Node{&ir.ContinueNode{NodeInfo: info}}
	}
	return nil // a comment
}

// action compiles {{…}}: a value to print, or a variable.
func (s *scope) action(n *parse.ActionNode) []ir.Node {
	info := ir.NodeInfo{Span: s.span(n.Pipe)}
	if len(n.Pipe.Decl) > 0 {
		_, nodes := s.declared(n.Pipe)
		return nodes
	}
	value := s.value(n.Pipe)
	if !s.printable(value, n.Pipe) {
		return nil
	}
	return []ir.Node{&ir.PrintNode{NodeInfo: info, Value: value}}
}

// printable reports whether a value has a text form, and complains if not.
func (s *scope) printable(value ir.Expr, n parse.Node) bool {
	t := value.Info().Type.Underlying()
	if isBad(value) || hasText(t.Kind) {
		return !isBad(value)
	}
	d := s.rep.Error(diag.TemplatePrint, value.Info().Span, "%s is %s, which has no text form", s.source(n), noun(t))
	switch {
	case t.Kind == ir.List && t.Elem != nil && hasText(t.Elem.Underlying().Kind):
		d.Hint("use {{range %s}}…{{end}}, {{join \", \" %s}} or {{json %s}}", s.source(n), s.source(n), s.source(n))
	case t.Kind == ir.List || mapElem(t) != nil:
		d.Hint("use {{range %s}}…{{end}} or {{json %s}}", s.source(n), s.source(n))
	case t.Kind.IsMedia():
		d.Hint("media are parts of a message, beside its text")
	default:
		d.Hint("use {{json %s}}", s.source(n))
	}
	return false
}

// declared compiles a pipeline that gives one variable a value, and returns
// the value as the variable then names it.
func (s *scope) declared(p *parse.PipeNode) (ir.Expr, []ir.Node) {
	v := p.Decl[0]
	name := variableName(v)
	value := s.value(&parse.PipeNode{NodeType: p.NodeType, Pos: p.Pos, Cmds: p.Cmds})
	if len(p.Decl) > 1 {
		s.rep.Error(diag.TemplateSyntax, s.span(p.Decl[1]), "only range declares two variables")
		return bad(s.span(p)), nil
	}
	if p.IsAssign {
		return s.assign(v, value)
	}
	return s.declare(name, s.span(v), value)
}

// declare makes a variable visible for the rest of the scope. One that always
// names the same path of the input needs no variable in Go.
func (s *scope) declare(name string, span source.Span, value ir.Expr) (ir.Expr, []ir.Node) {
	if isBad(value) || s.path(value) != "" && !s.tree.assigned[name] {
		s.vars = append(s.vars, binding{name, value})
		return value, nil
	}
	v := s.newVar(name, span, value)
	node := &ir.AssignNode{NodeInfo: ir.NodeInfo{Span: span}, Var: v, Value: value, Declare: true}
	expr := s.bind(name, v)
	return expr, []ir.Node{node}
}

// newVar returns a variable of the type of a value.
func (s *scope) newVar(name string, span source.Span, value ir.Expr) *ir.Var {
	info := value.Info()
	v := &ir.Var{Name: name, Span: span, Type: info.Type, Optional: info.Optional, Absent: info.Absent}
	if v.Assigned = name != "" && s.tree.assigned[name]; v.Assigned {
		v.Absent = v.Optional // a later value may be none
	}
	s.ids[v] = len(s.ids) + 1
	return v
}

// bind makes a variable visible by its name, and returns what names it.
func (s *scope) bind(name string, v *ir.Var) ir.Expr {
	info := ir.ExprInfo{Span: v.Span, Type: v.Type, Optional: v.Optional, Absent: v.Absent}
	expr := &ir.VarExpr{ExprInfo: info, Var: v}
	if name != "" {
		s.vars = append(s.vars, binding{name, expr})
	}
	return expr
}

// assign compiles "$x = value".
func (s *scope) assign(n *parse.VariableNode, value ir.Expr) (ir.Expr, []ir.Node) {
	name := variableName(n)
	target := s.lookup(name)
	if target == nil {
		return s.unknownVariable(n), nil
	}
	variable, ok := target.(*ir.VarExpr)
	if !ok || isBad(value) {
		return bad(s.span(n)), nil
	}
	v, info := variable.Var, value.Info()
	value = s.adapt(value, v.Type)
	switch {
	case isBad(value):
		return value, nil
	case !sameType(v.Type, value.Info().Type):
		s.rep.Error(diag.TemplateType, info.Span, "$%s is %s and cannot become %s", name, noun(v.Type), noun(info.Type)).
			Also(v.Span, "declared here")
		return bad(info.Span), nil
	case v.Optional && !info.Optional:
		s.rep.Error(diag.TemplateType, info.Span, "$%s is optional and cannot become a value that is always there", name).
			Hint("declare it with {{$%s := %s | default …}}", name, "…").Also(v.Span, "declared here")
		return bad(info.Span), nil
	case !v.Optional && !s.here(value, info.Span):
		return bad(info.Span), nil
	}
	node := &ir.AssignNode{NodeInfo: ir.NodeInfo{Span: s.span(n)}, Var: v, Value: value}
	return s.again(target, s.span(n)), []ir.Node{node}
}

// here reports whether a value is present, and complains if it may not be.
func (s *scope) here(value ir.Expr, span source.Span) bool {
	if isBad(value) {
		return false
	}
	if !value.Info().Absent {
		return true
	}
	name := describe(value)
	d := s.rep.Error(diag.TemplateOptional, span, "%s may be absent", name).
		Hint("test it first, with {{with %s}}…{{end}} or {{if %s}}…{{end}}", name, name)
	if hasText(value.Info().Type.Underlying().Kind) {
		d.Hint("or give it a value, with {{%s | default …}}", name)
	}
	return false
}
