package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// docOf makes the doc comment of an identifier from a text of the specs. Such
// comments begin with the name: a text that does is kept, a noun phrase becomes
// a sentence ("One ticket." is "Ticket is one ticket."), anything else follows
// a colon.
func docOf(name, specName, text, fallback string) Doc {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, " ")
	switch {
	case text == "":
		return Doc(fallback)
	case first == name:
		return Doc(text)
	case first == specName:
		return Doc(name + " " + rest)
	case beginsPhrase(first) && rest != "":
		return Doc(name + " is " + lowerFirst(text))
	}
	return Doc(name + ": " + text)
}

// beginsPhrase reports whether a word begins what a thing can be said to be.
func beginsPhrase(word string) bool {
	switch word {
	case "A", "An", "The", "One", "How", "What", "Where", "Which", "Who", "Why":
		return true
	}
	return false
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// paragraphs joins the parts of a comment that are not empty.
func paragraphs(parts ...string) Doc {
	var kept []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return Doc(strings.Join(kept, "\n\n"))
}

// deprecation is the paragraph that tells tools not to use something.
func deprecation(t *ir.Type) string {
	if !t.Deprecated || strings.Contains(t.Doc, "\n\nDeprecated: ") || strings.HasPrefix(t.Doc, "Deprecated: ") {
		return ""
	}
	return "Deprecated: the spec says so."
}

// fieldDoc makes the comment of a field. Without a text of its own, it says
// what the value must be like; what fills an absent value is said always.
func fieldDoc(t *ir.Type) Doc {
	text := t.Doc
	if text == "" {
		text = t.Title
	}
	if text == "" {
		text = constraints(t)
	}
	if t.Default != "" {
		text = strings.TrimSpace(text + " The default is " + oneLine(t.Default) + ".")
	}
	return paragraphs(text, deprecation(t))
}

// constraints says in a sentence what the rules of a type demand.
func constraints(t *ir.Type) string {
	r := t.Rules
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	add(prefixed("always ", t.Const))
	add(between(r.MinLength, r.MaxLength, "character", "characters"))
	add(between(r.MinItems, r.MaxItems, "item", "items"))
	add(between(r.MinProperties, r.MaxProperties, "property", "properties"))
	add(prefixed("at least ", r.Minimum))
	add(prefixed("more than ", r.ExclusiveMin))
	add(prefixed("at most ", r.Maximum))
	add(prefixed("less than ", r.ExclusiveMax))
	add(prefixed("a multiple of ", r.MultipleOf))
	if r.UniqueItems {
		add("no two alike")
	}
	add(prefixed("matches ", r.Pattern))
	add(prefixed("of format ", t.Format))
	if len(parts) == 0 {
		return ""
	}
	sentence := strings.Join(parts, ", ")
	first, size := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToUpper(first)) + sentence[size:] + "."
}

func prefixed(prefix, value string) string {
	if value == "" {
		return ""
	}
	return prefix + oneLine(value)
}

// between says how many of something there must be.
func between(low, high *int64, one, many string) string {
	noun := func(n int64) string {
		if n == 1 {
			return one
		}
		return many
	}
	switch {
	case low != nil && high != nil && *low == *high:
		return "exactly " + itoa(*low) + " " + noun(*low)
	case low != nil && high != nil:
		return itoa(*low) + " to " + itoa(*high) + " " + noun(*high)
	case low != nil:
		return "at least " + itoa(*low) + " " + noun(*low)
	case high != nil:
		return "at most " + itoa(*high) + " " + noun(*high)
	}
	return ""
}

// oneLine keeps a value of the specs from starting a paragraph of its own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
