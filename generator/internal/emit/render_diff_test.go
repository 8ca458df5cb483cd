package emit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/emit"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/tmpl"
	"github.com/l0gen/l0gen/runtime/render"
)

// diffCase is a template with the inputs that it is rendered for.
type diffCase struct {
	prompt *ir.Prompt
	text   string
	inputs []string // JSON
}

// Compiled templates give, byte for byte, what text/template gives.
func TestRenderLikeTextTemplate(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds a program")
	}
	const templates, inputs = 120, 4
	p := irtest.New("cases")
	g := newDiffGen(p, rand.New(rand.NewPCG(1, 2)))
	var cases []*diffCase
	for i := range templates {
		cases = append(cases, g.randomCase(fmt.Sprintf("Random%d", i), inputs))
	}
	cases = append(cases, g.writtenCases()...)
	partials := diffPartials()
	for _, c := range cases {
		compileCase(t, c, partials)
	}
	got := runCases(t, p, cases)
	count := 0
	for i, c := range cases {
		for j, input := range c.inputs {
			count++
			assert.Equal(t, interpret(t, c, partials, input), got[i][j], "%s\ninput %s", c.text, input)
		}
	}
	t.Logf("%d cases", count)
	assert.GreaterOrEqual(t, count, 500)
}

func diffPartials() map[string]string {
	return map[string]string{
		"person": "[{{.name}}{{with .email}} <{{. | lower}}>{{end}}{{range .tags}} #{{.}}{{end}}]",
		"value":  "({{.}})",
		"fixed":  "fixed\n",
	}
}

func compileCase(t *testing.T, c *diffCase, partials map[string]string) {
	t.Helper()
	env := tmpl.Env{Inputs: c.prompt.Inputs, Partials: map[string]source.Text{}}
	for name, text := range partials {
		env.Partials[name] = plainText(text)
	}
	rep := &diag.Report{}
	compiled := tmpl.Compile(rep, plainText(c.text), env)
	for _, d := range rep.Diagnostics() {
		t.Errorf("%s\n%v: %s %v", c.text, d.Span.Position(), d.Message, d.Hints)
	}
	c.prompt.Messages[0].Parts[0].Text = compiled
}

// interpret renders a case with text/template.
func interpret(t *testing.T, c *diffCase, partials map[string]string, input string) string {
	t.Helper()
	values := map[string]any{}
	dec := json.NewDecoder(strings.NewReader(input))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&values))
	in := tmpl.NewInput(c.prompt.Inputs, values)
	parsed, err := template.New("t").Funcs(in.Funcs("")).Parse(c.text)
	require.NoError(t, err, c.text)
	for name, text := range partials {
		_, err := parsed.New(name).Parse(text)
		require.NoError(t, err)
	}
	var out bytes.Buffer
	require.NoError(t, parsed.Execute(&out, in.Root()), "%s\ninput %s", c.text, input)
	return render.TrimNewlines(out.String())
}

// runCases generates the package of all cases, builds a program around it,
// and returns what it rendered.
func runCases(t *testing.T, p *irtest.Package, cases []*diffCase) [][]string {
	t.Helper()
	files := generate(t, p)
	files = append(files, emit.File{Path: "../main.go", Content: []byte(diffMain("example.com/app", cases))})
	dir := moduleOf(t, map[string][]emit.File{"cases": files})
	runGo(t, dir, "vet", "./cases")
	program := filepath.Join(dir, "program")
	runGo(t, dir, "build", "-o", program, ".")
	inputs := make([][]json.RawMessage, len(cases))
	for i, c := range cases {
		for _, input := range c.inputs {
			inputs[i] = append(inputs[i], json.RawMessage(input))
		}
	}
	stdin, err := json.Marshal(inputs)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Stdin = bytes.NewReader(stdin)
	stdout, err := cmd.Output()
	require.NoError(t, err)
	var out [][]string
	require.NoError(t, json.Unmarshal(stdout, &out))
	return out
}

// diffMain is a program that renders what it reads.
func diffMain(path string, cases []*diffCase) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n\n\t\"" + path + "/cases\"\n)\n\n")
	b.WriteString(`func main() {
	var inputs [][]json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&inputs); err != nil {
		panic(err)
	}
	c := &cases.Client{}
	out := make([][]string, len(inputs))
`)
	for i, c := range cases {
		fmt.Fprintf(&b, `	for _, raw := range inputs[%d] {
		var in cases.%sInput
		if err := json.Unmarshal(raw, &in); err != nil {
			panic(string(raw) + err.Error())
		}
		out[%d] = append(out[%d], c.%sMessages(in)[0].Content())
	}
`, i, c.prompt.Name, i, i, c.prompt.Name)
	}
	b.WriteString("	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {\n\t\tpanic(err)\n\t}\n}\n")
	return b.String()
}
