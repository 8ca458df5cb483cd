package resolve

import (
	"slices"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// schemaWords are the types of JSON Schema that type expressions write
// otherwise.
func schemaWords() []string { return []string{"integer", "boolean", "object", "array", "null"} }

// schema resolves a type in the notation of JSON Schema.
func (r *resolver) schema(s *syntax.Schema) *ir.Type {
	return r.refine(r.schemaBase(s), s)
}

// refine puts what a schema says beside its type onto that type.
func (r *resolver) refine(t *ir.Type, s *syntax.Schema) *ir.Type {
	t.Span = s.Span
	if t.Kind == ir.Invalid {
		return t
	}
	r.annotate(t, s)
	r.constrain(t, s)
	return t
}

// schemaBase finds the kind of a schema and what it is made of.
func (r *resolver) schemaBase(s *syntax.Schema) *ir.Type {
	t, word := r.typeKey(s)
	switch {
	case s.Fields.IsSet():
		return r.fieldsObject(s, t, word)
	case s.Enum.IsSet():
		return r.enumSchema(s, t, word)
	case word == "object", word == "" && t == nil && (s.Properties.IsSet() || s.AdditionalProperties.IsSet()):
		return withNull(r.object(s), t)
	case word == "array", word == "" && t == nil && s.Items != nil:
		return withNull(r.array(s), t)
	case t != nil:
		return r.exprBase(s, t)
	case s.Const != nil:
		return r.constBase(s)
	default:
		return r.untyped(s)
	}
}

// withNull gives a type the null mode that its type key said.
func withNull(t, key *ir.Type) *ir.Type {
	if key != nil {
		t.Null = key.Null
	}
	return t
}

// typeKey reads "type": the type of an expression or a scalar word, or
// "object" or "array" with a type that carries only the null mode.
func (r *resolver) typeKey(s *syntax.Schema) (t *ir.Type, word string) {
	if !s.Type.IsSet() {
		return nil, ""
	}
	if s.Type.List != nil {
		return r.typeList(s)
	}
	expr := s.Type.Expr.Value
	if bare := strings.TrimSuffix(expr, "?"); slices.Contains(schemaWords(), bare) {
		t, word = r.schemaWord(syntax.String{Value: bare, Span: s.Type.Span})
		if bare != expr {
			t.Null = ir.NullAbsent
		}
		return t, word
	}
	return r.typeExpr(s.Type.Expr.Text), ""
}

func (r *resolver) schemaWord(name syntax.String) (t *ir.Type, word string) {
	t = &ir.Type{Span: name.Span}
	switch name.Value {
	case "integer":
		t.Kind = ir.Int
	case "boolean":
		t.Kind = ir.Bool
	case "object", "array":
		return t, name.Value
	default:
		r.rep.Error(diag.NotSupported, name.Span, "a type that is only null is not supported yet")
	}
	return t, ""
}

// typeList reads [T] and [T, "null"].
func (r *resolver) typeList(s *syntax.Schema) (t *ir.Type, word string) {
	var rest []syntax.String
	null := ir.NotNull
	for _, name := range s.Type.List {
		if name.Value == "null" {
			null = ir.NullValue
			continue
		}
		rest = append(rest, name)
	}
	for _, name := range rest {
		if k := r.builtins[name.Value]; k != ir.String && k != ir.Number && !slices.Contains(schemaWords(), name.Value) {
			r.rep.Error(diag.TypeUnknown, name.Span, "unknown JSON type %q", name.Value).
				Hint("a list of types holds string, number, integer, boolean, object, array and null; members of an enum stand under \"enum\"; an optional type is \"T?\"")
			return &ir.Type{}, ""
		}
	}
	switch {
	case len(rest) == 0:
		r.rep.Error(diag.NotSupported, s.Type.Span, "a type that is only null is not supported yet")
		return &ir.Type{}, ""
	case len(rest) > 1:
		r.rep.Error(diag.NotSupported, s.Type.Span, "a list of several types is not supported yet")
		return &ir.Type{}, ""
	case slices.Contains(schemaWords(), rest[0].Value):
		t, word = r.schemaWord(rest[0])
	default:
		t = &ir.Type{Kind: r.builtins[rest[0].Value], Span: rest[0].Span}
	}
	t.Null = null
	return t, word
}

// fieldsObject resolves the short form of an object.
func (r *resolver) fieldsObject(s *syntax.Schema, key *ir.Type, word string) *ir.Type {
	for _, other := range []struct {
		set  bool
		name string
	}{
		{s.Properties.IsSet(), "properties"},
		{s.Required.IsSet(), "required"},
		{s.AdditionalProperties.IsSet(), "additionalProperties"},
		{s.Items != nil, "items"},
		{s.Enum.IsSet(), "enum"},
	} {
		if other.set {
			r.rep.Error(diag.KeyConflict, s.Fields.Span, "\"fields\" and %q exclude each other", other.name).
				Hint("fields is short for properties that are all required unless marked \"?\", and nothing else allowed")
		}
	}
	if key != nil && word != "object" && key.Kind != ir.Invalid {
		r.rep.Error(diag.KeyConflict, s.Type.Span, "\"fields\" makes an object, so its type cannot be this").
			Hint("leave \"type\" out")
	}
	t := &ir.Type{Kind: ir.Object, Fields: r.fields(s.Fields)}
	if word == "object" {
		t.Null = key.Null
	}
	return t
}

// object resolves an object of JSON Schema. Without properties it is a map.
func (r *resolver) object(s *syntax.Schema) *ir.Type {
	t := &ir.Type{Kind: ir.Object, Fields: r.properties(s)}
	extra := s.AdditionalProperties
	switch {
	case !extra.IsSet(), extra.Type == nil && extra.Bool:
		t.Extra = &ir.Type{Kind: ir.Any, Span: s.Span}
	case extra.Type != nil:
		t.Extra = r.typ(extra.Type)
		element(t.Extra)
	}
	if len(t.Fields) == 0 && t.Extra != nil {
		return &ir.Type{Kind: ir.Map, Elem: t.Extra}
	}
	return t
}

// array resolves "type: array".
func (r *resolver) array(s *syntax.Schema) *ir.Type {
	if s.Items == nil {
		r.rep.Error(diag.MissingKey, firstOf(s), "the list says nothing of its elements").
			Hint("write items: with their type, or items: any")
		return &ir.Type{Kind: ir.Invalid, Span: s.Span}
	}
	elem := r.typ(s.Items)
	element(elem)
	return &ir.Type{Kind: ir.List, Elem: elem}
}

// exprBase resolves a schema whose type is an expression. On a list, items
// refines the elements.
func (r *resolver) exprBase(s *syntax.Schema, t *ir.Type) *ir.Type {
	for _, misfit := range []struct {
		set  bool
		span syntax.String
	}{
		{s.Properties.IsSet(), syntax.String{Value: "properties", Span: s.Properties.Span}},
		{s.AdditionalProperties.IsSet(), syntax.String{Value: "additionalProperties", Span: s.AdditionalProperties.Span}},
		{s.Required.IsSet(), syntax.String{Value: "required", Span: s.Required.Span}},
	} {
		if misfit.set && t.Kind != ir.Invalid {
			r.misfit(misfit.span, t)
		}
	}
	if s.Items == nil || t.Kind == ir.Invalid {
		return t
	}
	if t.Kind != ir.List {
		r.misfit(syntax.String{Value: "items", Span: s.Items.Span}, t)
		return t
	}
	switch {
	case s.Items.Schema == nil, typed(s.Items.Schema):
		r.rep.Error(diag.KeyConflict, s.Items.Span, "the elements have a type already, in the list's type").
			Hint("under items write only constraints, or write type: array")
	default:
		t.Elem = r.refine(t.Elem, s.Items.Schema)
	}
	return t
}

// typed reports whether a schema says a type of its own.
func typed(s *syntax.Schema) bool {
	return s.Type.IsSet() || s.Fields.IsSet() || s.Properties.IsSet() || s.Items != nil || s.Enum.IsSet() ||
		s.Const != nil || s.AdditionalProperties.IsSet()
}

// enumSchema resolves a schema with "enum", whose type, if it says one, must be
// that of the members.
func (r *resolver) enumSchema(s *syntax.Schema, key *ir.Type, word string) *ir.Type {
	t := r.enum(s.Enum, s.Enum.Span)
	if key == nil || t.Kind == ir.Invalid || key.Kind == ir.Invalid && word == "" {
		return t
	}
	want := ir.String
	if t.Members[0].Int {
		want = ir.Int
	}
	if key.Kind != want {
		r.rep.Error(diag.EnumInvalid, s.Type.Span, "the enum's members do not fit its type").
			Also(t.Members[0].Span, "the first member").
			Hint("enums hold text (string) or whole numbers (int)")
	}
	t.Null = key.Null
	return t
}

// constBase finds the type of a schema that says only a constant.
func (r *resolver) constBase(s *syntax.Schema) *ir.Type {
	t := &ir.Type{Span: s.Span}
	switch j := s.Const.JSON; {
	case j == "":
	case j[0] == '"':
		t.Kind = ir.String
	case j == "true", j == "false":
		t.Kind = ir.Bool
	case strings.ContainsAny(j[:1], "-0123456789"):
		t.Kind = ir.Number
		if !strings.ContainsAny(j, ".eE") {
			t.Kind = ir.Int
		}
	default:
		r.rep.Error(diag.NotSupported, s.Const.Span, "a constant that is a list, an object or null is not supported yet")
	}
	return t
}

// untyped reports a schema that does not say which type it is about.
func (r *resolver) untyped(s *syntax.Schema) *ir.Type {
	later := s.Go.IsSet() || s.Ref.IsSet() || s.OneOf.IsSet() || s.AnyOf.IsSet() || s.AllOf.IsSet() ||
		s.PrefixItems.IsSet() || s.PatternProperties.IsSet() || s.Not != nil || s.If != nil
	if !later { // else the key itself was reported
		r.rep.Error(diag.MissingKey, firstOf(s), "the schema says no type").
			Hint("write \"type: string\" or another type; \"type: any\" if anything goes")
	}
	return &ir.Type{Kind: ir.Invalid, Span: s.Span}
}
