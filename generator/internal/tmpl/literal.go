package tmpl

import (
	"encoding/json"
	"math"
	"strconv"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// literal returns a value that stands in the template.
func (s *scope) literal(n parse.Node, kind ir.Kind, text string) ir.Expr {
	return &ir.LiteralExpr{ExprInfo: ir.ExprInfo{Span: s.span(n), Type: basic(kind)}, Text: text}
}

// number compiles a number. As in text/template, a point or an exponent makes
// it a number, and a character is its code.
func (s *scope) number(n *parse.NumberNode) ir.Expr {
	switch {
	case n.IsFloat && looksFloat(n.Text):
		text, err := json.Marshal(n.Float64)
		if err != nil || math.IsInf(n.Float64, 0) {
			break
		}
		return s.literal(n, ir.Number, string(text))
	case n.IsInt:
		return s.literal(n, ir.Int, strconv.FormatInt(n.Int64, 10))
	}
	s.rep.Error(diag.TemplateType, s.span(n), "%s is not a number that fits an int or a number", n.Text)
	return bad(s.span(n))
}

// looksFloat reports whether a number is written with a point or an exponent.
func looksFloat(text string) bool {
	hex := len(text) > 2 && (text[1] == 'x' || text[1] == 'X' || len(text) > 3 && (text[2] == 'x' || text[2] == 'X'))
	for _, c := range text {
		switch c {
		case '\'':
			return false
		case '.', 'p', 'P':
			return true
		case 'e', 'E':
			if !hex {
				return true
			}
		}
	}
	return false
}

// adapt gives a literal the type of what it meets: a number becomes a decimal,
// a string the member of an enum. Other expressions, and literals that do not
// fit the kind, stay as they are.
func (s *scope) adapt(e ir.Expr, t *ir.Type) ir.Expr {
	literal, ok := e.(*ir.LiteralExpr)
	if !ok || isBad(e) {
		return e
	}
	from, to := literal.Type.Kind, t.Underlying()
	as := func(text string) ir.Expr {
		return &ir.LiteralExpr{ExprInfo: ir.ExprInfo{Span: literal.Span, Type: t}, Text: text}
	}
	switch {
	case to.Kind == ir.Enum && (from == ir.String || from == ir.Int):
		return s.member(literal, to, as)
	case from == ir.Number && (to.Kind == ir.Int || to.Kind == ir.Enum && isIntEnum(to)):
		return s.whole(literal, as)
	case from == ir.Int && (to.Kind == ir.Number || to.Kind == ir.Decimal),
		from == ir.Number && to.Kind == ir.Decimal,
		from == ir.String && to.Kind.IsText():
		return as(literal.Text)
	}
	return e
}

// whole makes an int of a number, if it has no fraction.
func (s *scope) whole(literal *ir.LiteralExpr, as func(string) ir.Expr) ir.Expr {
	const exact = 1 << 53
	f, err := strconv.ParseFloat(literal.Text, 64)
	if err == nil && f == math.Trunc(f) && math.Abs(f) <= exact {
		return as(strconv.FormatInt(int64(f), 10))
	}
	s.rep.Error(diag.TemplateType, literal.Span, "%s is not an int", literal.Text)
	return bad(literal.Span)
}

// member makes a literal a member of an enum.
func (s *scope) member(literal *ir.LiteralExpr, enum *ir.Type, as func(string) ir.Expr) ir.Expr {
	if isIntEnum(enum) != (literal.Type.Kind == ir.Int) {
		return literal
	}
	members := make([]string, len(enum.Members))
	for i, m := range enum.Members {
		if members[i] = m.Text; m.Text == literal.Text {
			return as(literal.Text)
		}
	}
	shown := literal.Text
	if !isIntEnum(enum) {
		shown = strconv.Quote(shown)
	}
	s.rep.Error(diag.TemplateType, literal.Span, "%s is no member of the enum", shown).DidYouMean(literal.Text, members)
	return bad(literal.Span)
}
