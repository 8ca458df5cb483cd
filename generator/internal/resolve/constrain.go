package resolve

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// annotate copies what a schema says for people and for absent values.
func (r *resolver) annotate(t *ir.Type, s *syntax.Schema) {
	if s.Doc.IsSet() && s.Description.IsSet() {
		r.rep.Error(diag.KeyConflict, s.Doc.Span, "\"doc\" and \"description\" are the same").
			Also(s.Description.Span, "the other").Hint("keep one of them")
	}
	if s.GoName.IsSet() && s.XGoName.IsSet() {
		r.rep.Error(diag.KeyConflict, s.GoName.Span, "\"go_name\" and \"x-go-name\" are the same").
			Also(s.XGoName.Span, "the other").Hint("keep one of them")
	}
	t.Doc = clean(s.Doc.Value + s.Description.Value)
	t.Title = clean(s.Title.Value)
	t.Deprecated = s.Deprecated.Value
	if s.GoName.IsSet() {
		t.GoName = s.GoName.Value
	} else {
		t.GoName = s.XGoName.Value
	}
	for _, ex := range s.Examples.Items {
		if ex != nil && ex.JSON != "" {
			t.Examples = append(t.Examples, ex.JSON)
		}
	}
	if s.Const != nil {
		t.Const = s.Const.JSON
	}
	if s.Default != nil {
		t.Default, t.DefaultSpan = s.Default.JSON, s.Default.Span
	}
}

// constraint is a keyword that demands something of the values of some kinds.
type constraint struct {
	name string
	span source.Span // zero when the schema does not have it
	fits func(t *ir.Type) bool
	set  func(t *ir.Type)
}

// constrain puts the constraints of a schema onto its type, and reports those
// that say nothing about values of that type.
func (r *resolver) constrain(t *ir.Type, s *syntax.Schema) {
	for _, c := range r.constraints(s) {
		if c.span.IsZero() {
			continue
		}
		if !c.fits(t) {
			r.misfit(syntax.String{Value: c.name, Span: c.span}, t)
			continue
		}
		c.set(t)
	}
	r.format(t, s)
}

func (r *resolver) misfit(key syntax.String, t *ir.Type) {
	d := r.rep.Error(diag.ConstraintMisfit, key.Span, "%q does not fit %s", key.Value, describe(t))
	if u := t.Underlying(); u.Kind == ir.List && u.Elem != nil && u.Elem.Kind != ir.List {
		d.Hint("on a list, constraints are the list's (minItems, maxItems, uniqueItems); write those of its elements under items")
	}
}

func (r *resolver) constraints(s *syntax.Schema) []constraint {
	return append(append(textConstraints(s), r.numberConstraints(s)...), containerConstraints(s)...)
}

func textConstraints(s *syntax.Schema) []constraint {
	text := func(t *ir.Type) bool { return t.Underlying().Kind.IsText() }
	return []constraint{
		{"minLength", s.MinLength.Span, text, func(t *ir.Type) { t.Rules.MinLength = &s.MinLength.Value }},
		{"maxLength", s.MaxLength.Span, text, func(t *ir.Type) { t.Rules.MaxLength = &s.MaxLength.Value }},
		{"pattern", s.Pattern.Span, text, func(t *ir.Type) {
			t.Rules.Pattern, t.PatternSpan = s.Pattern.Value, s.Pattern.Span
		}},
	}
}

func (r *resolver) numberConstraints(s *syntax.Schema) []constraint {
	number := func(t *ir.Type) bool {
		k := t.Underlying().Kind
		return k == ir.Int || k == ir.Number || k == ir.Decimal
	}
	one := func(name string, v *syntax.Value, set func(t *ir.Type, json string)) constraint {
		c := constraint{name: name, fits: number}
		if v == nil {
			return c
		}
		c.span = v.Span
		c.set = func(t *ir.Type) {
			if v.JSON != "" && !isNumber(v.JSON) {
				r.rep.Error(diag.WrongKind, v.Span, "%q must be a number", name)
				return
			}
			set(t, v.JSON)
		}
		return c
	}
	return []constraint{
		one("minimum", s.Minimum, func(t *ir.Type, j string) { t.Rules.Minimum = j }),
		one("maximum", s.Maximum, func(t *ir.Type, j string) { t.Rules.Maximum = j }),
		one("exclusiveMinimum", s.ExclusiveMinimum, func(t *ir.Type, j string) { t.Rules.ExclusiveMin = j }),
		one("exclusiveMaximum", s.ExclusiveMaximum, func(t *ir.Type, j string) { t.Rules.ExclusiveMax = j }),
		one("multipleOf", s.MultipleOf, func(t *ir.Type, j string) { t.Rules.MultipleOf = j }),
	}
}

