package schema_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/schema"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func compile(tb testing.TB, text string) *schema.Schema {
	tb.Helper()
	s, err := schema.Compile(text)
	require.NoError(tb, err)
	return s
}

func lines(problems []schema.Problem) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, p.String())
	}
	return out
}

const order = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "when": {"type": "string", "format": "date-time"},
    "took": {"type": "string", "format": "duration"},
    "blob": {"type": "string", "contentEncoding": "base64"},
    "state": {"enum": ["open", "closed"]},
    "note": {"anyOf": [{"$ref": "#/$defs/Note"}, {"type": "null"}]},
    "shape": {"oneOf": [
      {"type": "object", "properties": {"kind": {"const": "circle"}, "r": {"type": "number", "minimum": 0}}, "required": ["kind", "r"]},
      {"type": "object", "properties": {"kind": {"const": "box"}, "w": {"type": "integer"}}, "required": ["kind", "w"]}
    ]},
    "items": {"type": "array", "maxItems": 3, "items": {
      "type": "object", "properties": {"price": {"type": "number", "minimum": 0}, "a/b~c d": {"type": "string", "maxLength": 2}},
      "required": ["price"], "additionalProperties": false}}
  },
  "required": ["items"],
  "additionalProperties": false,
  "$defs": {"Note": {"type": "object", "properties": {"text": {"type": "string", "pattern": "^[a-z]+$"}}, "required": ["text"]}}
}`

func TestValidate(t *testing.T) {
	t.Parallel()
	s := compile(t, order)
	for text, want := range map[string][]string{
		`{"items":[]}`: {},
		`{"items":[{"price":1},{"price":2},{"price":-3}]}`:            {"/items/2/price: must be >= 0, got -3"},
		`{"items":[{"price":"1"}]}`:                                   {"/items/0/price: expected number, got string"},
		`{}`:                                                          {"/items: is required"},
		`{"items":[{}],"it's \"x\"/y":1,"b":2}`:                       {"/b: is not allowed", "/it's \"x\"~1y: is not allowed", "/items/0/price: is required"},
		`{"items":[{"price":1,"a/b~c d":"long"}]}`:                    {"/items/0/a~1b~0c d: length must be <= 2, got 4"},
		`{"items":[{"price":1},{"price":1},{"price":1},{"price":1}]}`: {"/items: maximum 3 items allowed, got 4 items"},
		`{"items":[],"id":"x"}`:                                       {"/id: 'x' is not valid 'uuid'"},
		`{"items":[],"when":"2024-01-01"}`:                            {"/when: '2024-01-01' is not valid 'date-time'"},
		`{"items":[],"took":"PT1.5S"}`:                                {},
		`{"items":[],"took":"1.5s"}`:                                  {"/took: '1.5s' is not valid 'duration'"},
		`{"items":[],"blob":"%"}`:                                     {"/blob: value is not base64 encoded"},
		`{"items":[],"state":"ajar"}`:                                 {`/state: value must be one of "open", "closed"`},
		`{"items":[],"note":null}`:                                    {},
		`{"items":[],"note":{"text":"UP"}}`:                           {"/note/text: does not match pattern '^[a-z]+$'"},
		`{"items":[],"note":7}`:                                       {"/note: fits none of the alternatives"},
		`{"items":[],"shape":{"kind":"circle","r":-1}}`:               {"/shape/r: must be >= 0, got -1"},
		`{"items":[],"shape":{"kind":"star"}}`:                        {"/shape: fits none of the alternatives"},
		`[]`:                                                          {"expected object, got array"},
	} {
		v, problems := schema.Parse(text)
		require.Empty(t, problems, text)
		assert.Equal(t, want, lines(s.Validate(v)), text)
	}
	assert.Empty(t, (*schema.Schema)(nil).Validate(1))
	assert.NotEmpty(t, s.Validate(struct{}{}), "a value that is not JSON is a problem, not a panic")
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"not JSON":      `{`,
		"wrong keyword": `{"type":"strong"}`,
		"remote":        `{"$ref":"https://example.com/x.json"}`,
		"file":          `{"$ref":"file:///etc/passwd"}`,
		"dangling":      `{"$ref":"#/$defs/None"}`,
		"bad pattern":   `{"pattern":"("}`,
		"unknown draft": `{"$schema":"https://example.com/draft"}`,
		"endless":       `{"$ref":"#"}`,
		"nothing":       ``,
		"trailing":      `{} {}`,
	} {
		s, err := schema.Compile(text)
		if name == "endless" && err == nil {
			assert.NotEmpty(t, s.Validate("x"), "an endless loop is reported at the latest when it runs")
			_, _, problems := s.Complete("x")
			assert.NotEmpty(t, problems)
			continue
		}
		require.Error(t, err, name)
	}
	_, err := schema.Compile([]byte(`true`))
	require.NoError(t, err)
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		" \uFEFF {\"a\" : [ 1.0 , -2e3, true , false, null, \"\\u00e9\\n\" ] , \"\\u0062\":{}}\r\n": map[string]any{
			"a": []any{json.Number("1.0"), json.Number("-2e3"), true, false, nil, "é\n"}, "b": map[string]any{},
		},
		`"plain"`:       "plain",
		"\"\xff\"":      "\uFFFD",
		`0`:             json.Number("0"),
		`[]`:            []any{},
		`{"a":{"a":1}}`: map[string]any{"a": map[string]any{"a": json.Number("1")}},
	} {
		v, problems := schema.Parse(text)
		require.Empty(t, problems, text)
		assert.Equal(t, want, v, text)
	}
	for text, keyword := range map[string]string{
		"": "json", " ": "json", "{} x": "json", "[1,]": "json", "{'a':1}": "json", "NaN": "json", `{"a":1}{"a":1}`: "json", "[1 2]": "json",
		`{"a":1,"a":1}`: "duplicate", `{"a":1,"\u0061":2}`: "duplicate", `[{"x":{"y":1,"y":null}}]`: "duplicate",
		strings.Repeat("[", 600) + strings.Repeat("]", 600): "depth",
		strings.Repeat("[", 1e5) + strings.Repeat("]", 1e5): "json",
		"1e1000000000":              "number",
		"[1e-99999999999999999999]": "number",
		strings.Repeat("9", 5000):   "number",
	} {
		_, problems := schema.Parse(text)
		require.NotEmpty(t, problems, "%.40s", text)
		assert.Equal(t, keyword, problems[0].Keyword, "%.40s", text)
	}
	_, problems := schema.Parse(`{"a":{"b~/":1,"b~/":2},"c":1,"c":2}`)
	assert.Equal(t, []string{"/a/b~0~1: is given twice", "/c: is given twice"}, lines(problems))
}

type item struct {
	Name  string             `json:"name"`
	Count int64              `json:"count"`
	Price float64            `json:"price,omitzero"`
	Tags  []string           `json:"tags,omitzero"`
	Sub   *item              `json:"sub,omitzero"`
	Small int8               `json:"small,omitzero"`
	When  time.Time          `json:"when,omitzero"`
	Many  map[string][]int64 `json:"many,omitzero"`
}

const itemSchema = `{"type":"object","properties":{
  "name":{"type":"string","default":"anon"},"count":{"type":"integer"},"price":{"type":"number"},
  "tags":{"type":"array","items":{"type":"string"},"default":["x"]},
  "sub":{"anyOf":[{"$ref":"#"},{"type":"null"}]},
  "small":{"type":"integer"},"when":{"type":"string","format":"date-time"},
  "many":{"type":"object","additionalProperties":{"type":"array","items":{"type":"integer"}}}
},"required":["name","count"]}`

func TestDecode(t *testing.T) {
	t.Parallel()
	s := compile(t, itemSchema)
	for text, want := range map[string]item{
		`{"name":"a","count":1,"tags":[]}`:      {Name: "a", Count: 1, Tags: []string{}},
		`{"count":1.0}`:                         {Name: "anon", Count: 1, Tags: []string{"x"}},
		`{"count":1e3,"price":1.0}`:             {Name: "anon", Count: 1000, Price: 1, Tags: []string{"x"}},
		`{"count":-0.0,"many":{"k":[1.0,2e1]}}`: {Name: "anon", Tags: []string{"x"}, Many: map[string][]int64{"k": {1, 20}}},
		`{"count":9223372036854775807}`:         {Name: "anon", Count: 9223372036854775807, Tags: []string{"x"}},
		`{"count":1,"sub":{"name":"b","count":2.0,"tags":[],"sub":{"count":3}}}`: {Name: "anon", Count: 1, Tags: []string{"x"}, Sub: &item{Name: "b", Count: 2, Tags: []string{}, Sub: &item{Name: "anon", Count: 3, Tags: []string{"x"}}}},
	} {
		v, problems := schema.Decode[item](s, text)
		require.Empty(t, problems, text)
		assert.Equal(t, want, v, text)
	}
	for text, want := range map[string][]string{
		`{"count":1.5}`:                       {"/count: expected integer, got number"},
		`{"count":9223372036854775808}`:       {"/count: is out of the range of int64"},
		`{"count":1,"small":300}`:             {"/small: is out of the range of int8"},
		`{"count":1,"sub":{"count":1e300}}`:   {"/sub/count: is out of the range of int64"},
		`{"count":1,"many":{"a/b":[1,1e30]}}`: {"/many/a~1b/1: is out of the range of int64"},
		`{"count":1,"price":1e999}`:           {"/price: must be a number that fits float64, got 1e999"},
		`{"count":1,"Name":"x"}`:              {`/Name: differs from "name" only by case`},
		`{"count":1} and more`:                nil,
	} {
		v, problems := schema.Decode[item](s, text)
		require.NotEmpty(t, problems, text)
		assert.Zero(t, v)
		if want != nil {
			assert.Equal(t, want, lines(problems), text)
		}
	}
}

func TestDecodeWithoutSchema(t *testing.T) {
	t.Parallel()
	type point struct {
		X, Y  int
		Label string  `json:"label,omitempty"`
		Next  *point  `json:"next"`
		Any   any     `json:"any,omitzero"`
		Bytes []byte  `json:"bytes,omitzero"`
		Quote int     `json:"quote,string,omitzero"`
		Skip  func()  `json:"-"`
		List  []point `json:"list,omitzero"`
	}
	v, problems := schema.Decode[point](nil, `{"X":1.0,"Y":2,"next":{"X":3,"Y":4},"any":{"n":1.0},"bytes":"AQI=","quote":"7"}`)
	require.Empty(t, problems)
	assert.Equal(t, point{X: 1, Y: 2, Next: &point{X: 3, Y: 4}, Any: map[string]any{"n": 1.0}, Bytes: []byte{1, 2}, Quote: 7}, v)
	_, problems = schema.Decode[point](nil, `{"X":1.5,"next":{"X":"3","Y":null,"z":1},"list":[{"X":1,"Y":true}],"bytes":"%"}`)
	assert.Equal(t, []string{
		"/X: must be a whole number, got 1.5",
		"/Y: is required",
		"/bytes: must be an array, got a string",
		"/list/0/Y: must be a whole number, got true",
		"/next/X: must be a whole number, got a string",
		"/next/Y: must not be null",
		"/next/z: is not allowed",
	}, lines(problems))

	n, problems := schema.Decode[int](nil, "\n 5.0 ")
	require.Empty(t, problems)
	assert.Equal(t, 5, n)
	list, problems := schema.Decode[[]uint8](compile(t, `{"type":"array"}`), `[1,2]`)
	require.Empty(t, problems)
	assert.Equal(t, []uint8{1, 2}, list)
}

// shape decodes itself, as generated structs with a union in them do.
type shape struct {
	Side  int64
	Inner any
}

func (s *shape) UnmarshalJSON(data []byte) error {
	var raw struct {
		Side  int64
		Inner any
		Fail  bool
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	if raw.Fail {
		return fmt.Errorf("no such shape")
	}
	s.Side, s.Inner = raw.Side, raw.Inner
	return nil
}

func TestTypesThatDecodeThemselves(t *testing.T) {
	t.Parallel()
	v, problems := schema.Decode[[]shape](compile(t, `true`), `[{"Side":2.0,"Inner":1.0}]`)
	require.Empty(t, problems)
	assert.Equal(t, []shape{{Side: 2, Inner: 1.0}}, v)
	_, problems = schema.Decode[[]shape](compile(t, `true`), `[{"Side":1},{"Fail":true}]`)
	assert.Equal(t, []string{"/1: no such shape"}, lines(problems))
	_, problems = schema.Decode[map[string]time.Time](compile(t, `true`), `{"a":"2024-01-01T00:00:00Z","b":"never"}`)
	require.Len(t, problems, 1)
	assert.Equal(t, "/b", problems[0].Path)
}

func TestDefaultsAreNotShared(t *testing.T) {
	t.Parallel()
	s := compile(t, `{"type":"object","properties":{"m":{"type":"object","default":{"k":[1]}}}}`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			v, problems := schema.Decode[map[string]map[string][]int](s, `{}`)
			assert.Empty(t, problems)
			assert.Equal(t, 1, v["m"]["k"][0])
			v["m"]["k"][0] = 9
		})
	}
	wg.Wait()
	v, _, _ := s.Complete(map[string]any{})
	v.(map[string]any)["m"].(map[string]any)["k"].([]any)[0] = nil
	again, _, _ := s.Complete(map[string]any{})
	assert.Equal(t, json.Number("1"), again.(map[string]any)["m"].(map[string]any)["k"].([]any)[0])
}

func TestInvalidDefaultIsAProblem(t *testing.T) {
	t.Parallel()
	_, problems := schema.Decode[map[string]int](compile(t, `{"type":"object","properties":{"n":{"type":"integer","default":"x"}}}`), `{}`)
	assert.NotEmpty(t, problems)
}

func TestRecursiveDefaultEnds(t *testing.T) {
	t.Parallel()
	s := compile(t, `{"type":"object","properties":{"next":{"$ref":"#","default":{}}},"default":{}}`)
	v, problems := schema.Decode[map[string]any](s, `{}`)
	require.Empty(t, problems)
	assert.Equal(t, map[string]any{"next": map[string]any{}}, v)
}

func FuzzDecode(f *testing.F) {
	s := compile(f, itemSchema)
	for _, text := range []string{`{"count":1}`, `{"count":1.0,"sub":{"count":2}}`, `[1,{"a":1,"a":2}]`, `{"count":1e400,"small":-1e2}`, "{\"count\":1,\"name\":\"\\ud800\xff\"}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, problems := schema.Decode[item](s, text)
		if len(problems) > 0 {
			return
		}
		data, err := json.Marshal(v)
		if err != nil {
			if strings.Contains(err.Error(), "Time.MarshalJSON") {
				return // a time zone of 24 hours, which package time reads but does not write
			}
			t.Fatal(err)
		}
		again, problems := schema.Decode[item](s, string(data))
		if len(problems) > 0 {
			t.Fatalf("%s came back with %v", data, problems)
		}
		if twice, _ := json.Marshal(again); string(twice) != string(data) {
			t.Fatalf("%s became %s", data, twice)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(`{"a":[1,"\u00e9",null,{"b":2.5e-3}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		v, problems := schema.Parse(text)
		if len(problems) > 0 {
			return
		}
		dec := json.NewDecoder(strings.NewReader(schema.Trim(text)))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("encoding/json refuses %q: %v", text, err)
		}
		if !assert.ObjectsAreEqual(want, v) {
			t.Fatalf("%q: %v, want %v", text, v, want)
		}
	})
}
