package tmpl

import (
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// ifNode compiles {{if}}.
func (s *scope) ifNode(n *parse.BranchNode) []ir.Node {
	head := s.inner(s.dot, nil) // variables of the condition end with the block
	var before []ir.Node
	var cond ir.Expr
	if len(n.Pipe.Decl) > 0 {
		var value ir.Expr
		value, before = head.declared(n.Pipe)
		cond = head.truth(value)
	} else {
		cond = head.cond(n.Pipe)
	}
	then, otherwise := head.inner(s.dot, head.whenTrue(cond)), head.inner(s.dot, head.whenFalse(cond))
	node := &ir.IfNode{NodeInfo: ir.NodeInfo{Span: s.span(n.Pipe)}, Cond: cond}
	node.Then, node.Else = then.list(n.List), otherwise.list(n.ElseList)
	if isBad(cond) {
		return nil
	}
	if leaves(node.Then) {
		s.learn(head.whenFalse(cond))
	}
	if leaves(node.Else) {
		s.learn(head.whenTrue(cond))
	}
	return append(before, node)
}

// leaves reports whether nothing behind a block in the same round of a range
// is reached from it.
func leaves(nodes []ir.Node) bool {
	if len(nodes) == 0 {
		return false
	}
	switch last := nodes[len(nodes)-1].(type) {
	case *ir.BreakNode, *ir.ContinueNode:
		return true
	case *ir.IfNode:
		return leaves(last.Then) && leaves(last.Else)
	}
	return false
}

// withNode compiles {{with}}. When the value is a path of the input, the dot
// is that path, and only a condition is left.
func (s *scope) withNode(n *parse.BranchNode) []ir.Node {
	head := s.inner(s.dot, nil)
	var before []ir.Node
	var value ir.Expr
	if len(n.Pipe.Decl) > 0 {
		value, before = head.declared(n.Pipe)
	} else {
		value = head.value(n.Pipe)
	}
	info := ir.NodeInfo{Span: s.span(n.Pipe)}
	cond := head.truth(value)
	otherwise := head.inner(s.dot, head.whenFalse(cond))
	if isBad(cond) || s.path(value) != "" {
		then := head.inner(value, head.whenTrue(cond))
		if then.dot = then.again(value, value.Info().Span); isBad(cond) {
			then.dot = bad(info.Span)
		}
		node := &ir.IfNode{NodeInfo: info, Cond: cond}
		node.Then, node.Else = then.list(n.List), otherwise.list(n.ElseList)
		if isBad(cond) {
			return nil
		}
		return append(before, node)
	}
	v := s.newVar("", info.Span, value)
	v.Absent = false
	then := head.inner(head.bind("", v), head.whenTrue(cond))
	node := &ir.WithNode{NodeInfo: info, Var: v, Value: value}
	node.Then, node.Else = then.list(n.List), otherwise.list(n.ElseList)
	return append(before, node)
}

// rangeNode compiles {{range}}.
func (s *scope) rangeNode(n *parse.BranchNode) []ir.Node {
	info := ir.NodeInfo{Span: s.span(n.Pipe)}
	over := s.value(&parse.PipeNode{NodeType: n.Pipe.NodeType, Pos: n.Pipe.Pos, Cmds: n.Pipe.Cmds})
	body := s.inner(nil, nil)
	key, element := s.elementOf(over)
	node := &ir.RangeNode{NodeInfo: info, Over: over}
	if element == nil {
		body.dot = bad(info.Span)
		for _, v := range n.Pipe.Decl {
			body.vars = append(body.vars, binding{variableName(v), body.dot})
		}
	} else {
		first := body.rangeVars(n.Pipe, node, key, element)
		node.Body = append(node.Body, first...)
	}
	body.learn(s.whenTrueOf(over))
	node.Body = append(node.Body, body.list(n.List)...)
	node.Else = s.inner(s.dot, nil).list(n.ElseList)
	if element == nil {
		return nil
	}
	return []ir.Node{node}
}

// elementOf returns the types of the keys and elements of what is ranged over;
// nil, reported, when that cannot be.
func (s *scope) elementOf(over ir.Expr) (key, element *ir.Type) {
	t := over.Info().Type.Underlying()
	switch {
	case isBad(over):
		return nil, nil
	case t.Kind == ir.List && t.Elem != nil:
		return basic(ir.Int), t.Elem
	case mapElem(t) != nil:
		return basic(ir.String), mapElem(t)
	}
	s.rep.Error(diag.TemplateType, over.Info().Span, "range needs a list or a map; %s is %s", describe(over), noun(t))
	return nil, nil
}

// rangeVars declares the variables of a range and its dot. Variables that are
// assigned to, with "=", get their values at the beginning of the body.
func (s *scope) rangeVars(p *parse.PipeNode, node *ir.RangeNode, key, element *ir.Type) []ir.Node {
	span := s.span(p)
	keyName, valueName := "", ""
	switch len(p.Decl) {
	case 1:
		valueName = variableName(p.Decl[0])
	case 2:
		keyName, valueName = variableName(p.Decl[0]), variableName(p.Decl[1])
	}
	fresh := func(name string, t *ir.Type) *ir.Var {
		optional := nullMode(t) != ir.NotNull
		v := &ir.Var{Name: name, Span: span, Type: t, Optional: optional, Absent: optional}
		v.Assigned = !p.IsAssign && s.tree.assigned[name]
		s.ids[v] = len(s.ids) + 1
		return v
	}
	node.Value = fresh(valueName, element)
	if keyName != "" {
		node.Key = fresh(keyName, key)
	}
	if !p.IsAssign {
		if node.Key != nil {
			s.bind(keyName, node.Key)
		}
		s.dot = s.bind(valueName, node.Value)
		return nil
	}
	var nodes []ir.Node
	s.dot = s.bind("", node.Value)
	if node.Key != nil {
		_, assigned := s.assign(p.Decl[0], s.bind("", node.Key))
		nodes = append(nodes, assigned...)
	}
	_, assigned := s.assign(p.Decl[len(p.Decl)-1], s.dot)
	return append(nodes, assigned...)
}
