package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// build plans a package and returns what was reported, one line each.
func build(p *irtest.Package, env plan.Env) (*plan.Package, []string) {
	rep := &diag.Report{}
	out := plan.Build(rep, &p.Package, env)
	var lines []string
	for _, d := range rep.Diagnostics() {
		var line strings.Builder
		fmt.Fprintf(&line, "%s %s: %s", d.Severity, d.Code, d.Message)
		for _, r := range d.Related {
			fmt.Fprintf(&line, " (line %d: %s)", r.Span.Position().Line, r.Message)
		}
		lines = append(lines, line.String()+" ["+strings.Join(d.Hints, "; ")+"]")
	}
	return out, lines
}

var app = plan.Env{ImportPath: "example.com/app"}

func TestCollisionsWithGeneratedNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		declare func(p *irtest.Package)
		want    []string // prefixes
	}{
		{"type Client", func(p *irtest.Package) { p.Type("Client", p.Object()) }, []string{
			`warning L0603: type "Client" is called ClientType in Go, because generated code declares Client`,
		}},
		{"type new", func(p *irtest.Package) { p.Type("new", p.Of(ir.String)) }, []string{
			`warning L0603: type "new" is called NewType in Go`,
		}},
		{"type like an input", func(p *irtest.Package) {
			p.Prompt("Classify", nil)
			p.Type("ClassifyInput", p.Object())
		}, []string{
			`warning L0603: type "ClassifyInput" is called ClassifyInputType in Go, because generated code declares ClassifyInput for prompt "Classify"`,
		}},
		{"type like a schema function", func(p *irtest.Package) {
			p.Type("TicketSchema", p.Object())
			p.Type("Ticket", p.Object())
		}, []string{
			`warning L0603: type "TicketSchema" is called TicketSchemaType in Go, because generated code declares TicketSchema for type "Ticket"`,
		}},
		{"type like a model", func(p *irtest.Package) {
			p.Model("fast")
			p.Type("ModelFast", p.Object())
		}, []string{`warning L0603: type "ModelFast" is called ModelFastType in Go`}},
		{"schema function like a model", func(p *irtest.Package) {
			p.Model("x-schema")
			p.Type("ModelX", p.Object())
		}, []string{`warning L0603: type "ModelX" is called ModelXType in Go, because generated code declares ModelXSchema`}},
		{"model like an input", func(p *irtest.Package) {
			p.Prompt("Model", nil)
			p.Model("input")
		}, []string{`warning L0603: model "input" is called ModelInput_ in Go`}},
		{"enum member like a model", func(p *irtest.Package) {
			p.Model("fast")
			p.Type("Model", p.Enum("fast"))
		}, []string{`warning L0603: the member "fast" of type "Model" is called ModelFast_ in Go`}},
		{"enum member like a schema function", func(p *irtest.Package) {
			p.Type("Kind", p.Enum("schema"))
		}, []string{`warning L0603: the member "schema" of type "Kind" is called KindSchema_ in Go`}},
		{"anonymous type like a schema function", func(p *irtest.Package) {
			p.Type("Kind", p.Object(p.Field("schema", p.Object())))
		}, []string{`warning L0603: the property "schema" of type "Kind" is called KindSchemaType in Go`}},
		{"prompt like a stream", func(p *irtest.Package) {
			p.Prompt("ClassifyStream", nil)
			p.Prompt("Classify", nil)
		}, []string{
			`warning L0603: prompt "ClassifyStream" is called ClassifyStreamPrompt in Go, because generated code has ClassifyStream for prompt "Classify"`,
		}},
		{"prompt like messages", func(p *irtest.Package) {
			p.Prompt("AMessages", nil)
			p.Prompt("A", nil)
			p.Prompt("AFunc", nil)
		}, []string{`warning L0603: prompt "AMessages" is`, `warning L0603: prompt "AFunc" is`}},
		{"prompt like a method of the standard library", func(p *irtest.Package) {
			p.Prompt("ReadByte", nil)
		}, []string{`warning L0603: prompt "ReadByte" is called ReadBytePrompt in Go`}},
		{"field like a method", func(p *irtest.Package) {
			p.Type("T", p.Object(p.Field("equal", p.Of(ir.Bool))))
		}, []string{`warning L0603: the property "equal" of type "T" is called Equal_ in Go`}},
		{"input like a method", func(p *irtest.Package) {
			p.Prompt("F", nil, p.Field("equal", p.Of(ir.Bool)))
		}, nil},
		{"type after a suffix like a model", func(p *irtest.Package) {
			p.Model("type")
			p.Model("schema")
			p.Type("Model", p.Object())
		}, []string{
			`error L0601: type "Model" cannot be ModelType in Go, because generated code declares ModelType for model "type"`,
			`warning L0603: type "Model" is called ModelType in Go, because generated code declares ModelSchema for model "schema"`,
		}},
		{"nothing", func(p *irtest.Package) {
			p.Prompt("Client", nil)
			p.Prompt("New", p.Enum("a"))
			p.Type("error", p.Object(p.Field("error", p.Of(ir.String)), p.Field("string", p.Of(ir.String))))
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := irtest.New("app")
			test.declare(p)
			_, lines := build(p, app)
			assertPrefixes(t, test.want, lines)
			for _, line := range lines {
				if !strings.Contains(line, "model ") && !strings.Contains(line, "member") {
					assert.Contains(t, line, "go_name")
				}
			}
		})
	}
}

