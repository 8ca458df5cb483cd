package l0_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

func TestNullable(t *testing.T) {
	t.Parallel()
	type note struct {
		Text l0.Nullable[string] `json:"text,omitzero"`
	}
	for text, want := range map[string]note{
		`{}`:            {},
		`{"text":null}`: {Text: l0.Null[string]()},
		`{"text":""}`:   {Text: l0.NullableOf("")},
		`{"text":"a"}`:  {Text: l0.NullableOf("a")},
	} {
		var got note
		require.NoError(t, json.Unmarshal([]byte(text), &got))
		assert.Equal(t, want, got, text)
		data, err := json.Marshal(got)
		require.NoError(t, err)
		assert.JSONEq(t, text, string(data))
	}
	v, ok := l0.NullableOf(3).Get()
	assert.True(t, ok)
	assert.Equal(t, 3, v)
	assert.Equal(t, 4, l0.Null[int]().Or(4))
	assert.True(t, l0.Null[int]().IsNull())
	assert.False(t, l0.Null[int]().IsZero())
	var bad l0.Nullable[int]
	require.Error(t, json.Unmarshal([]byte(`"x"`), &bad))

	same := func(a, b int) bool { return a == b }
	assert.True(t, l0.EqualNullable(l0.NullableOf(1), l0.NullableOf(1), same))
	assert.False(t, l0.EqualNullable(l0.Nullable[int]{}, l0.Null[int](), same))
	assert.False(t, l0.EqualNullable(l0.NullableOf(0), l0.Null[int](), same))
}

func TestEqualPtr(t *testing.T) {
	t.Parallel()
	one, again, two := 1, 1, 2
	same := func(a, b int) bool { return a == b }
	assert.True(t, l0.EqualPtr(nil, nil, same))
	assert.False(t, l0.EqualPtr(&one, nil, same))
	assert.False(t, l0.EqualPtr(nil, &one, same))
	assert.True(t, l0.EqualPtr(&one, &again, same))
	assert.False(t, l0.EqualPtr(&one, &two, same))
}

func TestEqualJSON(t *testing.T) {
	t.Parallel()
	tree := func(text string, exact bool) any {
		dec := json.NewDecoder(strings.NewReader(text))
		if exact {
			dec.UseNumber()
		}
		var v any
		require.NoError(t, dec.Decode(&v))
		return v
	}
	assert.True(t, l0.EqualJSON(tree(`{"a":[1,2.50,null,"x",true],"b":{}}`, true), tree(`{"b":{},"a":[1.0,2.5,null,"x",true]}`, false)))
	assert.True(t, l0.EqualJSON(1, 1.0))
	assert.True(t, l0.EqualJSON(int64(5), json.Number("5e0")))
	assert.True(t, l0.EqualJSON(nil, nil))
	for _, pair := range [][2]any{
		{nil, false},
		{false, nil},
		{nil, 0},
		{"1", 1},
		{1, "1"},
		{[]any{}, nil},
		{map[string]any{}, nil},
		{[]any{1}, []any{1, 2}},
		{map[string]any{"a": nil}, map[string]any{"b": nil}},
		{true, false},
		{1, 2},
		{json.Number("1e1000000000"), 1},
	} {
		assert.False(t, l0.EqualJSON(pair[0], pair[1]), "%v and %v", pair[0], pair[1])
	}
	assert.True(t, l0.EqualJSON([]string{"x"}, []string{"x"}), "other types by reflect.DeepEqual")
}

func TestMedia(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]l0.Media{
		"bytes": {Type: "image/png", Bytes: []byte{1}},
		"url":   {URL: "https://example.com/a.png"},
		"both":  {Type: "image/png", URL: "data:image/png;base64,AA=="},
	} {
		require.NoError(t, m.Check(), name)
		data, err := json.Marshal(m)
		require.NoError(t, err)
		var back l0.Media
		require.NoError(t, json.Unmarshal(data, &back))
		assert.True(t, m.Equal(back))
	}
	for name, m := range map[string]l0.Media{
		"nothing":    {Type: "image/png"},
		"both":       {Type: "image/png", Bytes: []byte{1}, URL: "https://example.com"},
		"no type":    {Bytes: []byte{1}},
		"bad type":   {Type: "image png", Bytes: []byte{1}},
		"relative":   {URL: "a.png"},
		"broken url": {URL: "https://[::1"},
	} {
		require.Error(t, m.Check(), name)
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	user := l0.UserMessage("hi")
	assert.Equal(t, []l0.Message{user}, l0.Messages("", user))
	assert.Equal(t, []l0.Message{l0.SystemMessage("F"), user}, l0.Messages("F", user))
	assert.Equal(t, []l0.Message{l0.SystemMessage("F")}, l0.Messages("F"))

	given := []l0.Message{l0.SystemMessage("one"), user, l0.SystemMessage("two"), l0.AssistantMessage("x")}
	got := l0.Messages("F", given...)
	assert.Equal(t, "two\n\nF", got[2].Text)
	assert.Equal(t, "one", got[0].Text)
	assert.Equal(t, "two", given[2].Text, "what was given stays as it was")

	parts := l0.Message{Role: l0.RoleSystem, Parts: []l0.Part{l0.TextPart("look"), l0.MediaPart(l0.Media{URL: "https://example.com/x"})}}
	got = l0.Messages("F", parts)
	assert.Equal(t, "look\n\nF", got[0].Content())
	assert.Len(t, parts.Parts, 2)

	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back []l0.Message
	require.NoError(t, json.Unmarshal(data, &back))
	assert.True(t, got[0].Equal(back[0]))
	assert.JSONEq(t, `{"role":"user","text":"hi"}`, string(must(json.Marshal(user))))
	assert.True(t, l0.RoleSystem.Valid())
	assert.False(t, l0.Role("tool").Valid())
}

func TestSecret(t *testing.T) {
	t.Parallel()
	req := l0.Request{APIKey: "sk-very-secret"}
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("x", "key", req.APIKey, "request", req)
	for _, text := range []string{
		fmt.Sprint(req), fmt.Sprintf("%v %+v %#v %s %q", req, req, req, req.APIKey, req.APIKey), string(must(json.Marshal(req))), log.String(),
	} {
		assert.NotContains(t, text, "very")
	}
	assert.Equal(t, "sk-very-secret", string(req.APIKey))
	assert.Empty(t, l0.Secret("").String())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
