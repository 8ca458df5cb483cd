package plan_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// TestSources checks that a file names the specs that it is made of, so that
// another spec in the directory does not change it.
func TestSources(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	p.Prompt("First", nil)
	p.Type("A", p.Of(ir.String))
	other := source.NewFile("dir/other.l0.yaml", []byte("-"))
	p.Sources = append(p.Sources, other)
	p.Prompt("Second", nil).Span = source.Span{File: other}
	out, lines := build(p, app)
	assert.Empty(t, lines)
	got := map[string][]string{}
	for _, f := range out.Files {
		got[f.Path] = f.Sources
	}
	assert.Equal(t, map[string][]string{
		"client.l0.go":       {"app.l0.yaml", "other.l0.yaml"},
		"types.l0.go":        {"app.l0.yaml"},
		"first.l0.go":        {"app.l0.yaml"},
		"second.l0.go":       {"other.l0.yaml"},
		"apptest/fake.l0.go": {"app.l0.yaml", "other.l0.yaml"},
	}, got)
}

// TestSharedTypes checks that a type which stands in two places is declared
// once.
func TestSharedTypes(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	shared := p.Enum("a", "b")
	p.Type("A", p.Object(p.Field("x", shared), p.Field("y", p.List(shared))))
	p.Prompt("F", nil, p.Field("z", shared))
	out, lines := build(p, app)
	assert.Empty(t, lines)
	enums := 0
	for _, f := range out.Files {
		for _, d := range f.Decls {
			if e, ok := d.(*plan.Enum); ok {
				assert.Equal(t, "AX", e.Name)
				enums++
			}
		}
	}
	assert.Equal(t, 1, enums)
}

// TestOpenObjects checks what is said of objects that allow other properties.
func TestOpenObjects(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	open := p.Object(p.Field("a", p.Of(ir.String)))
	open.Extra = p.Of(ir.Any)
	p.Prompt("F", p.List(open))
	dict := p.Object()
	dict.Extra = p.Of(ir.Int)
	p.Prompt("G", dict)
	_, lines := build(p, app)
	assertPrefixes(t, []string{"error L0801: an object that declares properties and allows others is not supported yet"}, lines)
}
