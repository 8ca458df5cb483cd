package interp

import (
	"fmt"
	goconstant "go/constant"
	"go/types"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/l0gen/l0gen/generator/internal/check"
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/resolve"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
)

// TestPoliciesHold makes random policies and compares what the compiler says of
// them, what it would generate, and what the runtime does with it.
//
//   - What interp makes of a spec is what generated code holds.
//   - What the compiler accepts, the runtime accepts: Validate, and a call.
//   - What the compiler refuses, the runtime refuses, but for what is not to be
//     seen there: that would be a call which fails, or a key without effect.
func TestPoliciesHold(t *testing.T) {
	t.Parallel()
	constants := loadConstants(t)
	g := &specMaker{rand: rand.New(rand.NewPCG(1, 2))}
	accepted, refused := 0, 0
	for range 3000 {
		spec, typed := g.spec()
		rep := &diag.Report{}
		pkg := resolve.Package(rep, ".", "p", false, []*syntax.Spec{parse(t, rep, spec)})
		require.False(t, rep.HasErrors(), "the shape is right: %v\n%s", messages(rep), spec)
		check.Package(rep, pkg)
		got := policy(&pkg.Prompts[0].Policy)
		err := tryPolicy(t, got, typed)
		if rep.HasErrors() {
			refused++
			if err == nil {
				assertStricter(t, rep, spec)
			}
			continue
		}
		accepted++
		require.NoError(t, got.Validate(), spec)
		require.NoError(t, err, spec)
		want, models := planned(t, constants, pkg)
		require.Equal(t, want, got, spec)
		require.Equal(t, models[0].Timeouts, model(pkg.Models[0]).Timeouts, spec)
	}
	assert.Greater(t, accepted, 500)
	assert.Greater(t, refused, 500)
}

// stricter are the errors of the compiler in which the runtime sees none.
var stricter = regexp.MustCompile(strings.Join([]string{
	`^timeouts\.\w+ is 0s`,                     // it has no zero: that is the default
	`^timeouts\.\w+ \S+ is longer than`,        // it ends the call all the same
	`^retry\.attempts is -1, but`,              // would be no limit
	`^retry\.\w+ cannot be none`,               // would be "at once"
	`^retry\.error_type_delays\.\w+ cannot be`, // likewise
	`^retry\.base_delay \S+ is longer than max_delay 0s`,
	`^retry\.attempts \d+ has no effect`,
	`^(check_intervals|continuation|limits)\.\w+ is 0, but`, // its default
	`is above max_overlap (0|-1)$`,
	`but must be at most 2147483647$`, // an int has 64 bits here
}, "|"))

func assertStricter(t *testing.T, rep *diag.Report, spec string) {
	t.Helper()
	for _, d := range rep.Diagnostics() {
		if d.Severity == diag.Error {
			require.Regexp(t, stricter, d.Message, "the runtime takes it:\n%s", spec)
		}
	}
}

func messages(rep *diag.Report) []string {
	var out []string
	for _, d := range rep.Diagnostics() {
		out = append(out, d.Message)
	}
	return out
}

func parse(t *testing.T, rep *diag.Report, spec string) *syntax.Spec {
	t.Helper()
	s := syntax.Parse(rep, source.NewFile("a.l0.yaml", []byte(spec)))
	require.NotNil(t, s, spec)
	return s
}

// tryPolicy makes a call under a policy whose model answers well, and returns
// what the runtime has against the policy.
func tryPolicy(t *testing.T, p l0.Policy, typed bool) (err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { err = call(t, p, typed) }) // so that no timeout passes
	return err
}

func call(t *testing.T, p l0.Policy, typed bool) error {
	t.Helper()
	client := l0.NewClient(l0test.NewProvider("p", l0test.Text("3")))
	b, err := l0.Bind(client, &l0.Package{Name: "p", Models: []l0.Model{{Name: "m", Provider: "p", ID: "m"}}})
	require.NoError(t, err)
	render := func(struct{}, string) []l0.Message { return []l0.Message{l0.UserMessage("x")} }
	models := []l0.ModelName{"m"}
	if typed {
		f := l0.Function[struct{}, int64]{Name: "P", Models: models, Render: render, Policy: p, Schema: `{"type":"integer"}`}
		_, err = l0.Call(t.Context(), b, &f, struct{}{}).Result()
		return err
	}
	f := l0.Function[struct{}, string]{Name: "P", Models: models, Render: render, Policy: p}
	_, err = l0.Call(t.Context(), b, &f, struct{}{}).Result()
	return err
}

// planned reads the policy and the models out of the code that would be generated.
func planned(t *testing.T, constants map[string]goconstant.Value, pkg *ir.Package) (p l0.Policy, models []l0.Model) {
	t.Helper()
	rep := &diag.Report{}
	out := plan.Build(rep, pkg, plan.Env{ImportPath: "example.com/p"})
	require.NotNil(t, out, messages(rep))
	e := evaluator{t: t, constants: constants}
	for _, f := range out.Files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *plan.Prompt:
				e.field(d.Function, "Policy", reflect.ValueOf(&p))
			case *plan.Models:
				e.field(d.Package, "Models", reflect.ValueOf(&models))
			}
		}
	}
	return p, models
}

// evaluator gives planned literals their value, as the Go compiler would.
type evaluator struct {
	t         *testing.T
	constants map[string]goconstant.Value
}

// field sets what to points at to a field of a literal, if it has that.
func (e evaluator) field(literal plan.Value, name string, to reflect.Value) {
	for _, f := range literal.(*plan.StructValue).Fields {
		if f.Name == name {
			e.set(to.Elem(), f.Value)
		}
	}
}

