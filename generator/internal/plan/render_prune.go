package plan

// prune drops what no reader would miss and Go refuses: variables that nothing
// reads, statements behind a break or continue, and empty blocks.
func prune(stmts []Stmt) []Stmt {
	for {
		read := map[*Local]bool{}
		readBlock(stmts, read)
		p := &pruner{read: read}
		if stmts = p.block(stmts); !p.changed {
			return stmts
		}
	}
}

// pruner drops what needs no variable beyond those that are read.
type pruner struct {
	read    map[*Local]bool
	changed bool
}

func (p *pruner) block(stmts []Stmt) []Stmt {
	var out []Stmt
	for i, s := range stmts {
		s = p.stmt(s)
		if s == nil {
			p.changed = true
			continue
		}
		out = append(out, s)
		if ends(s) && i+1 < len(stmts) {
			p.changed = true
			break
		}
	}
	return out
}

// stmt returns a statement without what is not needed; nil when nothing is
// left.
func (p *pruner) stmt(s Stmt) Stmt {
	switch s := s.(type) {
	case *AssignStmt:
		if !p.read[s.Local] {
			return nil
		}
	case *IfStmt:
		s.Then, s.Else = p.block(s.Then), p.withoutRepeats(p.block(s.Else), []Expr{s.Cond})
		switch {
		case len(s.Then) == 0 && len(s.Else) == 0:
			return nil
		case len(s.Then) == 0:
			s.Cond, s.Then, s.Else = negate(s.Cond), s.Else, nil
		}
		if s.Init != nil && !p.read[s.Init.Local] {
			s.Init, p.changed = nil, true
		}
	case *RangeStmt:
		s.Body = p.trimContinue(p.block(s.Body))
		if len(s.Body) == 0 {
			return nil
		}
		if s.Key != nil && !p.read[s.Key] {
			s.Key, p.changed = nil, true
		}
		if s.Value != nil && !p.read[s.Value] {
			s.Value, p.changed = nil, true
		}
		if once := firstOnly(s); once != nil {
			p.changed = true
			return once
		}
	}
	return s
}

// trimContinue drops what only goes on with the next round at the end of one.
func (p *pruner) trimContinue(stmts []Stmt) []Stmt {
	if len(stmts) == 0 {
		return stmts
	}
	last := len(stmts) - 1
	switch s := stmts[last].(type) {
	case *BranchStmt:
		if s.Continue {
			p.changed = true
			return stmts[:last]
		}
	case *IfStmt:
		s.Then, s.Else = p.trimContinue(s.Then), p.trimContinue(s.Else)
		if len(s.Then) == 0 && len(s.Else) == 0 {
			p.changed = true
			return stmts[:last]
		}
	}
	return stmts
}

// firstOnly returns what a loop comes to that ends in its first round:
//
//	if len(over) > 0 {
//		v := over[0]
//		…
//	}
//
// It returns nil for other loops.
func firstOnly(s *RangeStmt) Stmt {
	last := len(s.Body) - 1
	branch, ok := s.Body[last].(*BranchStmt)
	if !ok || branch.Continue || branches(s.Body[:last]) {
		return nil
	}
	counted := s.Over
	if call, ok := s.Over.(*CallExpr); ok && sortsKeys(call) {
		counted = call.Args[0]
	}
	if !isPath(counted) {
		return nil
	}
	zero := &TokenExpr{"0"}
	var body []Stmt
	if s.Key != nil {
		body = append(body, &AssignStmt{Local: s.Key, Value: zero, Declare: true})
	}
	if s.Value != nil {
		body = append(body, &AssignStmt{Local: s.Value, Value: &IndexExpr{s.Over, zero}, Declare: true})
	}
	return &IfStmt{Cond: &BinaryExpr{">", lenOf(counted), zero}, Then: append(body, s.Body[:last]...)}
}

// sortsKeys reports whether a call is render.Keys(m).
func sortsKeys(call *CallExpr) bool {
	name, ok := call.Func.(*NameExpr)
	return ok && name.Path == renderPath && name.Name == "Keys"
}

// branches reports whether statements leave the loop around them, or its round.
func branches(stmts []Stmt) bool {
	for _, s := range stmts {
		switch s := s.(type) {
		case *BranchStmt:
			return true
		case *IfStmt:
			if branches(s.Then) || branches(s.Else) {
				return true
			}
		}
	}
	return false
}

// withoutRepeats drops the branches of an else-if chain whose conditions were
// found false before.
func (p *pruner) withoutRepeats(otherwise []Stmt, seen []Expr) []Stmt {
	if len(otherwise) != 1 {
		return otherwise
	}
	next, ok := otherwise[0].(*IfStmt)
	if !ok || next.Init != nil {
		return otherwise
	}
	if said(seen, next.Cond) {
		p.changed = true
		return p.withoutRepeats(next.Else, seen)
	}
	next.Else = p.withoutRepeats(next.Else, append(seen, next.Cond))
	return otherwise
}

// ends reports whether the statement behind a statement is never reached.
func ends(s Stmt) bool {
	switch s := s.(type) {
	case *BranchStmt, *ReturnStmt:
		return true
	case *IfStmt:
		return len(s.Then) > 0 && len(s.Else) > 0 && ends(s.Then[len(s.Then)-1]) && ends(s.Else[len(s.Else)-1])
	}
	return false
}
