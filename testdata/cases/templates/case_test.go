package templates_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/templates"
)

func messages(t *testing.T, in templates.EverythingInput) []l0.Message {
	t.Helper()
	client, err := templates.New(l0.NewClient(l0test.NewProvider("scripted")))
	require.NoError(t, err)
	return client.EverythingMessages(in)
}

func ptr[T any](v T) *T { return &v }

func decimal(t *testing.T, s string) l0.Decimal {
	t.Helper()
	d, err := l0.ParseDecimal(s)
	require.NoError(t, err)
	return d
}

func TestFull(t *testing.T) {
	t.Parallel()
	got := messages(t, templates.EverythingInput{
		Name: " Ada\n", Count: 4, Ratio: 1e21, Flag: true,
		When: ptr(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
		Nick: ptr("Countess"), Tone: ptr(templates.EverythingInputToneFormal),
		Items: []templates.Item{
			{Sku: "a", Price: decimal(t, "1.50"), Note: ptr("new"), Tags: []string{"x", "<y>"}},
			{Sku: "b", Price: decimal(t, "2"), Tags: []string{}},
		},
		Stock: map[string]int64{"b": 2, "a": 1},
		Best:  &templates.Item{Sku: "a"},
		Extra: map[string]any{"k": []any{1, nil}},
	})
	require.Len(t, got, 4)
	assert.Equal(t, l0.RoleSystem, got[0].Role)
	assert.Contains(t, got[0].Text, "Answer in this form:\n")
	assert.Contains(t, got[0].Text, "\nBe formal.")
	assert.Equal(t, "Hello  ADA\n alias Countess!\n"+
		"many 4 1e+21 true\n"+
		"When: 2026-01-02T03:04:05Z\n"+
		"0: a at 1.50 (new) [x, <y>]\n"+
		"1: b at 2\n"+
		"a=1\n"+
		"b=2\n"+
		"Stock of a: 1\n"+
		"2 items\n"+
		"Best: a\n"+
		"Countess  Ad Ada  ada\n\n"+
		`[{"sku":"a","price":1.50,"note":"new","tags":["x","<y>"]},{"sku":"b","price":2,"tags":[]}]`+"\n"+
		`{"k":[1,null]}`+"\n"+
		"   Ada", got[1].Text)
	assert.Equal(t, l0.AssistantMessage("Understood."), got[2])
	assert.Equal(t, " Ada", got[3].Text, "trailing newlines of a message are dropped")
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	got := messages(t, templates.EverythingInput{Count: 1})
	assert.Contains(t, got[0].Text, "Be friendly.", "the default fills what is absent")
	assert.Equal(t, "Hello !\none 1 0 false\nNo date.\nNothing.\nStock of a: 0\n\n\nnobody   \n[]\nnull", got[1].Text)
}
