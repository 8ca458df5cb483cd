package history_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/history"
	"github.com/l0gen/l0gen/generator/internal/resolve"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

const base = `
l0gen: 1
doc: A package.
models:
  m:
    provider: openai
    model: gpt
    params: {temperature: 0, top_p: 1}
partials:
  greet: "Hello {{.}}"
types:
  Kind: [a, b]
  Answer:
    doc: What is said.
    fields:
      kind: Kind
      text: string
prompts:
  P:
    version: 1
    doc: P asks.
    model: m
    input:
      name: string
      age: int
    prompt: |
      {{template "greet" .name}}, you are {{ .age }}.
    output: Answer
    limits: {max_reply_bytes: 100}
`

// parts hashes the prompt of a spec after the replacements, which must all
// find something to replace.
func parts(t *testing.T, replacements ...string) history.Parts {
	t.Helper()
	spec := base
	for i := 0; i < len(replacements); i += 2 {
		require.Contains(t, spec, replacements[i])
		spec = strings.ReplaceAll(spec, replacements[i], replacements[i+1])
	}
	rep := &diag.Report{}
	s := syntax.Parse(rep, source.NewFile("a.l0.yaml", []byte(spec)))
	require.NotNil(t, s)
	pkg := resolve.Package(rep, ".", "p", false, []*syntax.Spec{s})
	require.Empty(t, rep.Diagnostics(), spec)
	return history.PartsOf(pkg, pkg.Prompts[0])
}

func TestWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	want := parts(t)
	assert.True(t, strings.HasPrefix(want.Prompt, "h1:"))
	for name, replacements := range map[string][]string{
		"comment":           {"prompts:", "# a comment\nprompts:"},
		"yaml style":        {"Kind: [a, b]", "Kind:\n    - \"a\"\n    - 'b'"},
		"order of inputs":   {"      name: string\n      age: int\n", "      age: int\n      name: string\n"},
		"order of params":   {"{temperature: 0, top_p: 1}", "{top_p: 1, temperature: 0}"},
		"doc of the prompt": {"doc: P asks.", "doc: P asks something."},
		"version":           {"version: 1", "version: 2"},
		"spaces in actions": {"{{ .age }}", "{{.age}}"},
		"name of a partial": {"greet", "salute"},
		"name of the model": {"  m:\n", "  fast:\n", "model: m\n", "model: fast\n"},
		"block or quotes": {
			"prompt: |\n      {{template \"greet\" .name}}, you are {{ .age }}.\n",
			"prompt: '{{template \"greet\" .name}}, you are {{ .age }}.'\n",
		},
		"a prompt or messages":    {"prompt: |\n      {{t", "messages:\n      - user: |\n         {{t"},
		"a comment in a template": {"you are", "{{/* now */}}you are"},
	} {
		assert.Equal(t, want, parts(t, replacements...), name)
	}
}

func TestWhatCounts(t *testing.T) {
	t.Parallel()
	old := parts(t)
	for _, c := range []struct {
		name    string
		changed func(*history.Parts) *string
		from    string
		to      string
	}{
		{"text", func(p *history.Parts) *string { return &p.Prompt }, "you are", "you're"},
		{"text of a partial", func(p *history.Parts) *string { return &p.Prompt }, "Hello", "Hi"},
		{"input type", func(p *history.Parts) *string { return &p.Input }, "age: int", "age: number"},
		{"optional input", func(p *history.Parts) *string { return &p.Input }, "name: string", "name: string\n      more: string?"},
		{"member", func(p *history.Parts) *string { return &p.Output }, "[a, b]", "[a, b, c]"},
		{"description", func(p *history.Parts) *string { return &p.Output }, "What is said.", "What was said."},
		{"property", func(p *history.Parts) *string { return &p.Output }, "      text: string\n", "      text: string?\n"},
		{"model id", func(p *history.Parts) *string { return &p.Model }, "model: gpt", "model: gpt2"},
		{"params", func(p *history.Parts) *string { return &p.Model }, "top_p: 1", "top_p: 0.5"},
		{"policy", func(p *history.Parts) *string { return &p.Policy }, "max_reply_bytes: 100", "max_reply_bytes: 200"},
	} {
		now := parts(t, c.from, c.to)
		assert.NotEqual(t, *c.changed(&old), *c.changed(&now), c.name)
		*c.changed(&now) = *c.changed(&old)
		assert.Equal(t, old, now, "%s: only its own part changes", c.name)
	}
}
