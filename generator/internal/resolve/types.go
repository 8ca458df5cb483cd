package resolve

import (
	"slices"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// resolveTypes fills the declared types, which may refer to each other.
func (r *resolver) resolveTypes(specs []*syntax.Spec) {
	for _, s := range specs {
		for i := range s.Types.Entries {
			e := &s.Types.Entries[i]
			it, ok := r.types.items[e.Key.Value]
			if !ok || it.span != e.Key.Span {
				continue // not a name, or the second of its name
			}
			t := r.typ(&e.Value)
			if t.Null == ir.NullAbsent {
				r.rep.Error(diag.OptionalMisplaced, t.Span, "a declared type cannot be optional").
					Hint("leave the \"?\" out here and write it where the type is used: %s?", e.Key.Value)
				t.Null = ir.NotNull
			}
			if t.Null == ir.NullValue {
				r.rep.Error(diag.OptionalMisplaced, t.Span, "a declared type cannot be nullable").
					Hint("write null where the type is used")
				t.Null = ir.NotNull
			}
			*it.value.Type = *t
		}
	}
}

// typ resolves a type in any of its three notations.
func (r *resolver) typ(t *syntax.Type) *ir.Type {
	switch {
	case t.Schema != nil:
		return r.schema(t.Schema)
	case t.Enum.IsSet():
		return r.enum(t.Enum, t.Span)
	case t.Expr.IsSet():
		return r.typeExpr(t.Expr.Text)
	default: // the shape was wrong, and reported
		return &ir.Type{Kind: ir.Invalid, Span: t.Span}
	}
}

// enum makes an enum of members of one kind.
func (r *resolver) enum(list syntax.List[syntax.Member], span source.Span) *ir.Type {
	t := &ir.Type{Kind: ir.Enum, Span: span}
	if len(list.Items) == 0 {
		r.rep.Error(diag.EnumInvalid, span, "the enum has no members")
		return &ir.Type{Kind: ir.Invalid, Span: span}
	}
	members := slices.DeleteFunc(slices.Clone(list.Items), func(m syntax.Member) bool { return m.Invalid })
	first := map[string]source.Span{}
	for _, m := range members {
		if m.Int != members[0].Int {
			r.rep.Error(diag.NotSupported, m.Span, "an enum of text and numbers is not supported yet").
				Hint("put numbers in quotes for text")
			return &ir.Type{Kind: ir.Invalid, Span: span}
		}
		if at, twice := first[m.Text]; twice {
			r.rep.Error(diag.EnumInvalid, m.Span, "the member %q stands twice", m.Text).Also(at, "first here")
			continue
		}
		first[m.Text] = m.Span
		t.Members = append(t.Members, ir.EnumMember{Span: m.Span, Text: m.Text, Int: m.Int})
	}
	if len(t.Members) < len(list.Items) { // which was reported, and a default may mean one of the lost
		t.Kind = ir.Invalid
	}
	return t
}

// field resolves an entry of fields or of an input: required unless it is
// marked "?" or a default fills it.
func (r *resolver) field(e *syntax.Entry[syntax.Type]) *ir.Field {
	t := r.typ(&e.Value)
	f := &ir.Field{Name: e.Key.Value, Span: e.Key.Span, Type: t}
	f.Required = t.Null != ir.NullAbsent && t.Default == ""
	f.GoName, t.GoName = t.GoName, "" // on a property it is the property's name
	return f
}

func (r *resolver) fields(m syntax.Map[syntax.Type]) []*ir.Field {
	out := make([]*ir.Field, 0, len(m.Entries))
	for i := range m.Entries {
		out = append(out, r.field(&m.Entries[i]))
	}
	return out
}

// properties resolves the properties of a JSON Schema object: those that are
// listed are required, the others optional.
func (r *resolver) properties(s *syntax.Schema) []*ir.Field {
	fields := make([]*ir.Field, 0, len(s.Properties.Entries))
	known := make([]string, 0, len(s.Properties.Entries))
	for i := range s.Properties.Entries {
		e := &s.Properties.Entries[i]
		f := r.field(e)
		known = append(known, f.Name)
		j := slices.IndexFunc(s.Required.Items, func(n syntax.String) bool { return n.Value == f.Name })
		f.Required = j >= 0
		if f.Required && f.Type.Null == ir.NullAbsent {
			r.rep.Error(diag.OptionalMisplaced, f.Type.Span, "%q is required, so it cannot be marked \"?\"", f.Name).
				Also(s.Required.Items[j].Span, "required here").
				Hint("for a value that may be null, write type: [T, \"null\"]")
		}
		fields = append(fields, f)
	}
	for _, name := range s.Required.Items {
		if !slices.Contains(known, name.Value) {
			r.rep.Error(diag.RequiredUnknown, name.Span, "%q is required, but it is no property", name.Value).
				DidYouMean(name.Value, known)
		}
	}
	return fields
}
