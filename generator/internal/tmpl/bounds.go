package tmpl

import "text/template/parse"

// bounds returns where a node begins and ends in the text. The parser keeps
// only a position per node, and not always that of its first byte.
func (t *tree) bounds(n parse.Node) (start, end int) {
	start, end = rawBounds(n)
	return start - t.base, end - t.base
}

func rawBounds(n parse.Node) (start, end int) {
	pos := int(n.Position())
	switch n := n.(type) {
	case *parse.FieldNode:
		return chainBounds(pos, n.Ident, 1)
	case *parse.VariableNode:
		return chainBounds(pos, n.Ident, 0)
	case *parse.ChainNode:
		start, _ = rawBounds(n.Node)
		return start, pos + chainLen(n.Field, 1)
	case *parse.IdentifierNode:
		return pos, pos + len(n.Ident)
	case *parse.StringNode:
		return pos, pos + len(n.Quoted)
	case *parse.NumberNode:
		return pos, pos + len(n.Text)
	case *parse.TextNode:
		return pos, pos + len(n.Text)
	case *parse.CommandNode:
		_, end = rawBounds(n.Args[len(n.Args)-1])
		return pos, end
	case *parse.PipeNode:
		_, end = rawBounds(n.Cmds[len(n.Cmds)-1])
		return pos, end
	case *parse.TemplateNode:
		return pos, pos + len(n.Name) + len(`""`)
	}
	return pos, pos + len(n.String())
}

// chainBounds returns the bounds of names joined by dots. With more than one,
// the parser's position is that of the second.
func chainBounds(pos int, names []string, dot int) (start, end int) {
	start = pos
	if len(names) > 1 {
		start -= len(names[0]) + dot
	}
	return start, start + chainLen(names, dot)
}

// chainLen returns the length of names joined by dots; dot is 1 when there is
// one in front of the first, too.
func chainLen(names []string, dot int) int {
	n := dot - 1
	for _, name := range names {
		n += len(name) + 1
	}
	return n
}

// walk calls visit for each pipeline below a node.
func walk(n parse.Node, visit func(*parse.PipeNode)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			walk(child, visit)
		}
	case *parse.ActionNode:
		visit(n.Pipe)
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, visit)
	}
}

func walkBranch(n *parse.BranchNode, visit func(*parse.PipeNode)) {
	visit(n.Pipe)
	walk(n.List, visit)
	walk(n.ElseList, visit)
}
