package emit_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// diffGen makes random inputs and templates that fit each other.
type diffGen struct {
	*rand.Rand
	p *irtest.Package
	// types are declared once, for all prompts.
	person, email, level, due, labels *ir.Named
	vars                              int
}

func newDiffGen(p *irtest.Package, r *rand.Rand) *diffGen {
	g := &diffGen{Rand: r, p: p}
	p.Model("fast")
	g.email = p.Type("Email", p.Of(ir.String))
	g.level = p.Type("Level", p.Enum("low", "high", "")) // the empty member is false
	g.due = p.Type("Due", p.Of(ir.DateTime))
	g.labels = p.Type("Labels", p.List(p.Of(ir.String)))
	g.person = p.Type("Person", p.Object(
		p.Field("name", p.Of(ir.String)),
		p.Optional("email", p.Ref(g.email)),
		p.Field("tags", p.List(p.Of(ir.String))),
		p.Optional("age", p.Of(ir.Int)),
	))
	p.Type("Team", p.Object(p.Field("lead", p.Ref(g.person))))
	return g
}

// kinds are the types that a random input has fields of.
func (g *diffGen) randomType(depth int) *ir.Type {
	kinds := []ir.Kind{
		ir.String, ir.String, ir.Int, ir.Number, ir.Bool, ir.Decimal, ir.DateTime, ir.Date,
		ir.Duration, ir.UUID, ir.URI, ir.Bytes, ir.Any,
	}
	switch n := g.IntN(24); {
	case n < 12 || depth > 1 && n < 18:
		return g.p.Of(kinds[g.IntN(len(kinds))])
	case n < 13:
		return g.p.Enum("red", "green", "blue")
	case n < 14:
		t := g.p.Enum("0", "1", "2")
		for i := range t.Members {
			t.Members[i].Int = true
		}
		return t
	case n < 17:
		named := []*ir.Named{g.email, g.level, g.due, g.labels, g.person}
		return g.p.Ref(named[g.IntN(len(named))])
	case n < 20:
		return g.p.List(g.randomElem(depth + 1))
	case n < 22:
		return g.p.Map(g.randomElem(depth + 1))
	}
	return g.p.Object(g.randomFields(3, depth+1)...)
}

func (g *diffGen) randomElem(depth int) *ir.Type {
	t := g.randomType(depth)
	if g.IntN(4) == 0 {
		t.Null = ir.NullValue
	}
	return t
}

func (g *diffGen) randomFields(n, depth int) []*ir.Field {
	names := []string{"subject", "body_text", "count", "type", "item", "user_id", "note", "if_so", "v", "format"}
	g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var fields []*ir.Field
	for _, name := range names[:n] {
		t := g.randomType(depth)
		f := g.p.Field(name, t)
		switch g.IntN(8) {
		case 0, 1:
			f.Required, t.Null = false, ir.NullAbsent
		case 2:
			t.Null = ir.NullValue
		case 3:
			f.Required, t.Null = false, ir.NullValue
		case 4:
			f.Required = false
		case 5:
			if t.Kind.IsScalar() {
				f.Required, t.Null = false, ir.NullAbsent
				t.Default = g.randomJSON(t)
			}
		}
		fields = append(fields, f)
	}
	return fields
}

// randomJSON returns a value of a type.
func (g *diffGen) randomJSON(t *ir.Type) string {
	u := t.Underlying()
	one := func(values ...string) string { return values[g.IntN(len(values))] }
	switch u.Kind {
	case ir.Int:
		return one("0", "1", "-7", "42", "9007199254740993")
	case ir.Number:
		return one("0", "0.5", "1e21", "1e-7", "3", "-2.25", "100000000")
	case ir.Bool:
		return one("true", "false")
	case ir.Decimal:
		return one("0", "0.10", "12.50", "-3", "1e3")
	case ir.DateTime:
		return one(`"2024-02-29T12:30:00Z"`, `"2024-02-29T13:30:00.25+01:00"`, `"1999-12-31T23:59:59-05:00"`)
	case ir.Date:
		return one(`"2024-02-29"`, `"1999-12-31"`)
	case ir.Duration:
		return one(`"PT1H"`, `"P1DT2H30M"`)
	case ir.Bytes:
		return one(`""`, `"aGk/"`)
	case ir.Enum:
		m := u.Members[g.IntN(len(u.Members))]
		if m.Int {
			return m.Text
		}
		return quote(m.Text)
	case ir.Any:
		return one("1", `"a<b"`, "[1,2.5,null]", `{"b":1,"a":[true]}`, "0", `""`)
	case ir.List, ir.Map:
		return g.randomItems(u)
	case ir.Object:
		return g.randomObject(u.Fields)
	}
	return one(`""`, `"a"`, `"Ärger <b>\n  zwei\n"`, `"  pad "`, `"日本語"`, `"red"`)
}

