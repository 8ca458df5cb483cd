package plan

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

func TestDocOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Doc{
		"":                            "fallback",
		"  \n":                        "fallback",
		"One sorted support ticket.":  "Ticket is one sorted support ticket.",
		"How soon a person must look": "Ticket is how soon a person must look",
		"The best.\n\nMore of it.":    "Ticket is the best.\n\nMore of it.",
		"Ticket holds one ticket.":    "Ticket holds one ticket.",
		"ticket holds one ticket.":    "Ticket holds one ticket.",
		"URL of a thing":              "Ticket: URL of a thing",
		"Sorts tickets.":              "Ticket: Sorts tickets.",
		"A":                           "Ticket: A",
	} {
		assert.Equal(t, want, docOf("Ticket", "ticket", text, "fallback"), text)
	}
}

func TestFieldDoc(t *testing.T) {
	t.Parallel()
	one, five := new(int64(1)), new(int64(5))
	for _, test := range []struct {
		t    ir.Type
		want Doc
	}{
		{ir.Type{}, ""},
		{ir.Type{Doc: "Up to five.", Rules: ir.Rules{MaxItems: five}}, "Up to five."},
		{ir.Type{Title: "Title", Rules: ir.Rules{MaxItems: five}}, "Title"},
		{ir.Type{Rules: ir.Rules{MaxItems: five}}, "At most 5 items."},
		{ir.Type{Rules: ir.Rules{MinItems: one}}, "At least 1 item."},
		{ir.Type{Rules: ir.Rules{MinLength: one, MaxLength: one}}, "Exactly 1 character."},
		{ir.Type{Rules: ir.Rules{MinLength: one, MaxLength: five, Pattern: "^a\n$"}}, "1 to 5 characters, matches ^a $."},
		{ir.Type{Rules: ir.Rules{Minimum: "0", ExclusiveMax: "1", MultipleOf: "0.1"}}, "At least 0, less than 1, a multiple of 0.1."},
		{ir.Type{Rules: ir.Rules{UniqueItems: true}, Format: "email"}, "No two alike, of format email."},
		{ir.Type{Const: "3"}, "Always 3."},
		{ir.Type{Default: `"low"`}, `The default is "low".`},
		{ir.Type{Doc: "How.", Default: "{\n}"}, "How. The default is { }."},
		{ir.Type{Doc: "How.", Deprecated: true}, "How.\n\nDeprecated: the spec says so."},
		{ir.Type{Doc: "How.\n\nDeprecated: use b.", Deprecated: true}, "How.\n\nDeprecated: use b."},
	} {
		assert.Equal(t, test.want, fieldDoc(&test.t))
	}
}
