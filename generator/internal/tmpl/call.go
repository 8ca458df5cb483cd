package tmpl

import (
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// usage returns how a function is called, empty when there is none.
func usage(name string) string {
	for _, u := range usages() {
		if first, _, _ := strings.Cut(u, " "); first == name {
			return u
		}
	}
	return ""
}

// usages lists the functions as they are called. Data stands last, so that it
// can come through a pipeline.
func usages() []string {
	return []string{
		"and A B", "or A B", "not A", "eq A B", "ne A B", "lt A B", "le A B", "gt A B", "ge A B",
		"len VALUE", "index MAP KEY", "join SEPARATOR LIST", "json VALUE", "indent N TEXT", "trim TEXT",
		"lower TEXT", "upper TEXT", "truncate N TEXT", "default VALUE OPTIONAL", "schema",
	}
}

// call compiles the call of a function.
func (s *scope) call(name *parse.IdentifierNode, args []parse.Node, cond bool) ir.Expr {
	c := &call{scope: s, name: name.Ident, args: args, span: s.callSpan(name, args), nameSpan: s.span(name)}
	var result ir.Expr
	switch name.Ident {
	case "and", "or":
		if cond {
			return c.logic()
		}
		return c.pick()
	case "not":
		if !c.arity(1, 1) {
			return bad(c.span)
		}
		of := s.cond(args[0])
		if isBad(of) {
			return bad(c.span)
		}
		return &ir.NotExpr{ExprInfo: c.info(ir.Bool), Of: of}
	case "eq", "ne", "lt", "le", "gt", "ge":
		return c.compare(ir.CompareOp(name.Ident))
	default:
		result = c.function()
	}
	if cond {
		return s.truth(result)
	}
	return result
}

// callSpan returns the span from the name of a function to its last argument,
// or from what a pipeline gives it to its name.
func (s *scope) callSpan(name parse.Node, args []parse.Node) source.Span {
	start, end := s.tree.bounds(name)
	for _, arg := range args {
		from, to := s.tree.bounds(arg)
		start, end = min(start, from), max(end, to)
	}
	return s.tree.text.At(start, end)
}

// call is a function call that is being compiled.
type call struct {
	*scope
	name           string
	args           []parse.Node
	span, nameSpan source.Span
}

// info describes a result that is always there.
func (c *call) info(kind ir.Kind) ir.ExprInfo {
	return ir.ExprInfo{Span: c.span, Type: basic(kind)}
}

// arity checks the number of arguments. least may be less than most; most is
// -1 when there is no limit.
func (c *call) arity(least, most int) bool {
	if n := len(c.args); n >= least && (most < 0 || n <= most) {
		return true
	}
	given := "no arguments"
	switch n := len(c.args); {
	case n == 1:
		given = "one argument"
	case n > 1:
		given = strconv.Itoa(n) + " arguments"
	}
	c.rep.Error(diag.TemplateType, c.nameSpan, "%s cannot have %s", c.name, given).
		Hint("it is called as %s", usage(c.name))
	return false
}

// function compiles the calls that give a value.
func (c *call) function() ir.Expr {
	switch c.name {
	case "len":
		return c.length()
	case "index":
		return c.index()
	case "join":
		return c.join()
	case "json":
		return c.json()
	case "trim", "lower", "upper":
		return c.text(0)
	case "indent", "truncate":
		return c.text(1)
	case "default":
		return c.fallback()
	case "schema":
		return c.schema()
	}
	return c.unknown()
}

// hints says what to write instead of functions that text/template has.
func hints(name string) string {
	switch name {
	case "printf", "print", "println":
		return "values print as they are: {{.a}} {{.b}}"
	case "html", "js", "urlquery":
		return "messages are plain text and are not escaped"
	case "slice":
		return "use {{truncate N TEXT}}"
	case "call":
		return "inputs hold data, not functions"
	case "window":
		return "use {{window.number}} or {{window.count}}"
	case "toJson", "tojson", "toJSON":
		return "use json"
	}
	return ""
}

// unknown reports a function that does not exist.
func (c *call) unknown() ir.Expr {
	d := c.rep.Error(diag.FunctionUnknown, c.nameSpan, "no function is named %q", c.name)
	if hint := hints(c.name); hint != "" {
		d.Hint("%s", hint)
		return bad(c.span)
	}
	var names []string
	for _, u := range usages() {
		name, _, _ := strings.Cut(u, " ")
		names = append(names, name)
	}
	if c.inputNamed(c.name) {
		d.Hint("inputs are named with a dot: .%s", c.name)
		return bad(c.span)
	}
	if d.DidYouMean(c.name, names); len(d.Hints) == 0 {
		d.Hint("there are %s", strings.Join(names, ", "))
	}
	return bad(c.span)
}

// schema compiles {{schema}}.
func (c *call) schema() ir.Expr {
	if !c.arity(0, 0) {
		return bad(c.span)
	}
	if !c.env.Schema {
		c.rep.Error(diag.FunctionUnknown, c.span, "schema is not available here").
			Hint("only a prompt with an output has format instructions")
		return bad(c.span)
	}
	c.placesFormat = true
	return &ir.FormatExpr{ExprInfo: c.info(ir.String)}
}

// length compiles {{len VALUE}}. A list or map that is absent has none.
func (c *call) length() ir.Expr {
	if !c.arity(1, 1) {
		return bad(c.span)
	}
	of := c.value(c.args[0])
	t := of.Info().Type.Underlying()
	switch {
	case isBad(of):
		return bad(c.span)
	case t.Kind == ir.List, mapElem(t) != nil:
	case t.Kind == ir.Bytes, isText(t):
		if !c.here(of, of.Info().Span) {
			return bad(c.span)
		}
	default:
		return c.misfit(of, "a string, bytes, a list or a map")
	}
	return &ir.CallExpr{ExprInfo: c.info(ir.Int), Func: ir.FuncLen, Args: []ir.Expr{of}}
}

// misfit reports an argument of the wrong type.
func (c *call) misfit(arg ir.Expr, wanted string) ir.Expr {
	c.rep.Error(diag.TemplateType, arg.Info().Span, "%s needs %s; %s is %s", c.name, wanted, describe(arg), noun(arg.Info().Type)).
		Hint("it is called as %s", usage(c.name))
	return bad(c.span)
}

// index compiles {{index MAP KEY}}.
func (c *call) index() ir.Expr {
	if !c.arity(2, 2) {
		return bad(c.span)
	}
	of, key := c.value(c.args[0]), c.value(c.args[1])
	if isBad(of) || isBad(key) {
		return bad(c.span)
	}
	elem := mapElem(of.Info().Type)
	if elem == nil {
		return c.misfit(of, "a map")
	}
	if !isText(key.Info().Type) {
		return c.misfit(key, "a string for its key")
	}
	if !c.here(key, key.Info().Span) || elem.Underlying().Kind == ir.Invalid {
		return bad(c.span)
	}
	optional := nullMode(elem) != ir.NotNull
	info := ir.ExprInfo{Span: c.span, Type: elem, Optional: optional, Absent: optional}
	return &ir.IndexExpr{ExprInfo: info, Map: of, Key: key}
}

// join compiles {{join SEPARATOR LIST}}.
func (c *call) join() ir.Expr {
	if !c.arity(2, 2) {
		return bad(c.span)
	}
	sep, list := c.value(c.args[0]), c.value(c.args[1])
	if isBad(sep) || isBad(list) {
		return bad(c.span)
	}
	if !isText(sep.Info().Type) {
		return c.misfit(sep, "a string for its separator")
	}
	t := list.Info().Type.Underlying()
	if t.Kind != ir.List || t.Elem == nil {
		return c.misfit(list, "a list")
	}
	element := t.Elem.Underlying()
	switch {
	case element.Kind == ir.Invalid || !c.here(sep, sep.Info().Span):
		return bad(c.span)
	case !hasText(element.Kind):
		c.rep.Error(diag.TemplatePrint, list.Info().Span, "each element of %s is %s, which has no text form",
			describe(list), noun(element)).Hint("use {{range %s}}…{{end}} or {{json %s}}", describe(list), describe(list))
		return bad(c.span)
	}
	return &ir.CallExpr{ExprInfo: c.info(ir.String), Func: ir.FuncJoin, Args: []ir.Expr{sep, list}}
}

// json compiles {{json VALUE}}, which takes everything.
func (c *call) json() ir.Expr {
	if !c.arity(1, 1) {
		return bad(c.span)
	}
	of := c.value(c.args[0])
	if isBad(of) {
		return bad(c.span)
	}
	return &ir.CallExpr{ExprInfo: c.info(ir.String), Func: ir.FuncJSON, Args: []ir.Expr{of}}
}

// text compiles the functions on text, with numbers in front.
func (c *call) text(numbers int) ir.Expr {
	if !c.arity(numbers+1, numbers+1) {
		return bad(c.span)
	}
	args := make([]ir.Expr, len(c.args))
	failed := false
	for i, n := range c.args {
		arg := c.value(n)
		if i < numbers {
			arg = c.adapt(arg, basic(ir.Int))
		}
		args[i] = arg
		switch {
		case isBad(arg) || !c.here(arg, arg.Info().Span):
			failed = true
		case i < numbers && arg.Info().Type.Underlying().Kind != ir.Int:
			c.misfit(arg, "an int")
			failed = true
		case i == numbers && !isText(arg.Info().Type):
			c.misfit(arg, "a string")
			failed = true
		}
	}
	if failed {
		return bad(c.span)
	}
	return &ir.CallExpr{ExprInfo: c.info(ir.String), Func: ir.Func(c.name), Args: args}
}

// fallback compiles {{default VALUE OPTIONAL}}. What is never absent needs no
// default, but a partial that is used twice may not know.
func (c *call) fallback() ir.Expr {
	if !c.arity(2, 2) {
		return bad(c.span)
	}
	value, optional := c.value(c.args[0]), c.value(c.args[1])
	if isBad(value) || isBad(optional) {
		return bad(c.span)
	}
	t := optional.Info().Type
	value = c.adapt(value, t)
	switch {
	case isBad(value) || !c.here(value, value.Info().Span):
		return bad(c.span)
	case !sameType(t, value.Info().Type):
		c.rep.Error(diag.TemplateType, value.Info().Span, "the default is %s, but %s is %s",
			noun(value.Info().Type), describe(optional), noun(t)).
			Hint("use {{with %s}}…{{else}}…{{end}} for another text", describe(optional))
		return bad(c.span)
	case !optional.Info().Optional:
		return optional
	}
	info := ir.ExprInfo{Span: c.span, Type: t}
	return &ir.CallExpr{ExprInfo: info, Func: ir.FuncDefault, Args: []ir.Expr{value, optional}}
}
