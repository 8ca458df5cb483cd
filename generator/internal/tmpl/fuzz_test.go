package tmpl

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// Whatever the text: no panic, no endless loop, and every span in its file.
func FuzzCompile(f *testing.F) {
	content, err := os.ReadFile("testdata/errors.txt")
	require.NoError(f, err)
	for block := range strings.SplitSeq(string(content), "----\n") {
		template, _, _ := strings.Cut(block, "\n=>\n")
		f.Add(template)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rep := &diag.Report{}
		compiled := Compile(rep, plainText("a.txt", text), testEnv())
		require.NotNil(t, compiled)
		for _, d := range rep.Diagnostics() {
			assert.False(t, d.Span.IsZero(), "%s", d.Message)
			assert.LessOrEqual(t, d.Span.Start, d.Span.End)
			assert.LessOrEqual(t, d.Span.End, len(d.Span.File.Bytes))
			assert.NotEmpty(t, d.Message)
		}
		checkNodes(t, compiled.Body, len(text))
	})
}

// checkNodes walks a typed tree: every node has a span, every expression a type
// that is known.
func checkNodes(t *testing.T, nodes []ir.Node, size int) {
	t.Helper()
	for _, n := range nodes {
		assert.False(t, n.Where().IsZero())
		switch n := n.(type) {
		case *ir.PrintNode:
			checkExpr(t, n.Value)
		case *ir.AssignNode:
			checkExpr(t, n.Value)
		case *ir.IfNode:
			checkExpr(t, n.Cond)
			checkNodes(t, n.Then, size)
			checkNodes(t, n.Else, size)
		case *ir.WithNode:
			checkExpr(t, n.Value)
			checkNodes(t, n.Then, size)
			checkNodes(t, n.Else, size)
		case *ir.RangeNode:
			checkExpr(t, n.Over)
			checkNodes(t, n.Body, size)
			checkNodes(t, n.Else, size)
		}
	}
}

func checkExpr(t *testing.T, e ir.Expr) {
	t.Helper()
	require.NotNil(t, e)
	info := e.Info()
	assert.False(t, info.Span.IsZero())
	require.NotNil(t, info.Type)
	assert.NotEqual(t, ir.Invalid, info.Type.Underlying().Kind)
	assert.True(t, info.Optional || !info.Absent, "what is absent is optional")
}

// Nothing grows beyond what a text can pay for.
func TestHugeTexts(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"blocks":     strings.Repeat("{{if .flag}}", 100_000),
		"else if":    "{{if .flag}}" + strings.Repeat("{{else if .flag}}", 100_000) + "{{end}}",
		"parens":     "{{" + strings.Repeat("(", 9_000) + ".subject" + strings.Repeat(")", 9_000) + "}}",
		"more":       "{{" + strings.Repeat("(", 100_000) + ".subject",
		"pipes":      "{{.subject" + strings.Repeat(" | trim", 100_000) + "}}",
		"actions":    strings.Repeat("{{.subject}}", 100_000),
		"undefined":  strings.Repeat("{{$a}}{{$b.c}}", 10_000),
		"fields":     "{{.person" + strings.Repeat(".boss", 100_000) + "}}",
		"arguments":  "{{and" + strings.Repeat(" .subject", 100_000) + "}}",
		"unfinished": strings.Repeat("{{.subject}}", 10_000) + "{{if",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rep := &diag.Report{}
			Compile(rep, plainText("a.txt", text), testEnv())
			assert.Less(t, len(rep.Diagnostics()), 21_000)
		})
	}
}