func isNumber(json string) bool { return json[0] == '-' || json[0] >= '0' && json[0] <= '9' }

func containerConstraints(s *syntax.Schema) []constraint {
	list := func(t *ir.Type) bool { return t.Underlying().Kind == ir.List }
	object := func(t *ir.Type) bool { k := t.Underlying().Kind; return k == ir.Object || k == ir.Map }
	return []constraint{
		{"minItems", s.MinItems.Span, list, func(t *ir.Type) { t.Rules.MinItems = &s.MinItems.Value }},
		{"maxItems", s.MaxItems.Span, list, func(t *ir.Type) { t.Rules.MaxItems = &s.MaxItems.Value }},
		{"uniqueItems", s.UniqueItems.Span, list, func(t *ir.Type) { t.Rules.UniqueItems = s.UniqueItems.Value }},
		{"minProperties", s.MinProperties.Span, object, func(t *ir.Type) { t.Rules.MinProperties = &s.MinProperties.Value }},
		{"maxProperties", s.MaxProperties.Span, object, func(t *ir.Type) { t.Rules.MaxProperties = &s.MaxProperties.Value }},
	}
}

// formats are the formats that are asserted; those of a Go type of their own
// have a kind.
func formats() map[string]ir.Kind {
	return map[string]ir.Kind{
		"date-time": ir.DateTime, "date": ir.Date, "duration": ir.Duration, "uuid": ir.UUID, "uri": ir.URI,
		"time": ir.String, "email": ir.String, "hostname": ir.String, "ipv4": ir.String, "ipv6": ir.String,
		"uri-reference": ir.String, "uri-template": ir.String, "iri": ir.String, "iri-reference": ir.String,
		"json-pointer": ir.String, "relative-json-pointer": ir.String, "regex": ir.String,
	}
}

// format applies "format" and "contentEncoding", which can decide the type of a
// string.
func (r *resolver) format(t *ir.Type, s *syntax.Schema) {
	if s.ContentEncoding.IsSet() {
		switch {
		case t.Kind != ir.String:
			r.misfit(syntax.String{Value: "contentEncoding", Span: s.ContentEncoding.Span}, t)
		case s.ContentEncoding.Value != "base64":
			r.rep.Error(diag.NotSupported, s.ContentEncoding.Span, "the encoding %q is not supported yet", s.ContentEncoding.Value).
				Hint("only base64 is")
		case !t.Rules.IsZero() || s.Format.IsSet():
			r.rep.Error(diag.KeyConflict, s.ContentEncoding.Span, "encoded bytes take no constraints of text")
		default:
			t.Kind = ir.Bytes
		}
		return
	}
	if !s.Format.IsSet() {
		return
	}
	kind, known := formats()[s.Format.Value]
	switch {
	case !known:
		words := make([]string, 0, len(formats()))
		for w := range formats() {
			words = append(words, w)
		}
		r.rep.Error(diag.WrongValue, s.Format.Span, "unknown format %q", s.Format.Value).
			DidYouMean(s.Format.Value, words).Hint("a format that is not checked would promise nothing; write a pattern")
	case t.Kind == kind && kind != ir.String: // type: date, format: date
	case t.Underlying().Kind != ir.String, t.Kind == ir.Ref && kind != ir.String:
		r.misfit(syntax.String{Value: "format", Span: s.Format.Span}, t)
	case kind == ir.String:
		t.Format = s.Format.Value
	default:
		t.Kind = kind
	}
}
