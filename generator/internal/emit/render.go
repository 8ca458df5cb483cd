package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// renderFunc prints
//
//	func renderF(in FInput, format string) []l0.Message { … }
func renderFunc(r *plan.Render) *jen.Statement {
	return jen.Func().Id(r.Func).
		Params(jen.Id("in").Id(r.Input), jen.Id("format").String()).
		Index().Add(l0("Message")).
		Block(stmts(r.Body)...)
}

func stmts(list []plan.Stmt) []jen.Code {
	out := make([]jen.Code, len(list))
	for i, s := range list {
		out[i] = stmt(s)
	}
	return out
}

// stmt prints one statement.
func stmt(s plan.Stmt) *jen.Statement {
	switch s := s.(type) {
	case *plan.VarStmt:
		return jen.Var().Id(s.Local.Name).Add(goType(s.Type))
	case *plan.AssignStmt:
		return assign(s)
	case *plan.DoStmt:
		return expr(s.Call)
	case *plan.IfStmt:
		return ifStmt(s)
	case *plan.RangeStmt:
		return rangeStmt(s)
	case *plan.BranchStmt:
		if s.Continue {
			return jen.Continue()
		}
		return jen.Break()
	case *plan.ReturnStmt:
		return jen.Return(expr(s.Value))
	}
	return jen.Null()
}

// assign prints
//
//	x := value
//	x = value
func assign(s *plan.AssignStmt) *jen.Statement {
	op := "="
	if s.Declare {
		op = ":="
	}
	return jen.Id(s.Local.Name).Op(op).Add(expr(s.Value))
}

// ifStmt prints
//
//	if v := value; cond { … } else if … { … } else { … }
func ifStmt(s *plan.IfStmt) *jen.Statement {
	head := []jen.Code{expr(s.Cond)}
	if s.Init != nil {
		head = []jen.Code{assign(s.Init), expr(s.Cond)}
	}
	out := jen.If(head...).Block(stmts(s.Then)...)
	if len(s.Else) == 0 {
		return out
	}
	if nested, ok := s.Else[0].(*plan.IfStmt); ok && len(s.Else) == 1 {
		return out.Else().Add(ifStmt(nested))
	}
	return out.Else().Block(stmts(s.Else)...)
}

// rangeStmt prints
//
//	for key, v := range over { … }
//	for range over { … }
func rangeStmt(s *plan.RangeStmt) *jen.Statement {
	loop := jen.Range().Add(expr(s.Over))
	if s.Key == nil && s.Value == nil {
		return jen.For(loop).Block(stmts(s.Body)...)
	}
	key := "_"
	if s.Key != nil {
		key = s.Key.Name
	}
	names := jen.Id(key)
	if s.Value != nil {
		names = jen.List(names, jen.Id(s.Value.Name))
	}
	return jen.For(names.Op(":=").Add(loop)).Block(stmts(s.Body)...)
}
