package emit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/tmpl"
)

// renderPackage has a prompt for each shape that messages come in.
func renderPackage(t *testing.T) *irtest.Package {
	t.Helper()
	p := irtest.New("shapes")
	p.Model("fast")
	shot := p.Type("Shot", p.Object(p.Optional("photo", p.Of(ir.Image)), p.Field("sound", p.Of(ir.Audio))))
	nullable := p.Of(ir.String)
	nullable.Null = ir.NullValue
	three := p.Field("three", nullable)
	three.Required = false
	lang := p.Of(ir.String)
	lang.Default = `"en"`
	fields := map[string]*ir.Field{}
	var inputs []*ir.Field
	for _, f := range []*ir.Field{
		p.Field("subject", p.Of(ir.String)), p.Field("photo", p.Of(ir.Image)), p.Optional("scan", p.Of(ir.MediaFile)),
		p.Field("pages", p.List(p.Of(ir.Image))), p.Optional("turns", p.List(p.Of(ir.ChatMessage))),
		p.Optional("shot", p.Ref(shot)), three, p.Optional("lang", lang), p.Optional("due", p.Of(ir.DateTime)),
		p.Field("user", p.Of(ir.Decimal)), p.Field("scores", p.Map(p.Of(ir.Number))),
	} {
		fields[f.Name] = f
		inputs = append(inputs, f)
	}
	text := func(value string) *ir.Part {
		rep := &diag.Report{}
		compiled := tmpl.Compile(rep, plainText(value), tmpl.Env{Inputs: inputs, Schema: true})
		require.False(t, rep.HasErrors(), "%s", diagnostics(rep))
		return &ir.Part{Text: compiled}
	}
	media := func(path ...*ir.Field) *ir.Part { return &ir.Part{Media: path} }
	message := func(role ir.Role, parts ...*ir.Part) *ir.Message { return &ir.Message{Role: role, Parts: parts} }
	photo := shot.Type.Fields[0]
	for name, messages := range map[string][]*ir.Message{
		"Static": {message(ir.System, text("Be kind.\n\n")), message(ir.User, text("Hello,\nyou.\r\n"))},
		"Roles": {
			message(ir.System, text("About {{.subject}}.")), message(ir.User, text("{{.subject}}?")),
			message(ir.Assistant, text("{{.subject}}!")), message(ir.User, text("Again {{.subject}}")),
		},
		"Schema":  {message(ir.User, text("{{.subject}}\n{{schema}}\n"))},
		"History": {message(ir.System, text("Chat.")), {History: fields["turns"]}, message(ir.User, text("{{.subject}}"))},
		"Opening": {{History: fields["turns"]}, message(ir.User, text("a")), message(ir.User, text("b"))},
		"Photo":   {message(ir.User, text("See {{.subject}}."), media(fields["photo"]))},
		"Media": {message(ir.User, text("See:"), media(fields["scan"]), media(fields["pages"]),
			media(fields["shot"], photo), text("And {{.subject}}."))},
		"Values": {message(ir.User, text("{{.three}}{{.lang}}{{.due}}{{.user}}{{with .shot}}{{json .sound}}{{end}}"+
			"{{range $user, $score := .scores}}{{$user}}: {{$score}} {{end}}"))},
	} {
		prompt := p.Prompt(name, p.Ref(shot), inputs...)
		prompt.Messages = messages
	}
	return p
}

// testdata/render.golden holds the functions that make messages of all shapes.
func TestRenderShapes(t *testing.T) {
	t.Parallel()
	files := generate(t, renderPackage(t))
	typecheck(t, "example.com/app/shapes", files)
	var got strings.Builder
	for _, name := range []string{"static", "roles", "schema", "history", "opening", "photo", "media", "values"} {
		text := content(t, files, name+".l0.go")
		_, after, _ := strings.Cut(text, "\nfunc render")
		function, _, _ := strings.Cut(after, "\n}\n")
		got.WriteString("func render" + function + "\n}\n\n")
	}
	golden := filepath.Join("testdata", "render.golden")
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())
}

// Variables of templates never clash with what the function or the package
// calls its own.
func TestRenderNames(t *testing.T) {
	t.Parallel()
	p := irtest.New("names")
	p.Model("fast")
	var b strings.Builder
	for _, name := range []string{
		"in", "format", "user", "render", "l0", "slices", "string", "len", "range", "func", "nil", "spec", "v",
		"ask", "Ask", "AskInput", "my_var", "_", "x1", "ä", "日", "type", "renderAsk", "item", "init", "main",
	} {
		b.WriteString("{{$" + name + " := upper .v}}{{$" + name + "}}")
	}
	b.WriteString("{{range $user, $in := .list}}{{range $user, $in := $.list}}{{$in}}{{$user}}{{end}}{{$in}}{{end}}")
	inputs := []*ir.Field{p.Field("v", p.Of(ir.String)), p.Field("list", p.List(p.Of(ir.String)))}
	prompt := p.Prompt("Ask", nil, inputs...)
	rep := &diag.Report{}
	prompt.Messages[0].Parts[0].Text = tmpl.Compile(rep, plainText(b.String()), tmpl.Env{Inputs: inputs})
	require.False(t, rep.HasErrors(), "%s", diagnostics(rep))
	typecheck(t, "example.com/app/names", generate(t, p))
}

// plainText is a text that stands in a file as it is.
func plainText(value string) source.Text {
	f := source.NewFile("a.txt", []byte(value))
	offsets := make([]int, len(value))
	for i := range offsets {
		offsets[i] = i
	}
	return source.NewText(value, source.Span{File: f, End: len(value)}, offsets)
}