func assertPrefixes(t *testing.T, want, lines []string) {
	t.Helper()
	if !assert.Len(t, lines, len(want), "%s", strings.Join(lines, "\n")) {
		return
	}
	for i := range want {
		assert.True(t, strings.HasPrefix(lines[i], want[i]), "want %s\n got %s", want[i], lines[i])
	}
}

func TestCollisionsOfDeclaredNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		declare func(p *irtest.Package)
		want    []string
	}{
		{"prompts", func(p *irtest.Package) {
			p.Prompt("parse_json", nil)
			p.Prompt("ParseJson", nil)
		}, []string{
			`error L0601: prompts "parse_json" and "ParseJson" are both ParseJSON in Go (line 1: prompt "parse_json")`,
			`error L0604: prompts "parse_json" and "ParseJson" would both be written to parse_json.l0.go (line 1: prompt "parse_json")`,
		}},
		{"prompts after a suffix", func(p *irtest.Package) {
			p.Prompt("ReadByte", nil)
			p.Prompt("ReadBytePrompt", nil)
		}, []string{
			`warning L0603`, `error L0601: prompts "ReadByte" and "ReadBytePrompt" are both ReadBytePrompt in Go (line 1`,
		}},
		{"types", func(p *irtest.Package) {
			p.Type("user_id", p.Of(ir.Int))
			p.Type("UserId", p.Of(ir.Int))
		}, []string{`error L0601: type "user_id" and type "UserId" are both UserID in Go (line `}},
		{"type and anonymous type", func(p *irtest.Package) {
			p.Type("TicketQueue", p.Object())
			p.Type("Ticket", p.Object(p.Field("queue", p.Enum("a"))))
		}, []string{`error L0601: type "TicketQueue" and the property "queue" of type "Ticket" are both TicketQueue in Go`}},
		{"type and enum member", func(p *irtest.Package) {
			p.Type("PriorityLow", p.Object())
			p.Type("Priority", p.Enum("low"))
		}, []string{`error L0601: type "PriorityLow" and the member "low" of type "Priority" are both PriorityLow in Go`}},
		{"enum members", func(p *irtest.Package) {
			p.Type("Priority", p.Enum("low", "Low"))
		}, []string{`error L0601: the member "low" of type "Priority" and the member "Low" of type "Priority" are both PriorityLow in Go`}},
		{"fields", func(p *irtest.Package) {
			p.Type("T", p.Object(p.Field("user_id", p.Of(ir.Int)), p.Field("userId", p.Of(ir.Int))))
		}, []string{`error L0601: the properties "user_id" and "userId" of type "T" are both UserID in Go (line`}},
		{"inputs", func(p *irtest.Package) {
			p.Prompt("F", nil, p.Field("a", p.Of(ir.Int)), p.Field("A", p.Of(ir.Int)))
		}, []string{`error L0601: the properties "a" and "A" of prompt "F" are both A in Go`}},
		{"models", func(p *irtest.Package) {
			p.Model("a-b")
			p.Model("a_b")
		}, []string{`error L0601: models "a-b" and "a_b" are both ModelAB in Go (line 1`}},
		{"files", func(p *irtest.Package) {
			p.Prompt("FOOBar", nil).GoName = "One"
			p.Prompt("FooBar", nil)
		}, []string{`error L0604: prompts "FOOBar" and "FooBar" would both be written to foo_bar.l0.go`}},
		{"no name", func(p *irtest.Package) {
			p.Model("…")
			p.Type("__", p.Object(p.Field("-", p.Of(ir.String))))
		}, []string{
			`error L0602: model "…" has no letter or digit`,
			`error L0602: the property "-" of type "__" has`,
			`error L0602: type "__" has`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := irtest.New("app")
			test.declare(p)
			_, lines := build(p, app)
			assertPrefixes(t, test.want, lines)
		})
	}
}

