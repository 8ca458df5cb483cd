package names_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/names"
)

// Every property, however it is called, keeps its name in JSON.
func TestFieldsKeepTheirNames(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties map[string]any `json:"properties"`
	}
	require.NoError(t, json.Unmarshal(names.FieldsSchema(), &schema))
	require.Greater(t, len(schema.Properties), 90)
	want := map[string]string{}
	for name := range schema.Properties {
		want[name] = "value of " + name
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var fields names.Fields
	require.NoError(t, json.Unmarshal(text, &fields))
	again, err := json.Marshal(fields)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again))
	assert.Equal(t, len(want), reflect.TypeFor[names.Fields]().NumField())
}

func TestMembersAreValid(t *testing.T) {
	t.Parallel()
	for _, m := range names.Members("").Values() {
		assert.True(t, m.Valid(), m)
	}
	assert.False(t, names.Members("no such member").Valid())
}

func TestPromptsRender(t *testing.T) {
	t.Parallel()
	client, err := names.New(l0.NewClient(l0test.NewProvider("scripted")))
	require.NoError(t, err)
	got := client.RangeMessages(names.RangeInput{Text: "a", V: "b", Range: "c", Format: []string{"d", "e"}})
	assert.Equal(t, "abcde", got[0].Text)
}
