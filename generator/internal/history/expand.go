package history

import (
	"strings"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// expand writes a template in canonical form, with the text of partials in
// place of their names: renaming a partial changes nothing, changing it does.
// Templates were compiled before, so what does not parse here cannot be.
func expand(pkg *ir.Package, text string) string {
	tree := parse.New("template")
	tree.Mode = parse.SkipFuncCheck
	set := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", set); err != nil || tree.Root == nil {
		return text
	}
	var b strings.Builder
	expandNode(pkg, tree.Root, &b)
	return b.String()
}

func expandNode(pkg *ir.Package, n parse.Node, b *strings.Builder) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				expandNode(pkg, child, b)
			}
		}
	case *parse.IfNode:
		expandBranch(pkg, "if", &n.BranchNode, b)
	case *parse.WithNode:
		expandBranch(pkg, "with", &n.BranchNode, b)
	case *parse.RangeNode:
		expandBranch(pkg, "range", &n.BranchNode, b)
	case *parse.TemplateNode:
		b.WriteString("{{template ")
		if n.Pipe != nil {
			b.WriteString(n.Pipe.String())
		}
		b.WriteString("}}")
		b.WriteString(expand(pkg, pkg.Partials[n.Name]))
		b.WriteString("{{end}}")
	default:
		b.WriteString(n.String())
	}
}

func expandBranch(pkg *ir.Package, word string, n *parse.BranchNode, b *strings.Builder) {
	b.WriteString("{{" + word + " " + n.Pipe.String() + "}}")
	expandNode(pkg, n.List, b)
	if n.ElseList != nil {
		b.WriteString("{{else}}")
		expandNode(pkg, n.ElseList, b)
	}
	b.WriteString("{{end}}")
}
