package subset_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
)

func strict() subset.Rules {
	return subset.Rules{Keywords: []string{"minimum"}, AllRequired: true, LoneRef: true}
}

const order = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","title":"Order","properties":{` +
	`"z":{"type":"string","description":"Last letter.","examples":["a"],"deprecated":true},` +
	`"a":{"type":["integer","null"],"minimum":1},` +
	`"kind":{"type":"string","enum":["x","y"],"default":"x","description":"The <kind>."},` +
	`"next":{"anyOf":[{"$ref":"#/$defs/Order"},{"type":"null"}]},` +
	`"item":{"$ref":"#/$defs/Item","description":"What."},"plain":{"$ref":"#/$defs/Item"}},` +
	`"required":["z","item","plain"],"additionalProperties":false,"$defs":{` +
	`"Order":{"type":"object","additionalProperties":false},` +
	`"Item":{"type":"object","properties":{"n":{"type":"number","default":1}},"additionalProperties":false}}}`

func TestRewrite(t *testing.T) {
	t.Parallel()
	s := strict().Rewrite(order)
	assert.True(t, s.IsObject)
	assert.Equal(t, `{"type":"object","title":"Order","properties":{`+
		`"z":{"type":"string","description":"Last letter."},`+
		`"a":{"type":["integer","null"],"minimum":1},`+
		`"kind":{"type":"string","enum":["x","y"],"description":"The <kind>. Default: \"x\"."},`+
		`"next":{"anyOf":[{"$ref":"#/$defs/Order"},{"type":"null"}]},`+
		`"item":{"anyOf":[{"$ref":"#/$defs/Item"}],"description":"What."},"plain":{"$ref":"#/$defs/Item"}},`+
		`"required":["z","a","kind","next","item","plain"],"additionalProperties":false,"$defs":{`+
		`"Order":{"type":"object","additionalProperties":false,"properties":{},"required":[]},`+
		`"Item":{"type":"object","properties":{"n":{"type":"number","description":"Default: 1."}},"additionalProperties":false,"required":["n"]}}}`,
		string(s.JSON))
}

func compile(t *testing.T, schema string) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.CompileString("schema.json", schema)
	require.NoError(t, err)
	return s
}

// What fits the rewritten schema fits the one that was given.
func TestRewriteLosesNothing(t *testing.T) {
	t.Parallel()
	given, rewritten := compile(t, order), compile(t, string(strict().Rewrite(order).JSON))
	fits := 0
	values := func(texts ...string) []string { return texts }
	for _, z := range values(`"s"`, `1`) {
		for _, a := range values(`null`, `0`, `2`) {
			for _, kind := range values(`"x"`, `"w"`, `null`) {
				for _, item := range values(`{"n":1}`, `{}`, `{"n":null}`, `{"n":1,"m":2}`) {
					var v any
					require.NoError(t, json.Unmarshal([]byte(`{"z":`+z+`,"a":`+a+`,"kind":`+kind+`,"next":{},"item":`+item+`,"plain":{"n":2}}`), &v))
					if rewritten.Validate(v) == nil {
						fits++
						assert.NoError(t, given.Validate(v))
					}
				}
			}
		}
	}
	assert.Equal(t, 2, fits)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	const small = `{"type":"object","properties":{"ab":{"type":"string","enum":["cd","ef"]}},"required":["ab"],"additionalProperties":false}`
	for name, c := range map[string]struct {
		change func(*subset.Rules)
		fits   bool
	}{
		"none":       {func(*subset.Rules) {}, true},
		"enough":     {func(r *subset.Rules) { r.MaxDepth, r.MaxProperties, r.MaxEnum, r.MaxText = 1, 1, 2, 6 }, true},
		"properties": {func(r *subset.Rules) { r.MaxProperties = 1 }, true},
		"enum":       {func(r *subset.Rules) { r.MaxEnum = 1 }, false},
		"text":       {func(r *subset.Rules) { r.MaxText = 5 }, false},
		"recursion":  {func(r *subset.Rules) { r.NoRecursion = true }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := strict()
			c.change(&rules)
			assert.Equal(t, c.fits, rules.Rewrite(small).JSON != nil)
		})
	}
}

func TestWhatIsNoSchema(t *testing.T) {
	t.Parallel()
	for _, text := range []string{``, `x`, `[]`, `true`, `{"type":"object"`, `{"type":3}`, `{"properties":[]}`, `{"type":"object","additionalProperties":false,"properties":3}`} {
		assert.Nil(t, strict().Rewrite(text).JSON, text)
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	c := subset.NewCache(strict())
	for i := range 1000 {
		s := c.Rewrite(`{"type":"object","additionalProperties":false,"title":"` + strconv.Itoa(i) + `"}`)
		assert.Contains(t, string(s.JSON), strconv.Itoa(i))
	}
}

// FuzzRewrite: any text has a result, and a rewritten schema is one that can be rewritten.
func FuzzRewrite(f *testing.F) {
	f.Add(order)
	f.Add(`{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"additionalProperties":false,"$defs":{"A":{"$ref":"#/$defs/A"}}}`)
	f.Fuzz(func(t *testing.T, schema string) {
		once := strict().Rewrite(schema)
		if once.JSON == nil {
			return
		}
		twice := strict().Rewrite(string(once.JSON))
		assert.JSONEq(t, string(once.JSON), string(twice.JSON))
	})
}
