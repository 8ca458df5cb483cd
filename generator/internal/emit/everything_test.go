package emit_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// everythingPackage has a field, an element, an input and an output of every
// kind, present, absent and null.
func everythingPackage() *irtest.Package {
	p := irtest.New("everything")
	p.Doc = "The whole of it."
	p.Model("one")
	kinds := kindsOf(p)
	named := map[string]*ir.Named{}
	for _, k := range kinds {
		named[k.name] = p.Type("Named"+k.name, k.make())
	}
	named["Alias"] = p.Type("NamedAlias", p.Ref(named["Object"]))
	kinds = append(kinds, kindOf{"Ref", func() *ir.Type { return p.Ref(named["Object"]) }})
	for _, k := range []string{"String", "Int", "Enum", "List", "Map", "Bytes", "DateTime", "Any", "MapObject", "Alias"} {
		kinds = append(kinds, kindOf{"RefTo" + k, func() *ir.Type { return p.Ref(named[k]) }})
	}
	var outputs []*ir.Type
	for _, k := range kinds {
		p.Type("All"+k.name, p.Object(allFields(p, k.make)...))
		if k.name != "Media" && k.name != "Message" {
			outputs = append(outputs, k.make(), p.List(k.make()), nullable(k.make()))
		}
	}
	tree(p)
	for i, out := range outputs {
		p.Prompt("Prompt"+strconv.Itoa(i), out, allFields(p, kinds[i%len(kinds)].make)...)
	}
	p.Prompt("NoInput", nil)
	policyPrompt(p)
	return p
}

type kindOf struct {
	name string
	make func() *ir.Type
}

func kindsOf(p *irtest.Package) []kindOf {
	of := func(kind ir.Kind) func() *ir.Type { return func() *ir.Type { return p.Of(kind) } }
	return []kindOf{
		{"String", of(ir.String)},
		{"Int", of(ir.Int)},
		{"Number", of(ir.Number)},
		{"Bool", of(ir.Bool)},
		{"Decimal", of(ir.Decimal)},
		{"DateTime", of(ir.DateTime)},
		{"Date", of(ir.Date)},
		{"Duration", of(ir.Duration)},
		{"UUID", of(ir.UUID)},
		{"URI", of(ir.URI)},
		{"Bytes", of(ir.Bytes)},
		{"Media", of(ir.Image)},
		{"Any", of(ir.Any)},
		{"Message", of(ir.ChatMessage)},
		{"List", func() *ir.Type { return p.List(p.Of(ir.String)) }},
		{"ListOfLists", func() *ir.Type { return p.List(p.List(nullable(p.Of(ir.Int)))) }},
		{"Map", func() *ir.Type { return p.Map(p.Of(ir.DateTime)) }},
		{"MapOfMaps", func() *ir.Type { return p.Map(nullable(p.Map(p.Enum("a", "b")))) }},
		{"Object", func() *ir.Type { return p.Object(p.Field("id", p.Of(ir.Int)), p.Field("kind", p.Enum("x"))) }},
		{"Empty", func() *ir.Type { return p.Object() }},
		{"MapObject", func() *ir.Type {
			t := p.Object()
			t.Extra = p.List(p.Object(p.Optional("at", p.Of(ir.Date))))
			return t
		}},
		{"Enum", func() *ir.Type { return p.Enum("low", "high") }},
		{"IntEnum", func() *ir.Type {
			t := p.Enum("-1", "0", "1")
			for i := range t.Members {
				t.Members[i].Int = true
			}
			return t
		}},
	}
}

// allFields returns fields with all that can be said of presence and null.
func allFields(p *irtest.Package, of func() *ir.Type) []*ir.Field {
	both := p.Optional("both", of())
	both.Type.Null = ir.NullValue
	plain := p.Optional("may_be_absent", of())
	plain.Type.Null = ir.NotNull
	return []*ir.Field{
		p.Field("there", of()),
		p.Optional("optional", of()),
		plain,
		p.Field("null", nullable(of())),
		both,
		p.Field("list", p.List(of())),
		p.Field("nulls", p.List(nullable(of()))),
		p.Field("map", p.Map(of())),
		p.Optional("null_map", p.Map(nullable(of()))),
		p.Optional("lists", p.List(p.List(of()))),
	}
}

func nullable(t *ir.Type) *ir.Type {
	t.Null = ir.NullValue
	return t
}

// tree declares types that contain themselves.
func tree(p *irtest.Package) {
	node := p.Type("Tree", nil)
	node.Type = p.Object(
		p.Optional("left", p.Ref(node)),
		p.Field("children", p.List(p.Ref(node))),
		p.Field("named", p.Map(p.Ref(node))),
	)
	lists := p.Type("Lists", nil)
	lists.Type = p.List(p.Ref(lists))
	maps := p.Type("Maps", nil)
	maps.Type = p.Map(nullable(p.Ref(maps)))
}

// policyPrompt declares a prompt whose policy says all that can be said.
func policyPrompt(p *irtest.Package) {
	n, f, yes, no := new(int64(7)), new(0.5), new(true), new(false)
	d, off := new(90*time.Second), new(ir.Off)
	prompt := p.Prompt("Careful", nil)
	prompt.Policy = ir.Policy{
		Timeouts: ir.Timeouts{InitialToken: d, InterToken: new(1500 * time.Microsecond), Attempt: off, Total: new(2 * time.Hour)},
		Retry: ir.Retry{
			Preset: "exponential", Attempts: new(int64(0)), MaxRetries: new(int64(-1)), Backoff: "full_jitter",
			BaseDelay: d, MaxDelay: off, NetworkMaxDelay: new(time.Nanosecond), RetryOn: &[]string{"drift", "timeout"},
			ErrorTypeDelays: []ir.ErrorDelay{{Type: "dns_error", Delay: *d}, {Type: "timeout", Delay: 0}}, Feedback: no,
		},
		Guardrails: ir.Guardrails{
			Preset: "strict", OnFatal: "halt", OnExhausted: "return", MaxContent: n, Delivery: "checked", ZeroOutput: no,
			Rules: []ir.GuardrailRule{
				{Kind: "phrases", Deny: []string{"a", "b`c"}, IgnoreCase: true, Severity: "fatal", Recoverable: yes},
				{Kind: "pattern", Require: []string{`^\d+$`}, Message: "no \"number\""},
				{Kind: "length", Min: n, Max: n, Unit: "word"},
				{Kind: "assert", Expr: "len(this) > 1"},
				{Kind: "custom", Expr: "NoSecrets"},
				{Kind: "json"},
			},
		},
		Drift:          &ir.Drift{Window: n, Repetition: n, EntropySD: f, MinConfidence: f, Signals: []string{"hedging"}},
		CheckIntervals: ir.CheckIntervals{Guardrails: n, Drift: n, Checkpoint: n},
		Continuation:   &ir.Continuation{Prompt: "Go on.\nPlease.", MinOverlap: n, MaxOverlap: n, IgnoreCase: yes, CollapseSpace: no},
		Repair:         ir.Repair{Level: "lenient", Allow: []string{"close"}, Deny: []string{"comma"}},
		OutputMode:     "tool",
		Limits:         ir.Limits{MaxOutputTokens: n, MaxReplyBytes: n},
	}
	empty := p.Prompt("RetryNothing", nil)
	empty.Policy.Retry.RetryOn = &[]string{}
}

func TestEverything(t *testing.T) {
	t.Parallel()
	files := generate(t, everythingPackage())
	for _, f := range files {
		assertLooks(t, f)
	}
	typecheck(t, "example.com/app/everything", files)
}
