package plan

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

const head = `{"$schema":"https://json-schema.org/draft/2020-12/schema",`

func TestSchemaText(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	priority := p.Enum("low", "high")
	priority.Doc = `How "soon" <b>.`
	named := p.Type("Priority", priority)
	node := p.Type("Node", nil)
	node.Type = p.Object(p.Field("children", p.List(p.Ref(node))), p.Field("priority", p.Ref(named)))
	alias := p.Type("Alias", p.Ref(node))
	text := p.Of(ir.String)
	text.Rules = ir.Rules{MinLength: new(int64(1)), MaxLength: new(int64(5)), Pattern: `^\d+$`}
	text.Title, text.Format, text.Deprecated = "T", "email", true
	text.Default, text.Examples = ` "a" `, []string{`"b"`, ` "c"`}
	number := p.Of(ir.Number)
	number.Rules = ir.Rules{Minimum: "0", Maximum: "1e3", ExclusiveMin: "-1", ExclusiveMax: "2000", MultipleOf: "0.1"}
	number.Const = "3"
	list := p.List(p.Of(ir.Bool))
	list.Rules = ir.Rules{MinItems: new(int64(1)), MaxItems: new(int64(2)), UniqueItems: true}
	dict := p.Map(p.Of(ir.Decimal))
	dict.Rules = ir.Rules{MinProperties: new(int64(1)), MaxProperties: new(int64(2))}
	levels := p.Enum("-1", "1")
	for i := range levels.Members {
		levels.Members[i].Int = true
	}
	open := p.Object(p.Field("a", p.Of(ir.Int)))
	open.Extra = p.Of(ir.Any)
	closed := p.Object()
	closed.Extra = p.Of(ir.String)
	describedRef := p.Ref(named)
	describedRef.Doc, describedRef.Default = "The default.", `"low"`

	for name, test := range map[string]struct {
		t    *ir.Type
		want string
	}{
		"string": {text, `"type":"string","title":"T","deprecated":true,"format":"email","minLength":1,"maxLength":5,"pattern":"^\\d+$","default":"a","examples":["b","c"]}`},
		"number": {number, `"type":"number","const":3,"minimum":0,"maximum":1e3,"exclusiveMinimum":-1,"exclusiveMaximum":2000,"multipleOf":0.1}`},
		"list":   {list, `"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":2,"uniqueItems":true}`},
		"map":    {dict, `"type":"object","additionalProperties":{"type":"number"},"minProperties":1,"maxProperties":2}`},
		"enum":   {priority, `"type":"string","enum":["low","high"],"description":"How \"soon\" <b>."}`},
		"levels": {levels, `"type":"integer","enum":[-1,1]}`},
		"open":   {open, `"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}`},
		"closed": {closed, `"type":"object","additionalProperties":{"type":"string"}}`},
		"empty":  {p.Object(), `"type":"object","additionalProperties":false}`},
		"formats": {
			p.Object(p.Field("a", p.Of(ir.DateTime)), p.Field("b", p.Of(ir.Date)), p.Field("c", p.Of(ir.Duration)),
				p.Field("d", p.Of(ir.UUID)), p.Field("e", p.Of(ir.URI)), p.Field("f", p.Of(ir.Bytes)), p.Field("g", p.Of(ir.Image)),
				p.Field("h", p.Of(ir.Any))),
			`"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"date"},` +
				`"c":{"type":"string","format":"duration"},"d":{"type":"string","format":"uuid"},"e":{"type":"string","format":"uri"},` +
				`"f":{"type":"string","contentEncoding":"base64"},"g":{"type":"object"},"h":{}},` +
				`"required":["a","b","c","d","e","f","g","h"],"additionalProperties":false}`,
		},
		"null": {
			p.Object(p.Optional("z", p.Of(ir.String)), p.Optional("a", p.Enum("x")), p.Optional("m", p.Ref(named)), p.Optional("o", describedRef)),
			`"type":"object","properties":{"z":{"type":["string","null"]},"a":{"type":["string","null"],"enum":["x",null]},` +
				`"m":{"anyOf":[{"$ref":"#/$defs/Priority"},{"type":"null"}]},` +
				`"o":{"anyOf":[{"$ref":"#/$defs/Priority"},{"type":"null"}],"description":"The default.","default":"low"}},` +
				`"additionalProperties":false,"$defs":{"Priority":{"type":"string","enum":["low","high"],"description":"How \"soon\" <b>."}}}`,
		},
		"recursive": {
			p.Ref(alias),
			`"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/Node"}},"priority":{"$ref":"#/$defs/Priority"}},` +
				`"required":["children","priority"],"additionalProperties":false,"$defs":{` +
				`"Node":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/$defs/Node"}},"priority":{"$ref":"#/$defs/Priority"}},` +
				`"required":["children","priority"],"additionalProperties":false},` +
				`"Priority":{"type":"string","enum":["low","high"],"description":"How \"soon\" <b>."}}}`,
		},
		"plain ref": {p.Ref(named), `"type":"string","enum":["low","high"],"description":"How \"soon\" <b>."}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := schemaText(test.t)
			assert.Equal(t, head+test.want, got)
			compileSchema(t, got)
		})
	}
}

func compileSchema(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat, c.AssertContent = true, true
	require.NoError(t, c.AddResource("mem:///s", strings.NewReader(text)))
	s, err := c.Compile("mem:///s")
	require.NoError(t, err, text)
	return s
}

func TestSchemaAcceptsAndRefuses(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	node := p.Type("Node/~ä%", nil)
	node.Type = p.Object(
		p.Field("name", p.Of(ir.String)),
		p.Optional("next", p.Ref(node)),
		p.Optional("when", p.Of(ir.DateTime)),
		p.Field("kind", p.Enum("a", "")),
	)
	s := compileSchema(t, schemaText(p.List(p.Ref(node))))
	for text, valid := range map[string]bool{
		`[]`:                         true,
		`[{"name":"x","kind":""}]`:   true,
		`[{"name":"x","kind":"b"}]`:  false,
		`[{"name":null,"kind":"a"}]`: false,
		`[{"kind":"a"}]`:             false,
		`[{"name":"x","kind":"a","next":null,"when":null}]`:                                 true,
		`[{"name":"x","kind":"a","next":{"name":"y","kind":"a","next":{}}}]`:                false,
		`[{"name":"x","kind":"a","next":{"name":"y","kind":"a"}}]`:                          true,
		`[{"name":"x","kind":"a","other":1}]`:                                               false,
		`[{"name":"x","kind":"a","when":"2026-11-24T04:00:00Z"}]`:                           true,
		`[{"name":"x","kind":"a","when":"soon"}]`:                                           false,
		`[{"name":"x","kind":"a","next":{"name":"y","kind":"a","when":"2026-13-24T04:0"}}]`: false,
	} {
		var value any
		require.NoError(t, json.Unmarshal([]byte(text), &value))
		assert.Equal(t, valid, s.Validate(value) == nil, text)
	}
}

func TestInputSchemaOnlyWhereGoSaysLess(t *testing.T) {
	t.Parallel()
	p := irtest.New("app")
	plain := p.Type("Plain", nil)
	plain.Type = p.Object(p.Field("a", p.Of(ir.String)), p.Field("when", p.Of(ir.DateTime)), p.Optional("again", p.Ref(plain)))
	limited := p.Of(ir.Int)
	limited.Rules.Maximum = "3"
	deep := p.Type("Deep", p.Object(p.Field("b", p.List(p.Map(limited)))))
	defaulted := p.Of(ir.String)
	defaulted.Default = `"x"`
	for name, test := range map[string]struct {
		t    *ir.Type
		want bool
	}{
		"plain":     {p.Ref(plain), false},
		"decimal":   {p.Of(ir.Decimal), false},
		"media":     {p.Of(ir.Image), false},
		"enum":      {p.Enum("a"), true},
		"uuid":      {p.Of(ir.UUID), true},
		"deep":      {p.Ref(deep), true},
		"defaulted": {defaulted, true},
		"limited":   {p.List(limited), true},
	} {
		prompt := &ir.Prompt{Inputs: []*ir.Field{p.Field("x", test.t)}}
		assert.Equal(t, test.want, inputSaysMore(prompt), name)
		compileSchema(t, inputSchemaText(prompt))
	}
}