func (g *diffGen) randomItems(t *ir.Type) string {
	var items []string
	for i := range g.IntN(4) {
		item := "null"
		if t.Elem.Null == ir.NotNull || g.IntN(3) > 0 {
			item = g.randomJSON(t.Elem)
		}
		if t.Kind == ir.Map {
			item = quote(string("zbca"[i])) + ":" + item
		}
		items = append(items, item)
	}
	if t.Kind == ir.Map {
		return "{" + strings.Join(items, ",") + "}"
	}
	return "[" + strings.Join(items, ",") + "]"
}

func (g *diffGen) randomObject(fields []*ir.Field) string {
	var items []string
	for _, f := range fields {
		switch {
		case !f.Required && g.IntN(2) == 0:
		case f.Type.Null != ir.NotNull && g.IntN(3) == 0 && f.Type.Default == "":
			items = append(items, quote(f.Name)+":null")
		default:
			items = append(items, quote(f.Name)+":"+g.randomJSON(f.Type))
		}
	}
	return "{" + strings.Join(items, ",") + "}"
}

func quote(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

// randomCase declares a prompt with a random template and inputs.
func (g *diffGen) randomCase(name string, inputs int) *diffCase {
	prompt := g.p.Prompt(name, nil, g.randomFields(5, 0)...)
	c := &diffCase{prompt: prompt}
	s := &genScope{diffGen: g, atoms: fieldAtoms("$.", prompt.Inputs)}
	c.text = s.nodes(4, 0)
	for range inputs {
		c.inputs = append(c.inputs, g.randomObject(prompt.Inputs))
	}
	return c
}

// writtenCases are templates that chance would hardly find.
func (g *diffGen) writtenCases() []*diffCase {
	p := g.p
	fields := func() []*ir.Field {
		lang := p.Of(ir.String)
		lang.Default = `"en"`
		sizes := p.List(p.Of(ir.Int))
		sizes.Default = "[1,2]"
		nullable := p.Of(ir.String)
		nullable.Null = ir.NullValue
		three := p.Field("three", nullable)
		three.Required = false
		return []*ir.Field{
			p.Field("a", p.Of(ir.String)), p.Optional("b", p.Of(ir.String)), p.Optional("flag", p.Of(ir.Bool)),
			p.Optional("person", p.Ref(g.person)), p.Field("list", p.List(p.Of(ir.String))),
			p.Field("numbers", p.List(p.Of(ir.Number))), p.Field("map", p.Map(p.Ref(g.person))),
			p.Optional("lang", lang), p.Optional("sizes", sizes), three, p.Field("n", p.Of(ir.Int)),
			p.Field("price", p.Of(ir.Decimal)), p.Field("level", p.Ref(g.level)), p.Field("at", p.Of(ir.DateTime)),
			p.Optional("due", p.Ref(g.due)), p.Field("people", p.List(p.Ref(g.person))),
		}
	}
	var cases []*diffCase
	for i, text := range writtenTemplates() {
		prompt := p.Prompt(fmt.Sprintf("Written%d", i), nil, fields()...)
		c := &diffCase{prompt: prompt, text: text}
		for range 6 {
			c.inputs = append(c.inputs, g.randomObject(prompt.Inputs))
		}
		cases = append(cases, c)
	}
	return cases
}

func writtenTemplates() []string {
	return []string{
		"{{.a}}{{.b}}{{.flag}}{{.lang}}{{.three}}{{.n}}{{.price}}{{.level}}{{.at}}{{.due}}\n\n",
		"{{if .flag}}set {{.flag}}{{if eq .flag true}} yes{{end}}{{else}}unset{{end}} {{default false .flag}}",
		"{{with .person}}{{.name}} {{.email}} {{range $i, $t := .tags}}{{$i}}:{{$t}} {{end}}{{$.a}}{{else}}nobody{{end}}",
		"{{range $k, $p := .map}}{{$k}}={{$p.name}}{{template \"person\" $p}}{{else}}none{{end}}|{{(index .map \"z\").name}}|{{(index .map \"no\").tags | len}}",
		"{{range $i, $x := .list}}{{if $i}}, {{end}}{{if eq $x \"red\"}}{{continue}}{{end}}{{if ge $i 2}}{{break}}{{end}}{{$x | upper}}{{end}}",
		"{{range .list}}{{.}}{{break}}unreachable{{end}}",
		"{{$n := 0}}{{range $i, $x := .list}}{{$n = $i}}{{end}}{{$n}}{{if gt $n 1}} many{{end}}",
		"{{$s := .a}}{{range .list}}{{$s = .}}{{end}}{{$s}}{{$unused := .n}}{{$u2 := 3}}{{$u2 = 4}}",
		"{{$p := .b}}{{range .people}}{{$p = .email}}{{end}}",
		"{{$o := .b}}{{if .flag}}{{$o = .three}}{{end}}{{with $o}}<{{.}}>{{else}}none{{end}}",
		"{{join \", \" .list}} {{join .a .numbers}} {{join \"-\" .sizes}} {{len .list}} {{len .a}} {{len .sizes}} {{json .list}}",
		"{{json .}}{{json .person}}{{json .numbers}}{{json .b}}{{json .map}}{{json .price | len}}",
		"{{.a | indent 3}}|{{indent .n .a}}|{{truncate 2 .a}}|{{truncate .n .a}}|{{trim .a | upper | lower}}",
		"{{default \"x\" .b}} {{.three | default .a}} {{.b | default .lang | upper}}",
		"{{if and .person .person.email}}{{upper .person.email}}{{end}}{{if or (not .person) (not .person.age)}}-{{else}}{{.person.age}}{{end}}",
		"{{if eq .n 0 1 42}}in{{end}}{{if and (gt .price 0) (lt .price 12.6)}}cheap{{end}}{{if ne .level \"low\"}}not low{{end}}{{if eq .price 0.1}}dime{{end}}",
		"{{or .a \"nothing\"}} {{and .a .lang}} {{or .n 5}} {{or \"\" .a .lang}} {{not .a}} {{and true (not .n)}} {{or .level \"high\"}}",
		"{{if eq .at .at}}same{{end}}{{with .due}}{{if lt . $.at}}due {{.}}{{else}}later{{end}}{{end}}{{if .at}}at{{end}}",
		"{{if or (ne .a \"x\") (ne .a \"y\")}}always{{end}}{{if and (eq .a \"x\") (eq .a \"y\")}}never{{end}}{{if or .a .a}}a{{end}}",
		"{{template \"fixed\"}}{{template \"value\" .a}}{{template \"value\" (len .list)}}{{template \"value\" .b}}{{range .people}}{{template \"person\" .}}{{end}}",
		"{{- /* note */ -}} {{.a -}} x {{- .a}} {{\"{{\"}} `raw` \\n \t ü {{\"\\u00e9\\n\"}}{{'a'}}{{0x10}} {{true}} {{1.5}}",
		"{{if .list}}list{{end}}{{with .list}}{{len .}}{{end}}{{if not .sizes}}no{{end}}{{if .map}}map{{end}}{{if .level}}level{{end}}",
		"{{range .people}}{{if not .email}}{{continue}}{{end}}{{.email | upper}};{{end}}{{range .people}}{{range .tags}}{{.}}{{range $.list}}{{.}}{{end}}{{end}}{{end}}",
		"{{if .a}}{{end}}{{if .b}}{{else}}none{{end}}{{range .list}}{{end}}{{with .b}}{{end}}{{if true}}yes{{else}}no{{end}}{{if \"\"}}x{{end}}",
		"{{with (index .map \"z\").email}}{{.}}{{else}}no mail{{end}}{{with index .map \"b\"}}{{.name}}{{end}}{{with json .b}}{{.}}{{end}}",
		"{{$in := .a}}{{$format := .lang}}{{$range := .n}}{{$user := 1}}{{$in}}{{$format}}{{$range}}{{$user}}{{range $len, $string := .list}}{{$len}}{{$string}}{{end}}",
	}
}
