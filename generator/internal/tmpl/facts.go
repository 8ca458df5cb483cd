package tmpl

import (
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// A path is an expression that names the same place of the input wherever it
// stands: fields, from the input or from a variable that never changes. What a
// condition finds out about a path holds until the block ends.

// path returns a key for a path, empty when the expression is none.
func (s *scope) path(e ir.Expr) string {
	switch e := e.(type) {
	case *ir.InputExpr:
		return "."
	case *ir.FieldExpr:
		if of := s.path(e.Of); of != "" {
			return of + "/" + e.Field.Name
		}
	case *ir.VarExpr:
		if !e.Var.Assigned {
			return "$" + strconv.Itoa(s.ids[e.Var])
		}
	}
	return ""
}

// again returns an expression for another place of the text, with what is
// known there.
func (s *scope) again(e ir.Expr, span source.Span) ir.Expr {
	var copied ir.Expr
	switch e := e.(type) {
	case *ir.InputExpr:
		dup := *e
		copied = &dup
	case *ir.FieldExpr:
		dup := *e
		copied = &dup
	case *ir.VarExpr:
		dup := *e
		copied = &dup
	default:
		return e
	}
	info := copied.Info()
	info.Span = span
	if path := s.path(copied); path != "" && s.knows(path) {
		info.Absent = false
	}
	return copied
}

// whenTrue returns the paths that are present if a condition holds.
func (s *scope) whenTrue(cond ir.Expr) []string {
	switch cond := cond.(type) {
	case *ir.PresentExpr:
		return s.whenTrueOf(cond.Of)
	case *ir.TruthExpr:
		return s.whenTrueOf(cond.Of)
	case *ir.NotExpr:
		return s.whenFalse(cond.Of)
	case *ir.LogicExpr:
		if cond.Or {
			return nil
		}
		var paths []string
		for _, arg := range cond.Args {
			paths = append(paths, s.whenTrue(arg)...)
		}
		return paths
	}
	return nil
}

// whenTrueOf returns the path of a value that was found present.
func (s *scope) whenTrueOf(value ir.Expr) []string {
	if path := s.path(value); path != "" && value.Info().Optional {
		return []string{path}
	}
	return nil
}

// whenFalse returns the paths that are present if a condition does not hold.
func (s *scope) whenFalse(cond ir.Expr) []string {
	switch cond := cond.(type) {
	case *ir.NotExpr:
		return s.whenTrue(cond.Of)
	case *ir.LogicExpr:
		if !cond.Or {
			return nil
		}
		var paths []string
		for _, arg := range cond.Args {
			paths = append(paths, s.whenFalse(arg)...)
		}
		return paths
	}
	return nil
}

// truth makes a condition of a value.
func (s *scope) truth(value ir.Expr) ir.Expr {
	of := value.Info()
	info := ir.ExprInfo{Span: of.Span, Type: basic(ir.Bool)}
	t := of.Type.Underlying()
	switch {
	case isBad(value):
		return value
	case of.Optional && !nilable(t):
		return &ir.PresentExpr{ExprInfo: info, Of: value}
	case t.Kind == ir.Bool:
		return value
	case t.Kind == ir.Decimal:
		s.rep.Error(diag.TemplateType, of.Span, "%s is a decimal, which is neither true nor false", describe(value)).
			Hint("compare it: {{if ne %s 0}}", describe(value))
		return bad(of.Span)
	}
	return &ir.TruthExpr{ExprInfo: info, Of: value}
}
