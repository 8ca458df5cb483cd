package plan

import (
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// planRender decides how the messages of a prompt are made. n has chosen the
// names of everything around the function.
func planRender(p *ir.Prompt, n *names) *Render {
	r := &renderer{names: n, vars: map[*ir.Var]held{}, use: newLocals(n)}
	out := &Render{Func: n.vars[p].render, Input: n.methods[p] + "Input"}
	var messages []Expr
	spliced := false
	for _, m := range p.Messages {
		spliced = spliced || m.History != nil
	}
	if spliced {
		out.Body = prune(append(r.spliced(p), r.result(p, nil)))
		return out
	}
	for _, m := range p.Messages {
		messages = append(messages, r.message(m))
	}
	out.Body = prune(append(r.stmts, r.result(p, messages)))
	return out
}

// renderer turns the templates of one prompt into statements.
type renderer struct {
	*names
	// stmts is the block that is being made, and text what its statements write
	// to.
	stmts []Stmt
	text  *Local
	// list is the variable that holds messages or parts, when a history or an
	// optional medium keeps them from being one expression.
	list *Local
	vars map[*ir.Var]held
	use  *locals
}

// held is how a variable of a template is held in Go.
type held struct {
	local *Local
	// pointer says that nil means absent.
	pointer bool
	typ     *GoType
}

// result returns the statement that ends the function:
//
//	return l0.Messages(format, messages…)
//
// The format instructions are passed on unless a template has placed them.
func (r *renderer) result(p *ir.Prompt, messages []Expr) Stmt {
	format := Expr(&NameExpr{Name: "format"})
	for _, m := range p.Messages {
		for _, part := range m.Parts {
			if part.Text != nil && part.Text.PlacesFormat {
				format = &TextExpr{}
			}
		}
	}
	call := callOf(runtimePath, "Messages", append([]Expr{format}, messages...)...)
	if r.list != nil {
		call.Args, call.Spread = append(call.Args, &LocalExpr{r.list}), true
	}
	return &ReturnStmt{Value: call}
}

// spliced returns the statements that collect the messages in a variable:
//
//	messages := []l0.Message{first…}
//	messages = append(messages, in.History...)
//	messages = append(messages, more…)
func (r *renderer) spliced(p *ir.Prompt) []Stmt {
	var stmts []Stmt
	var pending []Expr
	list := r.use.choose("messages", "list")
	started := false
	flush := func() {
		switch {
		case !started && len(pending) == 0:
			stmts = append(stmts, &VarStmt{Local: list, Type: sliceOf(l0Type("Message"))})
			started = true
		case !started:
			first := &ListExpr{Elem: l0Type("Message"), Items: pending, Lines: len(pending) > 1}
			stmts = append(stmts, &AssignStmt{Local: list, Value: first, Declare: true})
			started = true
		case len(pending) > 0:
			stmts = append(stmts, appendTo(list, false, pending...))
		}
		pending = nil
	}
	for _, m := range p.Messages {
		if m.History == nil {
			pending = append(pending, r.message(m))
			continue
		}
		flush()
		x, _ := r.field(&NameExpr{Name: "in"}, m.History)
		stmts = append(stmts, appendTo(list, true, x))
	}
	flush()
	r.list = list
	return append(r.stmts, stmts...)
}

// appendTo is list = append(list, items…).
func appendTo(list *Local, spread bool, items ...Expr) Stmt {
	args := append([]Expr{&LocalExpr{list}}, items...)
	return &AssignStmt{Local: list, Value: &CallExpr{Func: &NameExpr{Name: "append"}, Args: args, Spread: spread}}
}

// message returns the expression of a message, after the statements that make
// its text.
func (r *renderer) message(m *ir.Message) Expr {
	if len(m.Parts) == 1 && m.Parts[0].Text != nil {
		return callOf(runtimePath, roleName(m.Role)+"Message", r.textOf(m.Parts[0].Text, m.Role))
	}
	message := &StructExpr{Type: l0Type("Message"), Names: []string{"Role", "Parts"}}
	message.Values = []Expr{&NameExpr{runtimePath, "Role" + roleName(m.Role)}, r.parts(m)}
	return message
}

func roleName(role ir.Role) string {
	switch role {
	case ir.System:
		return "System"
	case ir.Assistant:
		return "Assistant"
	}
	return "User"
}

// textOf returns the expression of a text, after the statements that write it:
//
//	var user render.Text
//	user.Str("…")
//	user.String()
func (r *renderer) textOf(t *ir.Template, role ir.Role) Expr {
	if text, static := staticText(t); static {
		return &TextExpr{text}
	}
	name := string(role)
	r.text = r.use.choose(name, name+"Text")
	r.stmts = append(r.stmts, &VarStmt{Local: r.text, Type: imported(renderPath, "Text")})
	r.nodes(t.Body)
	return &CallExpr{Func: &FieldExpr{&LocalExpr{r.text}, "String"}}
}

// staticText returns the text of a template that holds nothing else, as it is
// sent: without the newlines at its end.
func staticText(t *ir.Template) (string, bool) {
	var b strings.Builder
	for _, n := range t.Body {
		text, ok := n.(*ir.TextNode)
		if !ok {
			return "", false
		}
		b.WriteString(text.Text)
	}
	s := b.String()
	for strings.HasSuffix(s, "\n") {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r")
	}
	return s, true
}

// parts returns the expression of the parts of a message: a literal when all
// are always there, else a variable that statements fill.
func (r *renderer) parts(m *ir.Message) Expr {
	var items []Expr
	var list *Local
	var fill []Stmt
	for _, part := range m.Parts {
		if part.Text != nil {
			item := callOf(runtimePath, "TextPart", r.textOf(part.Text, m.Role))
			if list == nil {
				items = append(items, item)
			} else {
				fill = append(fill, appendTo(list, false, item))
			}
			continue
		}
		item, stmt := r.media(part.Media, func(item Expr) []Stmt {
			if list == nil {
				list = r.use.choose("parts", string(m.Role)+"Parts")
			}
			return []Stmt{appendTo(list, false, item)}
		})
		switch {
		case stmt != nil:
			fill = append(fill, stmt)
		case list != nil:
			fill = append(fill, appendTo(list, false, item))
		default:
			items = append(items, item)
		}
	}
	literal := &ListExpr{Elem: l0Type("Part"), Items: items, Lines: len(items) > 1}
	if list == nil {
		return literal
	}
	r.stmts = append(r.stmts, &AssignStmt{Local: list, Value: literal, Declare: true})
	r.stmts = append(r.stmts, fill...)
	return &LocalExpr{list}
}

// media returns the part of a medium, or, when it may be absent or is a list,
// the statement that adds what is there.
func (r *renderer) media(path []*ir.Field, add func(Expr) []Stmt) (Expr, Stmt) {
	x := Expr(&NameExpr{Name: "in"})
	var cond Expr
	pointer := false
	for _, f := range path {
		x, pointer = r.field(x, f)
		if pointer {
			cond = both(cond, &BinaryExpr{"!=", x, nilExpr()})
		}
	}
	t := path[len(path)-1].Type.Underlying()
	switch {
	case t.Kind == ir.List:
		v := r.use.choose("v", "item")
		defer r.use.free(v)
		item, itemPointer := Expr(&LocalExpr{v}), nullMode(t.Elem) != ir.NotNull
		body := add(callOf(runtimePath, "MediaPart", starIf(itemPointer, item)))
		if itemPointer {
			body = []Stmt{&IfStmt{Cond: &BinaryExpr{"!=", item, nilExpr()}, Then: body}}
		}
		loop := &RangeStmt{Value: v, Over: x, Body: body}
		if cond == nil {
			return nil, loop
		}
		return nil, &IfStmt{Cond: cond, Then: []Stmt{loop}}
	case cond != nil:
		return nil, &IfStmt{Cond: cond, Then: add(callOf(runtimePath, "MediaPart", starIf(pointer, x)))}
	}
	return callOf(runtimePath, "MediaPart", x), nil
}

// both joins two conditions, of which the first may be missing.
func both(a, b Expr) Expr {
	if a == nil {
		return b
	}
	return &BinaryExpr{"&&", a, b}
}

func starIf(pointer bool, x Expr) Expr {
	if pointer {
		return &StarExpr{x}
	}
	return x
}

// member is a field or method of a value. Pointers need no star in front.
func member(of Expr, name string) Expr {
	if star, ok := of.(*StarExpr); ok {
		of = star.Of
	}
	return &FieldExpr{of, name}
}

func nilExpr() Expr { return &TokenExpr{"nil"} }

func callOf(path, name string, args ...Expr) *CallExpr {
	return &CallExpr{Func: &NameExpr{path, name}, Args: args}
}
