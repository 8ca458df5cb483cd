package l0_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

type tone string

func (v tone) Valid() bool {
	if v == "panic" {
		panic("in Valid")
	}
	return v == "kind" || v == "formal"
}

type embedded struct {
	Deep tone `json:"deep,omitzero"`
}

type letter struct {
	embedded
	Base  embedded          `json:"base,omitzero"`
	Tone  tone              `json:"tone"`
	Text  string            `json:"text"`
	List  []string          `json:"list"`
	Map   map[string]tone   `json:"map"`
	Raw   []byte            `json:"raw"`
	Opt   *tone             `json:"opt,omitzero"`
	Null  l0.Nullable[tone] `json:"null,omitzero"`
	Score float64           `json:"score"`
	Photo *l0.Media         `json:"photo,omitzero"`
	Day   *l0.Date          `json:"day,omitzero"`
	When  *time.Time        `json:"when,omitzero"`
	Turns []l0.Message      `json:"turns,omitzero"`
	Any   any               `json:"any,omitzero"`
	Style *string           `json:"style,omitzero"`
}

const letterSchema = `{"type":"object","properties":{
  "text":{"type":"string","maxLength":5},"list":{"type":"array","items":{"type":"string"}},
  "map":{"type":"object"},"raw":{"type":"string","contentEncoding":"base64"},
  "style":{"type":"string","default":"plain"},"tone":{"enum":["kind","formal"]}
},"required":["text","list","map","raw","tone"]}`

func letterFunction(schema string) *l0.Function[letter, string] {
	return &l0.Function[letter, string]{
		Name: "Write", Version: 1, Models: []l0.ModelName{"fast"}, InputSchema: schema,
		Render: func(in letter, format string) []l0.Message {
			style := "none"
			if in.Style != nil {
				style = *in.Style
			}
			return l0.Messages(format, l0.UserMessage(in.Text+" "+style))
		},
	}
}

func TestInputIsChecked(t *testing.T) {
	t.Parallel()
	bad := tone("rude")
	for name, c := range map[string]struct {
		change func(*letter)
		paths  []string // without a schema
		more   []string // with one
	}{
		"good":          {func(*letter) {}, nil, nil},
		"enum":          {func(l *letter) { l.Tone = bad }, []string{"/tone"}, nil},
		"enum in map":   {func(l *letter) { l.Map = map[string]tone{"a/b": bad, "c": "kind"} }, []string{"/map/a~1b"}, nil},
		"optional enum": {func(l *letter) { l.Opt = &bad }, []string{"/opt"}, nil},
		"nullable enum": {func(l *letter) { l.Null = l0.NullableOf(bad) }, []string{"/null"}, nil},
		"null":          {func(l *letter) { l.Null = l0.Null[tone]() }, nil, nil},
		"promoted":      {func(l *letter) { l.Deep = bad }, []string{"/deep"}, nil},
		"inside":        {func(l *letter) { l.Base.Deep = bad }, []string{"/base/deep"}, nil},
		"not a number":  {func(l *letter) { l.Score = math.NaN() }, []string{"/score"}, nil},
		"media":         {func(l *letter) { l.Photo = &l0.Media{} }, []string{"/photo"}, nil},
		"date":          {func(l *letter) { l.Day = &l0.Date{} }, []string{"/day"}, nil},
		"role":          {func(l *letter) { l.Turns = []l0.Message{{Role: "robot"}} }, []string{"/turns/0/role"}, nil},
		"part":          {func(l *letter) { l.Turns = []l0.Message{{Role: "user", Parts: []l0.Part{{Media: &l0.Media{}}}}} }, []string{"/turns/0/parts/0/media"}, nil},
		"any":           {func(l *letter) { l.Any = []any{math.Inf(1)} }, []string{"/any/0"}, nil},
		"length":        {func(l *letter) { l.Text = "too long" }, nil, []string{"/text"}},
		"all of them":   {func(l *letter) { l.Tone, l.Text = bad, "too long" }, []string{"/tone"}, []string{"/text"}},
		"panic":         {func(l *letter) { l.Tone = "panic" }, []string{""}, nil},
		"no JSON":       {func(l *letter) { l.Any = func() {} }, nil, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, schema := range []string{"", letterSchema} {
				in := letter{Tone: "kind", Text: "hello"}
				c.change(&in)
				want := c.paths
				if schema != "" {
					want = append(append([]string(nil), c.paths...), c.more...)
				}
				p := l0test.NewProvider("p", l0test.Text("ok"))
				_, err := l0.Call(t.Context(), bind(t, p), letterFunction(schema), in).Result()
				if len(want) == 0 {
					require.NoError(t, err)
					continue
				}
				require.ErrorIs(t, err, l0.ErrInput)
				assert.Empty(t, p.Requests(), "nothing is sent")
				e, _ := errors.AsType[*l0.Error](err)
				var paths []string
				for _, v := range e.Violations {
					paths = append(paths, v.Path)
				}
				assert.Equal(t, want, paths)
				assert.NotContains(t, err.Error(), "too long")
				assert.NotContains(t, err.Error(), "a~1b", "keys of a map are the caller's text")
			}
		})
	}
}

func TestInputDefaults(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p", l0test.Text("ok"), l0test.Text("ok"))
	b := bind(t, p)
	fn := letterFunction(letterSchema)
	in := letter{Tone: "kind", Text: "hello"}
	_, err := l0.Call(t.Context(), b, fn, in).Result()
	require.NoError(t, err)
	assert.Equal(t, "hello plain", p.Requests()[0].Messages[0].Text)
	assert.Equal(t, "hello plain", fn.Messages(in)[0].Text)
	own := "bold"
	in.Style = &own
	_, err = l0.Call(t.Context(), b, fn, in).Result()
	require.NoError(t, err)
	assert.Equal(t, "hello bold", p.Requests()[1].Messages[0].Text)
}

func TestOutputIsChecked(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("fast-provider", l0test.Text(`-3`), l0test.Text("I think it is 3."), l0test.Text("\n 3.0 \n"))
	b, err := l0.Bind(l0.NewClient(p), &l0.Package{Models: []l0.Model{{Name: "m", Provider: "fast-provider"}}})
	require.NoError(t, err)
	fn := numberFunction(l0.Policy{})
	_, err = l0.Call(t.Context(), b, fn, "in", noRetry()).Result()
	require.ErrorIs(t, err, l0.ErrValidation)
	e, _ := errors.AsType[*l0.Error](err)
	require.Len(t, e.Violations, 1)
	assert.Equal(t, "must be >= 0, got -3", e.Violations[0].Message)
	assert.Equal(t, "-3", e.Partial)
	assert.Equal(t, "l0: Count v1 on m: the reply does not fit its type: minimum; see Violations [INVALID_OUTPUT]", err.Error())

	_, err = l0.Call(t.Context(), b, fn, "in", noRetry()).Result()
	require.ErrorIs(t, err, l0.ErrValidation)
	assert.NotContains(t, err.Error(), "think")
	n, err := l0.Call(t.Context(), b, fn, "in", noRetry()).Result()
	require.NoError(t, err)
	assert.Equal(t, 3, n)
}

func TestSchemaThatDoesNotCompile(t *testing.T) {
	t.Parallel()
	fn := numberFunction(l0.Policy{})
	fn.Schema, fn.Models = `{"type":"strong"}`, []l0.ModelName{"fast"}
	for range 2 {
		_, err := l0.Call(t.Context(), bind(t, l0test.NewProvider("p")), fn, "in").Result()
		require.ErrorIs(t, err, l0.ErrNotConfigured)
	}
}
