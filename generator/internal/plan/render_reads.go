package plan

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
