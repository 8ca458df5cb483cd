package plan

import (
	"cmp"
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// nameTypes names the declared types, and reserves the names of the functions
// that return their schemas.
func (n *names) nameTypes(types []*ir.Named) {
	base := map[*ir.Named]string{}
	for _, t := range types {
		base[t] = n.orElse(n.explicit(t.Type.GoName, t.Span), exported(t.Name), typePlace(t), hintGoName)
	}
	for _, t := range byLength(types, func(t *ir.Named) string { return base[t] }) {
		name := base[t]
		because := ""
		if _, twice := n.declared[name]; !twice {
			because = cmp.Or(n.meets(name), n.meets(name+"Schema"))
		}
		name = n.typeName(typePlace(t), name, t.Type.GoName, because)
		n.types[t.Type] = name
		n.declare(name, typePlace(t), hintGoName)
		if because := n.meets(name + "Schema"); because != "" && t.Type.GoName != "" {
			n.rep.Error(diag.GoNameTaken, t.Span, "%s needs %sSchema in Go, but %s", typePlace(t).what, name, because).
				Hint(hintGoName)
		}
		n.generate(name+"Schema", typePlace(t).what, "", t.Span)
	}
}

// typeName returns the name of a type that comes to base, which generated code
// has a claim on unless because is empty.
func (n *names) typeName(p place, base, goName, because string) string {
	if because == "" || goName != "" {
		return base
	}
	n.changed(p, base, base+"Type", because, hintOverride)
	return base + "Type"
}

// nameInner names what stands inside of types: anonymous types, fields and the
// members of enums.
func (n *names) nameInner(pkg *ir.Package) {
	for _, t := range pkg.Types {
		n.inside(t.Type, n.types[t.Type], typePlace(t).what)
	}
	for _, p := range pkg.Prompts {
		input := n.methods[p] + "Input"
		n.nameFields(p.Inputs, promptPlace(p).what, false)
		for _, f := range p.Inputs {
			n.anonymous(f.Type, n.innerName(input, f), fieldPlace(f, promptPlace(p).what))
		}
		if p.Output != nil {
			n.anonymous(p.Output, n.methods[p]+"Output",
				place{span: p.Output.Span, what: "the output of " + promptPlace(p).what})
		}
	}
}

// inside names what stands inside of a type that has a name.
func (n *names) inside(t *ir.Type, name, what string) {
	switch t.Kind {
	case ir.Object:
		if isMapObject(t) {
			n.anonymous(t.Extra, name+"Value", place{span: t.Extra.Span, what: "the values of " + what})
			return
		}
		n.nameFields(t.Fields, what, true)
		for _, f := range t.Fields {
			n.anonymous(f.Type, n.innerName(name, f), fieldPlace(f, what))
		}
		if t.Extra != nil {
			n.anonymous(t.Extra, name+"Extra", place{span: t.Extra.Span, what: "the other properties of " + what})
		}
	case ir.Enum:
		n.nameMembers(t, name, what)
	case ir.List:
		n.anonymous(t.Elem, name+"Item", place{span: t.Elem.Span, what: "the items of " + what})
	case ir.Map:
		n.anonymous(t.Elem, name+"Value", place{span: t.Elem.Span, what: "the values of " + what})
	}
}

// anonymous names a type without a name of its own after the place where it
// stands. Lists and maps hand the name on to their elements.
func (n *names) anonymous(t *ir.Type, name string, p place) {
	switch {
	case t.Kind == ir.List || t.Kind == ir.Map:
		n.anonymous(t.Elem, name, p)
	case t.Kind == ir.Object && isMapObject(t):
		n.anonymous(t.Extra, name, p)
	case t.Kind == ir.Object || t.Kind == ir.Enum:
		if _, again := n.types[t]; again {
			return
		}
		goName := n.explicit(t.GoName, t.Span)
		if goName != "" {
			name = goName
		}
		name = n.typeName(p, name, goName, n.meets(name))
		n.types[t] = name
		n.declare(name, p, hintGoName)
		n.inside(t, name, p.what)
	}
}

// innerName is the name of an anonymous type in a field: Parent+Field.
func (n *names) innerName(parent string, f *ir.Field) string {
	if f.GoName != "" && isExportedIdent(f.GoName) {
		return joinNames(parent, f.GoName)
	}
	part := fragment(f.Name)
	if part == "" {
		part = "X"
	}
	return joinNames(parent, part)
}

// nameFields names the fields of one struct. Types have methods, inputs do not.
func (n *names) nameFields(fields []*ir.Field, owner string, hasMethods bool) {
	first := map[string]*ir.Field{}
	for _, f := range fields {
		p := fieldPlace(f, owner)
		goName := n.explicit(f.GoName, f.Span)
		name := n.orElse(goName, exported(f.Name), p, hintGoName)
		if hasMethods && name == "Equal" {
			name = n.avoidMethod(p, name, goName)
		}
		n.fields[f] = name
		if other := first[name]; other != nil {
			n.rep.Error(diag.GoNameTaken, f.Span, "the properties %q and %q of %s are both %s in Go",
				other.Name, f.Name, owner, name).Also(other.Span, "property %q", other.Name).Hint(hintGoName)
			continue
		}
		first[name] = f
		if !isTagName(f.Name) {
			n.rep.Error(diag.GoNameInvalid, f.Span, "%s cannot be a field in Go: encoding/json does not allow its name", p.what).
				Hint("use letters, digits and punctuation other than comma, quotes and backslash")
		}
	}
}

func (n *names) avoidMethod(p place, name, goName string) string {
	if goName != "" {
		n.rep.Error(diag.GoNameTaken, p.span, "%s cannot be %s in Go: generated code has a method %s", p.what, name, name).
			Hint(hintGoName)
		return name
	}
	n.changed(p, name, name+"_", "generated code has a method "+name, hintOverride)
	return name + "_"
}

// nameMembers names the constants of an enum.
func (n *names) nameMembers(t *ir.Type, typeName, owner string) {
	for _, m := range t.Members {
		p := place{span: m.Span, what: "the member " + strconv.Quote(m.Text) + " of " + owner}
		name := joinNames(typeName, memberFragment(m.Text))
		if because := n.meets(name); because != "" {
			n.changed(p, name, name+"_", because, hintMember)
			name += "_"
		}
		n.members[t] = append(n.members[t], name)
		n.declare(name, p, hintRename)
	}
}

// isMapObject reports whether an object is a map in Go: it declares no
// properties and allows any.
func isMapObject(t *ir.Type) bool {
	return t.Kind == ir.Object && len(t.Fields) == 0 && t.Extra != nil
}

func typePlace(t *ir.Named) place {
	return place{span: t.Span, what: "type " + strconv.Quote(t.Name)}
}

func fieldPlace(f *ir.Field, owner string) place {
	return place{span: f.Span, what: "the property " + strconv.Quote(f.Name) + " of " + owner}
}
