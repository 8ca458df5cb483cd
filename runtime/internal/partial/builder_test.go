package partial_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/internal/partial"
)

type line struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type list struct {
	Title string          `json:"title"`
	Lines []line          `json:"lines"`
	By    map[string]line `json:"by"`
	Best  *line           `json:"best"`
	Any   any             `json:"any"`
}

func ExampleBuilder() {
	b := partial.New[list]()
	for _, piece := range []string{`{"title": "Fru`, `it", "lines": [{"name": "apple", "co`, `unt": 3`, `}, {"na`, `me": "pear"`} {
		if b.Feed(piece) {
			v := b.Value()
			fmt.Printf("%q %v, lines are %v\n", v.Title, v.Lines, b.State("/lines"))
		}
	}
	// Output:
	// "" [], lines are absent
	// "Fruit" [{apple 0}], lines are open
	// "Fruit" [{apple 3} { 0}], lines are open
	// "Fruit" [{apple 3} {pear 0}], lines are open
}

func TestWhatAppearsWhen(t *testing.T) {
	b := partial.New[list]()
	steps := []struct {
		piece   string
		changed bool
		want    list
	}{
		{`{"ti`, true, list{}},
		{`tle":"a`, false, list{}},
		{`b"`, true, list{Title: "ab"}},
		{`,"lines":`, false, list{Title: "ab"}},
		{`[`, true, list{Title: "ab", Lines: []line{}}},
		{`{`, true, list{Title: "ab", Lines: []line{{}}}},
		{`"count":1`, false, list{Title: "ab", Lines: []line{{}}}},
		{`2}]`, true, list{Title: "ab", Lines: []line{{Count: 12}}}},
		{`,"by":{"x":{`, true, list{Title: "ab", Lines: []line{{Count: 12}}, By: map[string]line{"x": {}}}},
		{`"name":"n"`, true, list{Title: "ab", Lines: []line{{Count: 12}}, By: map[string]line{"x": {Name: "n"}}}},
		{`}}, "lines": null, "best":{"count":1`, true, list{Title: "ab", By: map[string]line{"x": {Name: "n"}}, Best: &line{}}},
		{`}, "any":[1,[true`, true, list{Title: "ab", By: map[string]line{"x": {Name: "n"}}, Best: &line{Count: 1}, Any: []any{1.0, []any{true}}}},
	}
	for _, step := range steps {
		assert.Equal(t, step.changed, b.Feed(step.piece), step.piece)
		assert.Equal(t, step.want, b.Value(), step.piece)
	}
	assert.False(t, b.Complete())
	b.Feed("]]}")
	assert.True(t, b.Complete())
}

func TestStates(t *testing.T) {
	b := partial.New[list](partial.GrowStrings())
	check := func(piece string, want map[string]partial.State) {
		t.Helper()
		b.Feed(piece)
		for path, state := range want {
			assert.Equal(t, state, b.State(path), "%s behind %s", path, piece)
		}
	}
	check("", map[string]partial.State{"": partial.Absent, "/title": partial.Absent})
	check(`{"unknown":{"title":1},"title":"a`, map[string]partial.State{
		"": partial.Open, "/title": partial.Open, "/unknown": partial.Absent, "/unknown/title": partial.Absent, "title": partial.Absent,
	})
	check(`", "lines":[{"count":1`, map[string]partial.State{
		"/title": partial.Closed, "/lines": partial.Open, "/lines/0": partial.Open, "/lines/0/count": partial.Open,
		"/lines/0/name": partial.Absent, "/lines/1": partial.Absent, "/lines/00": partial.Absent, "/lines/-": partial.Absent,
	})
	check(`}], "by":{"a/b~":{"name":1}, "": {}}, "any":[nul`, map[string]partial.State{
		"/lines/0/count": partial.Closed, "/lines/0": partial.Closed, "/lines": partial.Closed, "/by/a~1b~0": partial.Closed,
		"/by/a~1b~0/name": partial.Absent, "/by/": partial.Closed, "/any": partial.Open, "/any/0": partial.Open,
	})
	check(`l]}`, map[string]partial.State{"": partial.Closed, "/any/0": partial.Closed})
	assert.Equal(t, []string{"/by/a~1b~0/name"}, b.Misfits())
	assert.Equal(t, "absent open closed", fmt.Sprint(partial.Absent, partial.Open, partial.Closed))
}

