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
		s.Then, s.Else = p.block(s.Then), p.block(s.Else)
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
		s.Body = p.block(s.Body)
		if len(s.Body) == 0 {
			return nil
		}
		if s.Key != nil && !p.read[s.Key] {
			s.Key, p.changed = nil, true
		}
		if s.Value != nil && !p.read[s.Value] {
			s.Value, p.changed = nil, true
		}
	}
	return s
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

// readBlock notes the variables that statements read. An assignment reads only
// what its value names.
func readBlock(stmts []Stmt, read map[*Local]bool) {
	for _, s := range stmts {
		readStmt(s, read)
	}
}

func readStmt(s Stmt, read map[*Local]bool) {
	switch s := s.(type) {
	case *AssignStmt:
		if !readsOnlyItself(s) {
			readExpr(s.Value, read)
		}
	case *DoStmt:
		readExpr(s.Call, read)
	case *IfStmt:
		if s.Init != nil {
			readExpr(s.Init.Value, read)
		}
		readExpr(s.Cond, read)
		readBlock(s.Then, read)
		readBlock(s.Else, read)
	case *RangeStmt:
		readExpr(s.Over, read)
		readBlock(s.Body, read)
	case *ReturnStmt:
		readExpr(s.Value, read)
	}
}

// readsOnlyItself reports whether an assignment is x = f(x), which keeps no
// variable alive.
func readsOnlyItself(s *AssignStmt) bool {
	inside := map[*Local]bool{}
	readExpr(s.Value, inside)
	return len(inside) == 1 && inside[s.Local]
}

func readExpr(x Expr, read map[*Local]bool) {
	switch x := x.(type) {
	case *LocalExpr:
		read[x.Local] = true
	case *FieldExpr:
		readExpr(x.Of, read)
	case *StarExpr:
		readExpr(x.Of, read)
	case *NotExpr:
		readExpr(x.Of, read)
	case *BinaryExpr:
		readExpr(x.Left, read)
		readExpr(x.Right, read)
	case *IndexExpr:
		readExpr(x.Of, read)
		readExpr(x.Key, read)
	case *CallExpr:
		readExpr(x.Func, read)
		for _, arg := range x.Args {
			readExpr(arg, read)
		}
	case *ConvertExpr:
		readExpr(x.Of, read)
	case *ListExpr:
		for _, item := range x.Items {
			readExpr(item, read)
		}
	case *StructExpr:
		for _, v := range x.Values {
			readExpr(v, read)
		}
	case *FuncExpr:
		readExpr(x.Result, read)
	}
}
