package irtest

import (
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Package collects what a test declares. Each thing gets a place of its own, so
// that diagnostics can be told apart.
type Package struct {
	ir.Package
	file  *source.File
	lines int
}

// New returns a package with the name of a Go package and one spec.
func New(name string) *Package {
	file := source.NewFile(name+"/"+name+".l0.yaml", []byte(strings.Repeat("-\n", 1<<11)))
	return &Package{
		Package: ir.Package{Dir: name, Name: name, Sources: []*source.File{file}},
		file:    file,
	}
}

// Span returns the next line of the spec.
func (p *Package) Span() source.Span {
	at := p.lines % (1 << 11) * 2
	p.lines++
	return source.Span{File: p.file, Start: at, End: at + 1}
}

// Model declares a model.
func (p *Package) Model(name string) *ir.Model {
	m := &ir.Model{Name: name, Span: p.Span(), Provider: "openai", ID: "gpt-4o-mini"}
	p.Models = append(p.Models, m)
	return m
}

// Type declares a type.
func (p *Package) Type(name string, t *ir.Type) *ir.Named {
	named := &ir.Named{Name: name, Span: p.Span(), Type: t}
	p.Types = append(p.Types, named)
	return named
}

// Prompt declares a prompt; a nil output is text.
func (p *Package) Prompt(name string, output *ir.Type, inputs ...*ir.Field) *ir.Prompt {
	prompt := &ir.Prompt{
		Name: name, Span: p.Span(), Version: 1, Inputs: inputs, Output: output,
		Models: p.Models,
		Messages: []*ir.Message{{
			Span: p.Span(), Role: ir.User, Parts: []*ir.Part{{Text: &ir.Template{Span: p.Span()}}},
		}},
	}
	p.Prompts = append(p.Prompts, prompt)
	return prompt
}

// Of returns a type of a kind.
func (p *Package) Of(kind ir.Kind) *ir.Type { return &ir.Type{Kind: kind, Span: p.Span()} }

// Ref returns a reference to a declared type.
func (p *Package) Ref(t *ir.Named) *ir.Type { return &ir.Type{Kind: ir.Ref, Span: p.Span(), Named: t} }

// List returns a list type.
func (p *Package) List(elem *ir.Type) *ir.Type {
	return &ir.Type{Kind: ir.List, Span: p.Span(), Elem: elem}
}

// Map returns a map type.
func (p *Package) Map(elem *ir.Type) *ir.Type {
	return &ir.Type{Kind: ir.Map, Span: p.Span(), Elem: elem}
}

// Object returns an object type.
func (p *Package) Object(fields ...*ir.Field) *ir.Type {
	return &ir.Type{Kind: ir.Object, Span: p.Span(), Fields: fields}
}

// Enum returns an enum type of strings.
func (p *Package) Enum(members ...string) *ir.Type {
	t := &ir.Type{Kind: ir.Enum, Span: p.Span()}
	for _, m := range members {
		t.Members = append(t.Members, ir.EnumMember{Span: p.Span(), Text: m})
	}
	return t
}

// Field returns a required field.
func (p *Package) Field(name string, t *ir.Type) *ir.Field {
	return &ir.Field{Name: name, Span: p.Span(), Type: t, Required: true}
}

// Optional returns an optional field: "name: T?".
func (p *Package) Optional(name string, t *ir.Type) *ir.Field {
	f := p.Field(name, t)
	f.Required = false
	t.Null = ir.NullAbsent
	return f
}
