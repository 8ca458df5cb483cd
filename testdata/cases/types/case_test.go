package types_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/types"
)

const scalars = `{"s":"x","i":9007199254740993,"n":1.5,"b":true,"dec":0.10,"at":"2026-01-02T03:04:05.000000001+02:00",` +
	`"day":"2026-02-28","span":"P1DT2H","id":"123e4567-e89b-12d3-a456-426614174000","link":"https://example.com/x",` +
	`"raw":"aGk=","whatever":{"a":[1,null]}}`

const all = `{"color":"red","level":3,"email":"a@example.com","score":0.25,"labels":["a","b"],"prices":{"x":1.10},` +
	`"due":"2026-01-02T03:04:05Z","alias":` + scalars + `,"optionals":{},"nullables":{"must":null},` +
	`"constrained":{"code":"ABC","share":0.5,"picks":["red"],"scores":[0],"fixed":"v1","tone":"formal","size":1},` +
	`"nested":{"matrix":[[1,2],[]],"byName":{"a":["blue"]},"holes":["a",null],"inner":{"deep":{"color":"green","kind":"a"}},` +
	`"rows":[{"sku":"s","count":1}]},"forest":[{"name":"root","children":[{"name":"leaf","children":[]}]}]}`

func newClient(t *testing.T, reply string) *types.Client {
	t.Helper()
	client, err := types.New(l0.NewClient(l0test.NewProvider("scripted",
		l0test.Text(reply), l0test.Text(reply), l0test.Text(reply), l0test.Text(reply))))
	require.NoError(t, err)
	return client
}

// A valid value comes back as it was: every type reads and writes its JSON.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	got, err := newClient(t, all).Extract(context.Background(), types.ExtractInput{})
	require.NoError(t, err)
	out, err := json.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, all, string(out))
	assert.Contains(t, string(out), "9007199254740993", "integers are exact")
	assert.Contains(t, string(out), `"dec":0.10`, "decimals keep their digits")
	assert.True(t, got.Equal(got))
	again, err := newClient(t, string(out)).Extract(context.Background(), types.ExtractInput{})
	require.NoError(t, err)
	assert.True(t, got.Equal(again))
	again.Nested.Matrix[0][1]++
	assert.False(t, got.Equal(again))
}

func TestOptionals(t *testing.T) {
	t.Parallel()
	full := `{"s":"x","i":1,"n":1.5,"b":false,"dec":1,"at":"2026-01-02T03:04:05Z","day":"2026-02-28","span":"PT1S",` +
		`"id":"123e4567-e89b-12d3-a456-426614174000","link":"https://example.com","raw":"","whatever":0,"list":[],"map":{},` +
		`"color":"red","scalars":` + scalars + `}`
	var o types.Optionals
	require.NoError(t, json.Unmarshal([]byte(full), &o))
	out, err := json.Marshal(o)
	require.NoError(t, err)
	assert.JSONEq(t, full, string(out), "what is present is written, also when it is zero")
	out, err = json.Marshal(types.Optionals{})
	require.NoError(t, err)
	assert.Equal(t, "{}", string(out))

	n := types.Nullables{May: l0.Null[int64]()}
	out, err = json.Marshal(n)
	require.NoError(t, err)
	assert.Equal(t, `{"must":null,"may":null}`, string(out))
	assert.True(t, n.Equal(types.Nullables{May: l0.Null[int64]()}))
	assert.False(t, n.Equal(types.Nullables{}))
}

func TestDefaultsFillWhatIsAbsent(t *testing.T) {
	t.Parallel()
	got, err := newClient(t, `{"color":"red"}`).Pick(context.Background(), types.PickInput{From: []types.Color{types.ColorRed}})
	require.NoError(t, err)
	require.NotNil(t, got.Why)
	assert.Equal(t, "none", *got.Why)
}

func TestScalarAndListOutputs(t *testing.T) {
	t.Parallel()
	n, err := newClient(t, "3.0").Count(context.Background(), types.CountInput{})
	require.NoError(t, err)
	assert.Equal(t, int64(3), n)
	for _, bad := range []string{"1.5", "9223372036854775808", `"3"`, "null"} {
		_, err = newClient(t, bad).Count(context.Background(), types.CountInput{})
		require.ErrorIs(t, err, l0.ErrValidation, bad)
	}
	colors, err := newClient(t, `["red","blue"]`).ListColors(context.Background(), types.ListColorsInput{})
	require.NoError(t, err)
	assert.Equal(t, []types.Color{types.ColorRed, types.ColorBlue}, colors)
}

// Each change breaks one rule of the schema and must be refused.
func TestBrokenValuesAreRefused(t *testing.T) {
	t.Parallel()
	for path, value := range map[string]any{
		"color": "pink", "level": 4, "email": "nobody", "score": 1, "labels": []any{"a", "a"},
		"prices": map[string]any{"x": "1"}, "due": "2026-13-01", "optionals": map[string]any{"s": 1},
		"nullables": map[string]any{}, "forest": []any{map[string]any{"name": "x"}}, "nested": nil,
	} {
		var v map[string]any
		require.NoError(t, json.Unmarshal([]byte(all), &v))
		v[path] = value
		reply, err := json.Marshal(v)
		require.NoError(t, err)
		_, err = newClient(t, string(reply)).Extract(context.Background(), types.ExtractInput{})
		require.ErrorIs(t, err, l0.ErrValidation, path)
	}
}

func TestEnums(t *testing.T) {
	t.Parallel()
	assert.True(t, types.Level2.Valid())
	assert.False(t, types.Level(7).Valid())
	assert.Equal(t, []types.Color{types.ColorRed, types.ColorGreen, types.ColorBlue}, types.Color("").Values())
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	for name, text := range map[string][]byte{"All": types.AllSchema(), "Tree": types.TreeSchema(), "Email": types.EmailSchema()} {
		assert.True(t, json.Valid(text), name)
	}
}
