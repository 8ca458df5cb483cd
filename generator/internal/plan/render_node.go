package plan

import (
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// nodes adds the statements of the nodes of a block.
func (r *renderer) nodes(nodes []ir.Node) {
	for _, n := range nodes {
		r.node(n)
	}
}

// block returns the statements of a block of its own. Variables that it
// declares end with it.
func (r *renderer) block(nodes []ir.Node) []Stmt {
	outer, taken := r.stmts, r.use.taken
	r.stmts, r.use.taken = nil, map[string]bool{}
	for name := range taken {
		r.use.taken[name] = true
	}
	r.nodes(nodes)
	inner := r.stmts
	r.stmts, r.use.taken = outer, taken
	return inner
}

// add appends a statement.
func (r *renderer) add(s Stmt) { r.stmts = append(r.stmts, s) }

// node adds the statements of one node.
func (r *renderer) node(n ir.Node) {
	switch n := n.(type) {
	case *ir.TextNode:
		r.write("Str", &TextExpr{n.Text})
	case *ir.PrintNode:
		r.print(n.Value)
	case *ir.AssignNode:
		r.assign(n)
	case *ir.IfNode:
		r.choice(nil, r.cond(n.Cond), r.block(n.Then), r.block(n.Else))
	case *ir.WithNode:
		r.with(n)
	case *ir.RangeNode:
		r.loop(n)
	case *ir.BreakNode:
		r.add(&BranchStmt{})
	case *ir.ContinueNode:
		r.add(&BranchStmt{Continue: true})
	}
}

// write adds text.Method(x). Texts that follow each other become one.
func (r *renderer) write(method string, x Expr) {
	text, isText := x.(*TextExpr)
	if isText && text.Text == "" {
		return
	}
	if isText && len(r.stmts) > 0 {
		if before := r.writtenText(r.stmts[len(r.stmts)-1]); before != nil {
			before.Text += text.Text
			return
		}
	}
	r.add(&DoStmt{Call: &CallExpr{Func: &FieldExpr{&LocalExpr{r.text}, method}, Args: []Expr{x}}})
}

// writtenText returns the literal that a statement writes, if that is all that
// it does.
func (r *renderer) writtenText(s Stmt) *TextExpr {
	do, ok := s.(*DoStmt)
	if !ok {
		return nil
	}
	call, ok := do.Call.(*CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	text, ok := call.Args[0].(*TextExpr)
	if !ok {
		return nil
	}
	if of, ok := call.Func.(*FieldExpr); ok && of.Name == "Str" {
		if to, ok := of.Of.(*LocalExpr); ok && to.Local == r.text {
			return text
		}
	}
	return nil
}

// print writes a value, or nothing when it is absent.
func (r *renderer) print(e ir.Expr) {
	v := r.eval(e)
	if !v.pointer || !e.Info().Absent {
		r.printValue(e.Info().Type, r.plain(v))
		return
	}
	outer := r.stmts
	r.stmts = nil
	var init *AssignStmt
	x := v.x
	if !isPath(x) {
		local := r.use.choose("v", "value")
		defer r.use.free(local)
		init = &AssignStmt{Local: local, Value: x, Declare: true}
		x = &LocalExpr{local}
	}
	r.printValue(e.Info().Type, value{x: &StarExpr{x}, typ: v.typ})
	then := r.stmts
	r.stmts = outer
	r.add(&IfStmt{Init: init, Cond: &BinaryExpr{"!=", x, nilExpr()}, Then: then})
}

// isPath reports whether an expression only selects, so that a reader does not
// mind to see it twice.
func isPath(x Expr) bool {
	switch x := x.(type) {
	case *LocalExpr, *NameExpr:
		return true
	case *FieldExpr:
		return isPath(x.Of)
	case *StarExpr:
		return isPath(x.Of)
	}
	return false
}

// printValue writes a value that is there.
func (r *renderer) printValue(t *ir.Type, v value) {
	switch t := t.Underlying(); {
	case t.Kind == ir.Int, t.Kind == ir.Enum && isIntEnum(t):
		r.write("Int", convert(v, basic("int64")))
	case t.Kind == ir.Number:
		r.write("Num", convert(v, basic("float64")))
	case t.Kind == ir.Bool:
		r.write("Bool", convert(v, basic("bool")))
	case t.Kind == ir.DateTime:
		r.write("Time", v.x)
	default:
		r.write("Str", r.textForm(t, v))
	}
}

// textForm returns the expression of a value's text.
func (r *renderer) textForm(t *ir.Type, v value) Expr {
	if text := literalText(v.x); text != nil {
		return text
	}
	switch t := t.Underlying(); t.Kind {
	case ir.Decimal, ir.Date, ir.Duration:
		return &CallExpr{Func: member(v.x, "String")}
	case ir.Bytes:
		return callOf(renderPath, "Base64", v.x)
	}
	return convert(v, basic("string"))
}

// literalText returns the text of a string literal.
func literalText(x Expr) Expr {
	if text, ok := x.(*TextExpr); ok {
		return text
	}
	return nil
}

func isIntEnum(t *ir.Type) bool { return len(t.Members) > 0 && t.Members[0].Int }

// assign gives a variable a value.
func (r *renderer) assign(n *ir.AssignNode) {
	v := r.eval(n.Value)
	if n.Declare {
		h := held{pointer: v.pointer && n.Var.Optional, typ: r.valueType(n.Var.Type)}
		x := v.x
		if !h.pointer {
			p := r.plain(v)
			if x = p.x; v.untyped || p.typ != nil && !sameGoType(p.typ, h.typ) && p.typ.Name == "int" {
				x = &ConvertExpr{h.typ, p.x}
			} else if p.typ != nil {
				h.typ = p.typ
			}
		}
		h.local = r.use.forVar(n.Var, "v", "value")
		r.vars[n.Var] = h
		r.add(&AssignStmt{Local: h.local, Value: x, Declare: true})
		return
	}
	h := r.vars[n.Var]
	x := v.x
	if h.pointer {
		if v.typ != nil && !sameGoType(v.typ, h.typ) {
			x = &ConvertExpr{pointerTo(h.typ), x}
		}
	} else {
		x = convert(r.plain(v), h.typ)
	}
	if same, ok := x.(*LocalExpr); ok && same.Local == h.local {
		return // $x = $x
	}
	r.add(&AssignStmt{Local: h.local, Value: x})
}

// with adds
//
//	if v := value; v != nil { then } else { otherwise }
func (r *renderer) with(n *ir.WithNode) {
	v := r.eval(n.Value)
	local := r.use.forVar(n.Var, "v", "value")
	r.vars[n.Var] = held{local: local, pointer: v.pointer, typ: v.typ}
	bound := value{x: &LocalExpr{local}, pointer: v.pointer, typ: v.typ, untyped: v.untyped}
	init := &AssignStmt{Local: local, Value: v.x, Declare: true}
	var cond Expr
	if n.Value.Info().Optional && !isEmptyAbsent(n.Value.Info().Type) {
		cond = &BinaryExpr{"!=", bound.x, nilExpr()}
	} else {
		cond = r.truth(n.Value.Info().Type, r.plain(bound))
	}
	then, otherwise := r.block(n.Then), r.block(n.Else)
	r.use.free(local)
	r.choice(init, cond, then, otherwise)
}

// choice adds an if statement, unless the condition is known or both branches
// are empty.
func (r *renderer) choice(init *AssignStmt, cond Expr, then, otherwise []Stmt) {
	switch known := constant(cond); {
	case known != nil && init != nil: // the variable is declared for its uses
		r.inline([]Stmt{init})
		fallthrough
	case known != nil:
		if *known {
			r.inline(then)
		} else {
			r.inline(otherwise)
		}
	case len(then) == 0 && len(otherwise) == 0:
	case len(then) == 0:
		r.add(&IfStmt{Init: init, Cond: negate(cond), Then: otherwise})
	default:
		r.add(&IfStmt{Init: init, Cond: cond, Then: then, Else: otherwise})
	}
}

// inline adds the statements of a block that turned out to need none. The
// variables that it declares now belong to the block around it.
func (r *renderer) inline(stmts []Stmt) {
	for _, s := range stmts {
		if assign, ok := s.(*AssignStmt); ok && assign.Declare {
			r.use.taken[assign.Local.Name] = true
		}
		r.add(s)
	}
}

// loop adds
//
//	for key, v := range over { body }
//	if len(over) == 0 { otherwise }
func (r *renderer) loop(n *ir.RangeNode) {
	over := r.plain(r.eval(n.Over))
	elem := mapElem(n.Over.Info().Type)
	isMap := elem != nil
	if !isMap {
		elem = n.Over.Info().Type.Underlying().Elem
	}
	if !isPath(over.x) && (isMap || len(n.Else) > 0) {
		local := r.use.choose("list", "all")
		r.add(&AssignStmt{Local: local, Value: over.x, Declare: true})
		over.x = &LocalExpr{local}
	}
	s := &RangeStmt{Over: over.x, Value: r.use.forVar(n.Value, "v", "item", "elem")}
	r.vars[n.Value] = held{local: s.Value, pointer: r.pointerElem(elem), typ: r.valueType(elem)}
	switch {
	case n.Key != nil && isMap:
		s.Key = r.use.forVar(n.Key, "key", "k")
		r.vars[n.Key] = held{local: s.Key, typ: basic("string")}
	case isMap:
		s.Key = r.use.choose("key", "k")
	case n.Key != nil:
		s.Key = r.use.forVar(n.Key, "i", "index")
		r.vars[n.Key] = held{local: s.Key, typ: basic("int")}
	}
	s.Body = r.block(n.Body)
	if isMap {
		sortedKeys(s)
	}
	otherwise := r.block(n.Else)
	r.use.free(s.Key, s.Value)
	r.add(s)
	if len(otherwise) > 0 {
		empty := &BinaryExpr{"==", lenOf(over.x), &TokenExpr{"0"}}
		r.add(&IfStmt{Cond: empty, Then: otherwise})
	}
}

// sortedKeys makes a loop over a map run in the order of its keys:
//
//	for _, key := range render.Keys(over) {
//		v := over[key]
func sortedKeys(s *RangeStmt) {
	get := &AssignStmt{Local: s.Value, Value: &IndexExpr{s.Over, &LocalExpr{s.Key}}, Declare: true}
	s.Body = append([]Stmt{get}, s.Body...)
	s.Over = callOf(renderPath, "Keys", s.Over)
	s.Key, s.Value = nil, s.Key
}

func lenOf(x Expr) Expr { return &CallExpr{Func: &NameExpr{Name: "len"}, Args: []Expr{x}} }