func TestGoName(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	p.Prompt("classify", nil).GoName = "Sort"
	p.Type("Client", p.Object()).Type.GoName = "Customer"
	anonymous := p.Enum("a")
	anonymous.GoName = "Letter"
	field := p.Field("equal", anonymous)
	field.GoName = "Same"
	p.Type("T", p.Object(field))
	_, lines := build(p, app)
	assert.Empty(t, lines)

	for _, bad := range []string{"lower", "Two Words", "1", "func", "_", "Ünï-x"} {
		p := irtest.New("app")
		p.Prompt("F", nil).GoName = bad
		_, lines := build(p, app)
		assertPrefixes(t, []string{fmt.Sprintf("error L0602: go_name %q is not an exported Go identifier", bad)}, lines)
	}
	p = irtest.New("app")
	p.Type("T", p.Object()).Type.GoName = "Client"
	p.Prompt("A", nil)
	p.Prompt("B", nil).GoName = "AStream"
	_, lines = build(p, app)
	assertPrefixes(t, []string{`error L0601: type "T" cannot be Client in Go`, `error L0601: prompt "B" cannot be AStream in Go`}, lines)
}

func TestHandWrittenNames(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	p.Model("fast")
	p.Prompt("F", nil)
	p.Type("T", p.Enum("a"))
	env := app
	env.Declared = map[string]string{}
	for _, name := range []string{"New", "FInput", "T", "TSchema", "TA", "ModelFast", "f", "tSchema", "string", "min"} {
		env.Declared[name] = name + ".go:1:2"
	}
	_, lines := build(p, env)
	assertPrefixes(t, []string{
		`error L0601: generated code declares New, but so does New.go:1:2`,
		`error L0601: generated code needs Go's own string, which string.go:1:2 hides`,
		`error L0601: generated code declares ModelFast for model "fast", but so does ModelFast.go:1:2`,
		`error L0601: generated code declares FInput for prompt "F", but so does FInput.go:1:2`,
		`error L0601: the member "a" of type "T" is TA in Go, which TA.go:1:2 declares as well`,
		`error L0601: generated code declares TSchema for type "T"`,
		`error L0601: type "T" is T in Go, which T.go:1:2 declares as well`,
	}, lines)
}

func TestPropertyNamesThatTagsCannotCarry(t *testing.T) {
	t.Parallel()
	for _, name := range []string{`a"b`, "a'b", "a`b", `a\b`, "a,b", "a\nb", "a\x00b", "हिन्दी"} {
		p := irtest.New("app")
		p.Type("T", p.Object(p.Field(name, p.Of(ir.String))))
		_, lines := build(p, app)
		assertPrefixes(t, []string{"error L0602: the property"}, lines)
	}
}

func TestNoGoMod(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	p.Prompt("F", nil)
	out, lines := build(p, plan.Env{})
	assertPrefixes(t, []string{"warning L0606: no fake client is written"}, lines)
	assert.Len(t, out.Files, 2)
}