func (e evaluator) set(to reflect.Value, v plan.Value) {
	switch v := v.(type) {
	case plan.StringValue:
		to.SetString(string(v))
	case plan.IntValue:
		to.SetInt(int64(v))
	case plan.FloatValue:
		to.SetFloat(float64(v))
	case plan.BoolValue:
		to.SetBool(bool(v))
	case plan.DurationValue:
		to.SetInt(int64(v))
	case plan.NameValue:
		e.constant(to, v)
	case *plan.StructValue:
		for _, f := range v.Fields {
			field := to.FieldByName(f.Name)
			require.True(e.t, field.IsValid(), "%s has no field %s", to.Type(), f.Name)
			e.set(field, f.Value)
		}
	case *plan.SliceValue:
		to.Set(reflect.MakeSlice(to.Type(), len(v.Items), len(v.Items)))
		for i, item := range v.Items {
			e.set(to.Index(i), item)
		}
	}
}

func (e evaluator) constant(to reflect.Value, name plan.NameValue) {
	if name.Path == "" {
		to.SetString(name.Name) // a constant of the generated package
		return
	}
	c, ok := e.constants[name.Path+"."+name.Name]
	require.True(e.t, ok, "%s.%s does not exist", name.Path, name.Name)
	if to.Kind() == reflect.String {
		to.SetString(goconstant.StringVal(c))
		return
	}
	i, ok := goconstant.Int64Val(c)
	require.True(e.t, ok)
	to.SetInt(i)
}

// loadConstants are the constants of the runtime, by package and name.
func loadConstants(t *testing.T) map[string]goconstant.Value {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile},
		"github.com/l0gen/l0gen/runtime", "github.com/l0gen/l0gen/runtime/retry", "github.com/l0gen/l0gen/runtime/guard")
	require.NoError(t, err)
	out := map[string]goconstant.Value{}
	for _, pkg := range loaded {
		require.Empty(t, pkg.Errors)
		for _, name := range pkg.Types.Scope().Names() {
			if c, ok := pkg.Types.Scope().Lookup(name).(*types.Const); ok {
				out[pkg.PkgPath+"."+name] = c.Val()
			}
		}
	}
	return out
}

// generator makes random specs of one prompt.
type specMaker struct {
	rand *rand.Rand
	b    strings.Builder
}

func (g *specMaker) pick(list ...string) string { return list[g.rand.IntN(len(list))] }

// often says whether a key is there: most are not, so that many specs are right.
func (g *specMaker) often() bool { return g.rand.IntN(5) == 0 }

func (g *specMaker) duration() string {
	return g.pick("0s", "1ms", "250ms", "1s", "1500ms", "3s", "9s", "20s", "1m", "15m", "none")
}

func (g *specMaker) count() string {
	return g.pick("0", "1", "2", "3", "7", "40", "600", "20000", "3000000000", "-1")
}

func (g *specMaker) bool() string { return g.pick("true", "false") }

// keys writes a mapping with some of the keys: pairs of a name and what makes
// its value.
func (g *specMaker) keys(indent string, name string, pairs ...any) {
	var body strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		if g.often() {
			fmt.Fprintf(&body, "%s  %s: %s\n", indent, pairs[i], pairs[i+1].(func() string)())
		}
	}
	if body.Len() > 0 {
		fmt.Fprintf(&g.b, "%s%s:\n%s", indent, name, body.String())
	}
}

func (g *specMaker) timeouts(indent string) {
	g.keys(indent, "timeouts", "initial_token", g.duration, "inter_token", g.duration, "attempt", g.duration, "total", g.duration)
}

func texts[T ~string](words []T) []string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}

func (g *specMaker) limits() string {
	return g.pick("0", "1", "2", "3", "7", "40", "3000000000", "unlimited")
}

func (g *specMaker) spec() (text string, typed bool) {
	g.b.Reset()
	g.b.WriteString("l0gen: 1\nmodels:\n  m:\n    provider: p\n    model: m\n")
	g.timeouts("    ")
	g.b.WriteString("prompts:\n  P:\n    model: m\n    prompt: x\n")
	if typed = g.often(); typed {
		g.b.WriteString("    output: int\n")
	}
	g.timeouts("    ")
	words := func(words ...string) func() string { return func() string { return g.pick(words...) } }
	g.keys("    ", "retry",
		"preset", words(texts(retry.Presets())...), "attempts", g.count, "max_retries", g.limits,
		"backoff", words(texts(retry.Strategies())...),
		"base_delay", g.duration, "max_delay", g.duration, "network_max_delay", g.duration,
		"retry_on", func() string {
			reasons := texts(retry.Reasons())
			return "[" + g.pick("", g.pick(reasons...), g.pick(reasons...)+", "+g.pick(reasons...)) + "]"
		},
		"error_type_delays", func() string { return "{" + g.pick(texts(retry.ErrorTypes())...) + ": " + g.duration() + "}" },
		"feedback", g.bool)
	g.keys("    ", "check_intervals", "guardrails", g.count, "checkpoint", g.count)
	g.keys("    ", "continuation", "prompt", words("go on", `""`), "min_overlap", g.count, "max_overlap", g.count,
		"ignore_case", g.bool, "collapse_space", g.bool)
	g.keys("    ", "limits", "max_output_tokens", g.count, "max_reply_bytes", g.count)
	g.keys("    ", "guardrails", "on_fatal", words("fallback", "halt"), "zero_output", g.bool)
	if g.often() {
		g.b.WriteString("    output_mode: " + g.pick("auto", "prompt") + "\n")
	}
	return g.b.String(), typed
}
