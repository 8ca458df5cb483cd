package plan

import (
	"go/types"
	"path"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

func isPredeclared(name string) bool { return types.Universe.Lookup(name) != nil }

// typesFile returns the file of the declared types.
func (b *builder) typesFile() *File {
	var decls []Decl
	var spans []source.Span
	for _, t := range b.pkg.Types {
		spans = append(spans, t.Span)
		name := b.names.types[t.Type]
		d := typeDecls{names: b.names, done: b.done}
		doc := docOf(name, t.Name, textOf(t.Type), name+" is declared in "+path.Base(pathOf(t))+".")
		d.declare(t.Type, name, paragraphs(string(doc), deprecation(t.Type)))
		decls = append(decls, d.decls[0], &Schema{
			Func:  name + "Schema",
			Type:  name,
			Const: b.names.schemas[t],
			Text:  schemaText(&ir.Type{Kind: ir.Ref, Named: t}),
		})
		decls = append(decls, d.decls[1:]...)
	}
	return b.file(typesFile, sourcesOf(spans...), decls...)
}

func pathOf(t *ir.Named) string {
	if t.Span.File == nil {
		return "the spec"
	}
	return t.Span.File.Path
}

// textOf returns what the spec says of a type.
func textOf(t *ir.Type) string {
	if t.Doc != "" {
		return t.Doc
	}
	return t.Title
}

// typeDecls collects the declarations of types with all that stands inside of
// them.
type typeDecls struct {
	names *names
	decls []Decl
	// done are the anonymous types of the package that are declared.
	done map[*ir.Type]bool
}

// declare adds a type that has a name, and then what stands inside of it.
func (d *typeDecls) declare(t *ir.Type, name string, doc Doc) {
	switch {
	case t.Kind == ir.Object && !isMapObject(t):
		d.declareStruct(t, name, doc)
	case t.Kind == ir.Enum:
		d.declareEnum(t, name, doc)
	default:
		d.declareDefined(t, name, doc)
	}
}

func (d *typeDecls) declareStruct(t *ir.Type, name string, doc Doc) {
	s := &Struct{Doc: doc, Name: name, Fields: d.names.structFields(t.Fields), Equal: []FieldEquality{}}
	for _, f := range t.Fields {
		s.Equal = append(s.Equal, d.names.fieldEquality(f))
	}
	d.decls = append(d.decls, s)
	for _, f := range t.Fields {
		d.inside(f.Type, "is the type of ["+name+"."+d.names.fields[f]+"].")
	}
}

func (d *typeDecls) declareEnum(t *ir.Type, name string, doc Doc) {
	e := &Enum{Doc: doc, Name: name}
	for i, m := range t.Members {
		e.Int = m.Int
		e.Members = append(e.Members, EnumConst{Name: d.names.members[t][i], Text: m.Text})
	}
	d.decls = append(d.decls, e)
}

func (d *typeDecls) declareDefined(t *ir.Type, name string, doc Doc) {
	def := &Defined{Doc: doc, Name: name, Alias: isAlias(t.Kind)}
	switch {
	case t.Kind == ir.List:
		def.Type = d.names.valueType(t)
		def.Equal = &Equality{Form: SliceEqual, Type: basic(name), Elem: d.names.missable(t.Elem)}
		d.inside(t.Elem, "is an item of ["+name+"].")
	case t.Kind == ir.Map:
		def.Type = d.names.valueType(t)
		def.Equal = &Equality{Form: MapEqual, Type: basic(name), Elem: d.names.missable(t.Elem)}
		d.inside(t.Elem, "is a value of ["+name+"].")
	case isMapObject(t):
		def.Type = mapOf(d.names.elemType(t.Extra))
		def.Equal = &Equality{Form: MapEqual, Type: basic(name), Elem: d.names.missable(t.Extra)}
		d.inside(t.Extra, "is a value of ["+name+"].")
	default:
		def.Type = d.names.valueType(t)
	}
	d.decls = append([]Decl{def}, d.decls...)
}

// inside adds the anonymous types that stand in a type. what completes the
// sentence that begins with the name of such a type.
func (d *typeDecls) inside(t *ir.Type, what string) {
	switch {
	case t.Kind == ir.List || t.Kind == ir.Map:
		d.inside(t.Elem, what)
	case isMapObject(t):
		d.inside(t.Extra, what)
	case t.Kind == ir.Object || t.Kind == ir.Enum:
		d.anonymous(t, what)
	}
}

func (d *typeDecls) anonymous(t *ir.Type, what string) {
	if d.done[t] {
		return
	}
	d.done[t] = true
	name := d.names.types[t]
	fallback := name + " " + what
	d.declare(t, name, paragraphs(string(docOf(name, name, textOf(t), fallback)), deprecation(t)))
}

// structFields returns the fields of a struct.
func (n *names) structFields(fields []*ir.Field) []Field {
	var out []Field
	for _, f := range fields {
		out = append(out, Field{
			Doc:  fieldDoc(f.Type),
			Name: n.fields[f],
			Type: n.fieldType(f),
			Tag:  jsonTag(f),
		})
	}
	return out
}

// refuseExtras reports objects that declare properties and allow others.
func (b *builder) refuseExtras() {
	seen := map[*ir.Type]bool{}
	var visit func(t *ir.Type)
	visit = func(t *ir.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		if t.Kind == ir.Object && len(t.Fields) > 0 && t.Extra != nil {
			b.rep.Error(diag.NotSupported, t.Span, "an object that declares properties and allows others is not supported yet").
				Hint("write \"additionalProperties: false\", or declare no properties, which makes a map")
		}
		eachInner(t, visit)
	}
	for _, t := range b.pkg.Types {
		visit(t.Type)
	}
	for _, p := range b.pkg.Prompts {
		for _, f := range p.Inputs {
			visit(f.Type)
		}
		if p.Output != nil {
			visit(p.Output)
		}
	}
}
