package fakejson_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/internal/fakejson"
)

// fits checks a value with a validator that was set up here, not by the package under test.
func fits(tb testing.TB, schema, value string) {
	tb.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat, c.AssertContent = true, true
	require.NoError(tb, c.AddResource("s.json", strings.NewReader(schema)))
	s, err := c.Compile("s.json")
	require.NoError(tb, err)
	var v any
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	require.NoError(tb, d.Decode(&v))
	require.NoError(tb, s.Validate(v), "%s\n%s", schema, value)
}

func TestSchemasOfTheCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../testdata/cases/*/*.l0.go")
	require.NoError(t, err)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile("(?m)^const \\w+ = `(\\{.*\\})`$").FindAllSubmatch(text, -1) {
			found++
			for seed := range uint64(5) {
				value, err := fakejson.Value(string(m[1]), seed)
				require.NoError(t, err, "%s: %s", file, m[1])
				fits(t, string(m[1]), value)
			}
		}
	}
	assert.Greater(t, found, 30)
}

// hard are schemas that each use what is easy to get wrong.
func hard() map[string]string {
	return map[string]string{
		"everything goes":   `true`,
		"empty":             `{}`,
		"const":             `{"const":{"b":[1,2.50],"a":null}}`,
		"enum":              `{"enum":["a",3,null]}`,
		"recursive":         `{"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/Node"}}},"required":["name","children"]}}}`,
		"recursive or null": `{"$defs":{"L":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/L"},{"type":"null"}]}},"required":["v","next"],"additionalProperties":false}},"$ref":"#/$defs/L"}`,
		"recursive union":   `{"$defs":{"E":{"oneOf":[{"type":"object","properties":{"op":{"const":"add"},"l":{"$ref":"#/$defs/E"},"r":{"$ref":"#/$defs/E"}},"required":["op","l","r"],"additionalProperties":false},{"type":"object","properties":{"n":{"type":"number"}},"required":["n"],"additionalProperties":false}]}},"$ref":"#/$defs/E"}`,
		"root reference":    `{"type":"object","properties":{"self":{"$ref":"#"}}}`,
		"anchor":            `{"$defs":{"x":{"$anchor":"here","type":"integer","minimum":7}},"properties":{"a":{"$ref":"#here"}},"required":["a"]}`,
		"escaped pointer":   `{"$defs":{"a/b~c d":{"type":"boolean"}},"$ref":"#/$defs/a~1b~0c%20d"}`,
		"allOf":             `{"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":3}},"required":["a"]},{"properties":{"a":{"maximum":5},"b":{"type":"string"}},"required":["b"]}]}`,
		"allOf types":       `{"allOf":[{"type":["number","string"]},{"type":"integer"}]}`,
		"anyOf and more":    `{"type":"object","properties":{"k":{"type":"string"}},"required":["k"],"anyOf":[{"required":["x"],"properties":{"x":{"type":"integer"}}},{"required":["y"],"properties":{"y":{"type":"null"}}}]}`,
		"oneOf overlaps":    `{"oneOf":[{"type":"integer","minimum":0},{"type":"integer","maximum":50}]}`,
		"not":               `{"type":"integer","minimum":1,"maximum":3,"not":{"const":2}}`,
		"if":                `{"type":"object","properties":{"kind":{"enum":["a","b"]},"extra":{"type":"integer"}},"required":["kind"],"if":{"properties":{"kind":{"const":"a"}}},"then":{"required":["extra"]}}`,
		"narrow number":     `{"type":"number","exclusiveMinimum":0.1,"exclusiveMaximum":0.1001}`,
		"one number":        `{"type":"number","minimum":0.125,"maximum":0.125}`,
		"negative":          `{"type":"integer","maximum":-1000}`,
		"huge":              `{"type":"integer","minimum":9007199254740993}`,
		"tenths":            `{"type":"number","multipleOf":0.1,"minimum":0.05,"maximum":0.25}`,
		"sevens":            `{"type":"integer","multipleOf":7,"exclusiveMinimum":7,"exclusiveMaximum":21}`,
		"halves as whole":   `{"type":"integer","multipleOf":1.5}`,
		"lengths":           `{"type":"string","minLength":300,"maxLength":301}`,
		"short":             `{"type":"string","maxLength":3}`,
		"no text":           `{"type":"string","maxLength":0}`,
		"pattern":           `{"type":"string","pattern":"^[A-Z]{2}-\\d{3,5}(-(x|yy))?$"}`,
		"pattern inside":    `{"type":"string","pattern":"foo","minLength":20,"maxLength":30}`,
		"pattern and size":  `{"type":"string","pattern":"^[a-z]+$","minLength":30,"maxLength":40}`,
		"negated class":     `{"type":"string","pattern":"^[^a-zA-Z0-9 ]+$"}`,
		"unicode class":     `{"type":"string","pattern":"^\\p{Lu}\\p{Ll}+$"}`,
		"short email":       `{"type":"string","format":"email","maxLength":80,"minLength":5}`,
		"base64":            `{"type":"string","contentEncoding":"base64","maxLength":10}`,
		"unique":            `{"type":"array","items":{"type":"integer","minimum":1,"maximum":4},"uniqueItems":true,"minItems":4,"maxItems":4}`,
		"unique enum":       `{"type":"array","items":{"enum":["a","b","c"]},"uniqueItems":true,"minItems":3}`,
		"tuple":             `{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}`,
		"old tuple":         `{"$schema":"http://json-schema.org/draft-07/schema#","type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false,"minItems":2}`,
		"contains":          `{"type":"array","items":{"type":"integer"},"contains":{"minimum":1000},"minContains":2}`,
		"map":               `{"type":"object","additionalProperties":{"type":"number"},"minProperties":6}`,
		"map names":         `{"type":"object","additionalProperties":{"type":"boolean"},"propertyNames":{"pattern":"^k\\d+$"},"minProperties":2,"maxProperties":3}`,
		"map of patterns":   `{"type":"object","patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false,"minProperties":1}`,
		"undeclared":        `{"type":"object","required":["a","x-b"],"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":{"type":"array","items":{"type":"null"}}}`,
		"dependent":         `{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"dependentRequired":{"a":["b"]}}`,
		"few properties":    `{"type":"object","properties":{"a":{},"b":{},"c":{},"d":{}},"required":["d"],"maxProperties":2}`,
		"bad default":       `{"type":"object","properties":{"n":{"type":"integer","default":"none"}},"required":["n"]}`,
		"bad example":       `{"type":"string","minLength":30,"examples":["short"]}`,
		"draft 4":           `{"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":0,"exclusiveMinimum":true,"maximum":1}`,
		"html":              `{"const":"<a href=\"x\">&</a>"}`,
	}
}

func TestHardSchemas(t *testing.T) {
	t.Parallel()
	for name, schema := range hard() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(12) {
				value, err := fakejson.Value(schema, seed)
				require.NoError(t, err, "seed %d", seed)
				fits(t, schema, value)
				again, err := fakejson.Value(schema, seed)
				require.NoError(t, err)
				assert.Equal(t, value, again, "the same seed")
			}
		})
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, format := range []string{
		"date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
		"uri-reference", "iri", "iri-reference", "uri-template", "uuid", "json-pointer", "relative-json-pointer", "regex",
	} {
		schema := `{"type":"string","format":"` + format + `"}`
		for seed := range uint64(20) {
			value, err := fakejson.Value(schema, seed)
			require.NoError(t, err, format)
			fits(t, schema, value)
			assert.Greater(t, len(value), 3, "%s: %s", format, value)
		}
	}
}

func TestNamesSayWhatIsMeant(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"email": `^"[a-z]+\.[a-z]+@example\.com"$`, "userEmail": `@`, "city": `^"\w+"$`, "dueDate": `^"\d{4}-\d\d-\d\d"$`,
		"homepage_url": `^"https://`, "phone": `^"\+1-555-01\d\d"$`, "customer-name": `^"\w+ \w+"$`, "orderId": `^"id-\d{4}"$`,
		"priority": `low|medium|high`, "createdAt": `T\d\d:\d\d:00Z`, "summary": ` .*\."$`,
	} {
		value, err := fakejson.Value(`{"type":"object","properties":{"`+name+`":{"type":"string"}},"required":["`+name+`"]}`, 3)
		require.NoError(t, err)
		var got map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(value), &got))
		assert.Regexp(t, want, string(got[name]), name)
	}
	for name, most := range map[string]float64{"age": 80, "priority": 5, "confidence": 1, "price": 500} {
		value, err := fakejson.Value(`{"properties":{"`+name+`":{"type":"number"}},"required":["`+name+`"]}`, 3)
		require.NoError(t, err)
		var got map[string]float64
		require.NoError(t, json.Unmarshal([]byte(value), &got))
		assert.LessOrEqual(t, got[name], most, name)
	}
}

func TestPropertiesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	value, err := fakejson.Value(`{"properties":{"z":{"const":1},"a":{"const":2},"m":{"const":3}},"required":["m","z","a"]}`, 1)
	require.NoError(t, err)
	assert.Equal(t, `{"z":1,"a":2,"m":3}`, value)
}

func TestOpenAPITypes(t *testing.T) {
	t.Parallel()
	value, err := fakejson.Value(`{"type":"OBJECT","properties":{"n":{"type":"INTEGER","nullable":true},"l":{"type":"ARRAY","items":{"type":"STRING","enum":["a"]},"minItems":"2","maxItems":"2"}},"required":["n","l"]}`, 1)
	require.NoError(t, err)
	assert.Regexp(t, `^\{"n":\d+,"l":\["a","a"\]\}$`, value)
}

func TestWhatCannotBeMadeUp(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		``:                                      "not JSON",
		`{`:                                     "not JSON",
		`{} {}`:                                 "more follows",
		`3`:                                     "",
		`false`:                                 "can have no value",
		`{"$ref":"https://example.com/x.json"}`: "outside of it",
		`{"$ref":"#/nowhere"}`:                  "",
		`{"type":"integer","minimum":3,"maximum":2}`:                                                    "no number fits",
		`{"$defs":{"A":{"properties":{"a":{"$ref":"#/$defs/A"}},"required":["a"]}},"$ref":"#/$defs/A"}`: "endless",
		`{"type":"string","minLength":5,"maxLength":2}`:                                                 "no text fits",
		`{"type":"nonsense"}`: "invalid",
	} {
		_, err := fakejson.Value(schema, 1)
		require.ErrorContains(t, err, want, schema)
	}
}

// randomSchema makes up a schema, at most depth deep.
func randomSchema(rng *rand.Rand, depth int) string {
	n := rng.IntN
	if depth == 0 || n(3) == 0 {
		return []string{
			`{"type":"string"}`, `{"type":"boolean"}`, `{"type":"null"}`, `{"type":["string","null"]}`,
			fmt.Sprintf(`{"type":"integer","minimum":%d,"maximum":%d}`, -n(50), n(50)),
			fmt.Sprintf(`{"type":"number","exclusiveMinimum":%d,"multipleOf":0.%d}`, n(9), 1+n(9)),
			fmt.Sprintf(`{"type":"string","minLength":%d,"maxLength":%d}`, n(20), 20+n(20)),
			fmt.Sprintf(`{"type":"string","pattern":"^[a-f]{%d,%d}\\d?$"}`, n(3), 3+n(3)),
			`{"enum":["x","y",1,null]}`, `{"type":"string","format":"date"}`, `{"const":[1]}`,
		}[n(11)]
	}
	switch n(4) {
	case 0:
		return fmt.Sprintf(`{"type":"array","items":%s,"minItems":%d}`, randomSchema(rng, depth-1), n(3))
	case 1:
		return fmt.Sprintf(`{"anyOf":[%s,%s]}`, randomSchema(rng, depth-1), randomSchema(rng, depth-1))
	case 2:
		return fmt.Sprintf(`{"type":"object","additionalProperties":%s,"minProperties":%d}`, randomSchema(rng, depth-1), n(4))
	}
	var props, required []string
	for i := range n(5) {
		name := fmt.Sprintf("%q", []string{"name", "email", "price", "tags", "x1"}[i])
		props = append(props, name+":"+randomSchema(rng, depth-1))
		if n(2) == 0 {
			required = append(required, name)
		}
	}
	return fmt.Sprintf(`{"type":"object","properties":{%s},"required":[%s],"additionalProperties":%t}`,
		strings.Join(props, ","), strings.Join(required, ","), n(2) == 0)
}

func TestRandomSchemas(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range uint64(500) {
		schema := randomSchema(rng, 4)
		value, err := fakejson.Value(schema, i)
		require.NoError(t, err, schema)
		fits(t, schema, value)
	}
}

func TestProse(t *testing.T) {
	t.Parallel()
	assert.Equal(t, fakejson.Prose(4), fakejson.Prose(4))
	assert.NotEqual(t, fakejson.Prose(4), fakejson.Prose(5))
	assert.Regexp(t, `^[A-Z].*\. [A-Z].*\.$`, fakejson.Prose(4))
}

// Whatever the schema, the value is valid JSON or there is an error, soon and without a panic.
func FuzzValue(f *testing.F) {
	for _, schema := range hard() {
		f.Add(schema, uint64(1))
	}
	f.Fuzz(func(t *testing.T, schema string, seed uint64) {
		if len(schema) > 1<<12 {
			return
		}
		value, err := fakejson.Value(schema, seed)
		if err == nil && !json.Valid([]byte(value)) {
			t.Errorf("%q is not JSON", value)
		}
	})
}

func BenchmarkValue(b *testing.B) {
	schema := hard()["recursive"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := fakejson.Value(schema, 1); err != nil {
			b.Fatal(err)
		}
	}
}
