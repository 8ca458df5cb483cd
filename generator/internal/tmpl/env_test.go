package tmpl

import (
	"fmt"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// testFields are the inputs of the tests, one of each kind, as "name type".
func testFields() []*ir.Field {
	queue := &ir.Named{Name: "Queue", Type: enumOf("billing", "outage", "other")}
	person := &ir.Named{Name: "Person", Type: &ir.Type{Kind: ir.Object}}
	person.Type.Fields = []*ir.Field{
		required("name", basic(ir.String)), optional("email", basic(ir.String)),
		optional("boss", &ir.Type{Kind: ir.Ref, Named: person}),
		required("tags", listOf(basic(ir.String))),
	}
	ref := func(n *ir.Named) *ir.Type { return &ir.Type{Kind: ir.Ref, Named: n} }
	withDefault := basic(ir.String)
	withDefault.Default = `"en"`
	level := &ir.Type{Kind: ir.Enum, Members: []ir.EnumMember{{Text: "1", Int: true}, {Text: "2", Int: true}}}
	return []*ir.Field{
		required("subject", basic(ir.String)), required("count", basic(ir.Int)), required("score", basic(ir.Number)),
		required("urgent", basic(ir.Bool)), required("amount", basic(ir.Decimal)), required("at", basic(ir.DateTime)),
		required("day", basic(ir.Date)), required("span", basic(ir.Duration)), required("id", basic(ir.UUID)),
		required("data", basic(ir.Bytes)), required("photo", basic(ir.Image)), required("extra", basic(ir.Any)),
		required("tags", listOf(basic(ir.String))), required("people", listOf(ref(person))),
		required("labels", &ir.Type{Kind: ir.Map, Elem: basic(ir.String)}),
		required("person", ref(person)), required("queue", ref(queue)), required("level", level),
		required("broken", basic(ir.Invalid)), optional("lang", withDefault),
		optional("note", basic(ir.String)), optional("n", basic(ir.Int)), optional("flag", basic(ir.Bool)),
		optional("due", basic(ir.DateTime)), optional("ticket", ref(person)), optional("names", listOf(basic(ir.String))),
		optional("alt", ref(queue)), required("turns", listOf(basic(ir.ChatMessage))),
		required("matrix", listOf(listOf(basic(ir.Int)))),
	}
}

func required(name string, t *ir.Type) *ir.Field {
	return &ir.Field{Name: name, Type: t, Required: true}
}

func optional(name string, t *ir.Type) *ir.Field {
	t.Null = ir.NullAbsent
	return &ir.Field{Name: name, Type: t}
}

func listOf(t *ir.Type) *ir.Type { return &ir.Type{Kind: ir.List, Elem: t} }

func enumOf(members ...string) *ir.Type {
	t := &ir.Type{Kind: ir.Enum}
	for _, m := range members {
		t.Members = append(t.Members, ir.EnumMember{Text: m})
	}
	return t
}

// plainText is a text that stands in a file as it is.
func plainText(path, value string) source.Text {
	f := source.NewFile(path, []byte(value))
	offsets := make([]int, len(value))
	for i := range offsets {
		offsets[i] = i
	}
	return source.NewText(value, source.Span{File: f, End: len(value)}, offsets)
}

// testEnv has partials, too.
func testEnv() Env {
	partials := map[string]source.Text{}
	for name, text := range map[string]string{
		"person":  "{{.name}}{{with .email}} <{{.}}>{{end}}",
		"line":    "{{template \"person\" .}}\n",
		"loop":    "a {{template \"loop2\" .}}",
		"loop2":   "b {{template \"loop\" .}}",
		"broken":  "x {{if}}",
		"wrong":   "\n {{.nam}}",
		"nothing": "{{.}}",
		"big":     strings.Repeat("{{.}}", 3000),
	} {
		partials[name] = plainText(name+".txt", text)
	}
	return Env{Inputs: testFields(), Partials: partials, Schema: true}
}

// report returns what a report holds, a line for each, with its hints.
func reportLines(rep *diag.Report) string {
	var b strings.Builder
	for _, d := range rep.Diagnostics() {
		p := d.Span.Position()
		if d.Span.File.Path != "a.txt" {
			b.WriteString(d.Span.File.Path + ":")
		}
		fmt.Fprintf(&b, "%d:%d: %s [%s]\n", p.Line, p.Column, d.Message, d.Code)
		for _, hint := range d.Hints {
			b.WriteString("  " + hint + "\n")
		}
	}
	return b.String()
}