func TestGrowStrings(t *testing.T) {
	b := partial.New[list](partial.GrowStrings())
	var kept []string
	for _, piece := range []string{`{"title":"One`, ` two\`, `n`, `","lines":[{"name":"a`, `b"}],"any":["x`, `y"],"by":{"k":{"name":"z`} {
		assert.True(t, b.Feed(piece), piece)
		kept = append(kept, b.Value().Title)
	}
	assert.Equal(t, []string{"One", "One two", "One two\n", "One two\n", "One two\n", "One two\n"}, kept)
	v := b.Value()
	assert.Equal(t, []line{{Name: "ab"}}, v.Lines)
	assert.Equal(t, []any{"xy"}, v.Any)
	assert.Equal(t, map[string]line{"k": {Name: "z"}}, v.By)
}

// TestAround shows which text around a value is understood. In doubt there is no value.
func TestAround(t *testing.T) {
	const value = `{"title":"x"}`
	tests := []struct{ name, text, title string }{
		{"nothing", value, "x"},
		{"white space and a byte order mark", "\uFEFF \n" + value + "\n", "x"},
		{"fence", "```json\n" + value + "\n```\nThat is it.", "x"},
		{"prose", "Sure, here it is:\n\n" + value + "\nAnything else?", "x"},
		{"prose and fence", "Sure:\n```\n  " + value + "\n```", "x"},
		{"braces in prose", "The {name} is [here]:\n{see below}\n[1]: link\n" + value, ""},
		{"no list, no object", "[Note] of\n{curly} words\n" + value, "x"},
		{"in a line of prose", "The answer is " + value, ""},
		{"empty one in prose", "Empty is\n{}\nbut this is not:\n" + value, "x"},
		{"a list of it", "[" + value + "]", ""},
		{"a list of it, by lines", "[\n" + value + ",\n" + value + "]", ""},
		{"begun in a line of prose", "The answer is {\n\"best\":\n" + value + "}", ""},
		{"no JSON around it", "{best:\n" + value + "}", ""},
		{"no JSON around it, lines", "{\n best:\n" + value + "}", ""},
		{"no JSON around it, quotes", "{'a': \"}\",\n" + value + "}", ""},
		{"a string that is none", "{\"a\nb\":\n" + value + "}", ""},
		{"number first", "3 things:\n" + value, "x"},
		{"word first", "true to you:\n" + value, "x"},
		{"ticks", "`" + value + "`", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for size := 1; size <= len(tt.text); size++ {
				got := feedAll(newKase[list]().build(), tt.text, func() int { return size })
				require.Equal(t, list{Title: tt.title}, got, "in pieces of %d", size)
			}
		})
	}
}

// TestScalars shows that a scalar is a value only when it turns out to be all there is.
func TestScalars(t *testing.T) {
	for text, want := range map[string]int{
		"42": 42, " 42\n": 42, "```\n42\n```": 42, "42 is the answer": 0, "It is\n42": 0, "4.0": 4, "42.5": 0, "": 0,
	} {
		for size := 1; size <= len(text); size++ {
			b := partial.New[int]()
			for i := 0; i < len(text); i += size {
				b.Feed(text[i:min(i+size, len(text))])
				assert.Zero(t, b.Value())
			}
			assert.Equal(t, want != 0, b.End(), text)
			assert.Equal(t, want, b.Value(), text)
			assert.False(t, b.End(), "twice")
			assert.Equal(t, want, b.Value(), text)
		}
	}
	type color string
	assert.Equal(t, color("red"), feedAll(newKase[color]().build(), `"red"`, func() int { return 2 }))
	assert.Equal(t, color(""), feedAll(newKase[color]().build(), `"red" it is`, func() int { return 2 }))

	typed := partial.New[string](partial.Typed())
	typed.Feed(`"a\nb"`)
	assert.True(t, typed.End())
	assert.Equal(t, "a\nb", typed.Value())
	assert.Equal(t, partial.Closed, typed.State(""))
}

func TestText(t *testing.T) {
	b := partial.New[string]()
	assert.Equal(t, partial.Absent, b.State(""))
	assert.True(t, b.Feed(`{"not`))
	assert.True(t, b.Feed(` JSON`))
	assert.False(t, b.Feed(""))
	assert.False(t, b.End())
	assert.Equal(t, `{"not JSON`, b.Value())
	assert.Equal(t, partial.Open, b.State(""))
	assert.Equal(t, partial.Absent, b.State("/not"))
	assert.False(t, b.Complete())
	assert.Empty(t, b.Misfits())
	b.Reset()
	assert.Empty(t, b.Value())
}

func TestMisfits(t *testing.T) {
	type odd struct {
		A int8           `json:"a"`
		B []int          `json:"b"`
		C map[string]int `json:"c"`
		D *line          `json:"d"`
		E error          `json:"e"`
		F [1]bool        `json:"f"`
		G func()         `json:"g"`
		H []byte         `json:"h"`
		I map[int8]int   `json:"i"`
		J any            `json:"j"`
		K int            `json:"k,string"`
		L int            `json:"l"`
	}
	b := partial.New[odd]()
	b.Feed(`{"a":300,"b":[1,"x",{"y":[]},4],"c":{"x":1,"y":[2],"z":3},"d":[1],"e":{"x":1},"f":[true,2],"g":1,` +
		`"h":"!","i":{"x":1,"300":2,"3":4},"j":[1e999,2],"k":1,"l":7}`)
	require.True(t, b.Complete())
	assert.Equal(t, odd{
		B: []int{1, 0, 0, 4}, C: map[string]int{"x": 1, "z": 3}, F: [1]bool{true}, I: map[int8]int{3: 4},
		J: []any{nil, 2.0}, L: 7,
	}, b.Value())
	assert.Equal(t, []string{"/a", "/b/1", "/b/2", "/c/y", "/d", "/e", "/g", "/h", "/j/0", "/k"}, b.Misfits())
	for _, path := range b.Misfits() {
		assert.Equal(t, partial.Absent, b.State(path), path)
	}
	assert.Equal(t, partial.Closed, b.State("/b/3"))

	b.Reset()
	b.Feed(`{"b":[` + strings.Repeat(`"",`, 1000))
	assert.Len(t, b.Misfits(), 100)
}

// bomb decodes itself, badly.
type bomb struct{ Text string }

func (b *bomb) UnmarshalJSON(data []byte) error {
	b.Text = string(data)
	if strings.Contains(b.Text, "boom") {
		panic("boom")
	}
	if strings.Contains(b.Text, "bad") {
		return errors.New("bad")
	}
	return nil
}

// keyBomb is a key of a map that cannot be hashed.
type keyBomb struct{ V any }

func (k *keyBomb) UnmarshalText([]byte) error { k.V = []int{}; return nil }

func TestCodeOfTheUser(t *testing.T) {
	b := partial.New[map[string]*bomb]()
	assert.True(t, b.Feed(`{"a":{"x":[" \n"]} ,"b":"boom","c":["bad"],"d": 1`))
	assert.True(t, b.Feed(`2,"e":"x`))
	assert.True(t, b.Feed(`\n","f":null, "g":{"open":`))
	assert.Equal(t, map[string]*bomb{"a": {`{"x":[" \n"]}`}, "d": {"12"}, "e": {`"x\n"`}, "f": nil}, b.Value())
	assert.Equal(t, []string{"/b", "/c"}, b.Misfits())
	assert.Equal(t, partial.Closed, b.State("/a"))
	assert.Equal(t, partial.Absent, b.State("/a/x"), "not looked into")
	assert.Equal(t, partial.Open, b.State("/g"))

	keys := partial.New[map[keyBomb]int]()
	keys.Feed(`{"a":1,"b":2}`)
	keys.Feed(`}`)
	assert.Empty(t, keys.Value())
	assert.False(t, keys.Complete())
}

// TestDuplicates: the later value alone counts.
func TestDuplicates(t *testing.T) {
	b := partial.New[list]()
	b.Feed(`{"title":"a","title":"b","best":{"name":"x","count":1},"best":{"count":2},"lines":[{"name":"x"},{}],"lines":[{"count":3}],` +
		`"by":{"k":{"name":"x"},"k":{"count":1}}, "any":{"a":{"b":1},"a":{"c":[]}}, "by":{"l":{}}, "title":1`)
	b.Feed(`}`)
	assert.Equal(t, list{
		Best: &line{Count: 2}, Lines: []line{{Count: 3}}, By: map[string]line{"l": {}}, Any: map[string]any{"a": map[string]any{"c": []any{}}},
	}, b.Value())
	assert.Equal(t, partial.Absent, b.State("/title"))
	assert.Equal(t, partial.Absent, b.State("/lines/1"))
}

// TestBrokenText: what was right stays, nothing more comes.
func TestBrokenText(t *testing.T) {
	b := partial.New[list]()
	b.Feed(`{"title":"a","lines":[{"count":1},]`)
	assert.False(t, b.Feed(`,"best":{}}`))
	assert.Equal(t, list{Title: "a", Lines: []line{{Count: 1}}}, b.Value())
	assert.False(t, b.Complete())
	assert.False(t, b.End())
}

// TestReset shows that values from before stay as they were.
func TestReset(t *testing.T) {
	b := partial.New[list](partial.GrowStrings())
	b.Feed(`{"title":"a","lines":[{"name":"x"}],"by":{"k":{"count":1}},"any":[1,{"a":2}]}`)
	before := b.Value()
	for range 3 {
		b.Reset()
		assert.Zero(t, b.Value())
		assert.Equal(t, partial.Absent, b.State(""))
		b.Feed(`{"lines":[{"name":"y"}],"by":{"k":{"count":2}},"any":[3,{"b":"gro`)
		assert.Equal(t, list{Lines: []line{{Name: "y"}}, By: map[string]line{"k": {Count: 2}}, Any: []any{3.0, map[string]any{"b": "gro"}}}, b.Value())
	}
	assert.Equal(t, list{Title: "a", Lines: []line{{Name: "x"}}, By: map[string]line{"k": {Count: 1}}, Any: []any{1.0, map[string]any{"a": 2.0}}}, before)
}

func TestDeepText(t *testing.T) {
	b := partial.New[any]()
	b.Feed(strings.Repeat("[", 10_000))
	assert.Nil(t, b.Value())
	assert.False(t, b.Complete())
}
