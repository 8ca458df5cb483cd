package fakejson

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// words makes up what a property of this name usually holds.
func (g *generator) words(name string) string {
	words := wordsOf(name)
	n := g.rng.IntN
	first, last := one(g, firstNames()), one(g, lastNames())
	switch {
	case anyOf(words, "email mail"):
		return strings.ToLower(first + "." + last + "@example.com")
	case anyOf(words, "url uri link website homepage href"):
		return "https://example.com/" + one(g, filler())
	case anyOf(words, "phone telephone mobile fax tel"):
		return fmt.Sprintf("+1-555-01%02d", n(100))
	case anyOf(words, "uuid guid"):
		return g.formatted("uuid")
	case anyOf(words, "sku code"):
		return fmt.Sprintf("%s-%03d", strings.ToUpper(one(g, filler())[:3]), n(1000))
	case anyOf(words, "id identifier key"):
		return fmt.Sprintf("id-%04d", n(10000))
	case anyOf(words, "timestamp datetime at"):
		return g.formatted("date-time")
	case anyOf(words, "date day birthday deadline due"):
		return g.formatted("date")
	case anyOf(words, "time"):
		return g.formatted("time")
	case anyOf(words, "price amount cost fee total"):
		return fmt.Sprintf("%d.%02d", 5+n(200), n(100))
	case anyOf(words, "currency"):
		return one(g, []string{"EUR", "USD", "GBP", "JPY"})
	case anyOf(words, "zip postcode postal"):
		return fmt.Sprintf("%05d", 10000+n(89999))
	case anyOf(words, "street address"):
		return fmt.Sprintf("%d %s Street", 1+n(200), last)
	case anyOf(words, "first given"):
		return first
	case anyOf(words, "last family surname"):
		return last
	case anyOf(words, "company organization organisation vendor employer"):
		return last + " & Sons"
	case anyOf(words, "username login handle nick"):
		return strings.ToLower(first)
	case anyOf(words, "filename file path"):
		return one(g, filler()) + ".txt"
	}
	return g.plainWords(words, first, last)
}

func (g *generator) plainWords(words []string, first, last string) string {
	lists := []struct {
		names string
		list  []string
	}{
		{"city town place location", []string{"Berlin", "Lyon", "Porto", "Kyoto", "Boston", "Nairobi"}},
		{"country", []string{"Germany", "France", "Portugal", "Japan", "Kenya", "Canada"}},
		{"language lang locale", []string{"en", "de", "fr", "pt", "ja"}},
		{"color colour", []string{"red", "green", "blue", "yellow"}},
		{"priority urgency severity", []string{"low", "medium", "high"}},
		{"status state", []string{"open", "pending", "closed"}},
		{"sentiment tone mood", []string{"positive", "neutral", "negative"}},
		{"category topic type kind class", []string{"billing", "shipping", "account", "technical"}},
		{"tag label keyword", filler()},
		{"unit", []string{"kg", "m", "pcs", "l"}},
		{"product item", []string{"Desk lamp", "Office chair", "Notebook", "Travel mug"}},
		{"gender", []string{"female", "male", "other"}},
		{"job position occupation", []string{"Engineer", "Nurse", "Teacher", "Designer"}},
		{"version", []string{"1.0.0", "1.2.3", "2.0.1"}},
	}
	for _, row := range lists {
		if anyOf(words, row.names) {
			return one(g, row.list)
		}
	}
	switch {
	case anyOf(words, "name author customer user person owner sender recipient assignee"):
		return first + " " + last
	case anyOf(words, "title subject headline"):
		return one(g, []string{"A question about my order", "Notes from the meeting", "The delivery came late", "A plan for the spring"})
	case anyOf(words, "key alpha beta gamma delta"):
		return one(g, filler())
	}
	return one(g, sentences())
}

// wordsOf splits a name like orderID, order_id or order-id into lower-case words.
func wordsOf(name string) []string {
	var words []string
	var word []rune
	lower := false
	for _, r := range name {
		letter := unicode.IsLetter(r)
		if !letter || (lower && unicode.IsUpper(r)) {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
		if letter {
			word = append(word, r)
		}
		lower = unicode.IsLower(r)
	}
	words = append(words, strings.ToLower(string(word)))
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// singular returns what one item of a list is called.
func singular(name string) string {
	switch {
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "ss"):
		return name
	}
	return strings.TrimSuffix(name, "s")
}

// anyOf reports whether one of the words is in a list of names.
func anyOf(words []string, names string) bool {
	for name := range strings.FieldsSeq(names) {
		if slices.Contains(words, name) {
			return true
		}
	}
	return false
}

func firstNames() []string {
	return []string{"Ada", "Grace", "Alan", "Edsger", "Barbara", "Ken", "Radia", "Dennis"}
}

func lastNames() []string {
	return []string{"Miller", "Garcia", "Tanaka", "Novak", "Okafor", "Rossi", "Larsen", "Dubois"}
}

func filler() []string {
	return []string{"river", "garden", "copper", "window", "harbor", "violet", "meadow", "lantern", "summit", "paper"}
}

func sentences() []string {
	return []string{
		"The parcel arrived on Monday and one corner was damaged.",
		"Everything works again since the last update.",
		"Please send the invoice to the office in Porto.",
		"The meeting moved to Thursday at ten.",
		"Two of the three items are still in stock.",
		"She asked for a refund and a short explanation.",
		"The report covers the first quarter and names the main risks.",
		"There is no hurry, next week is early enough.",
	}
}

// Prose returns a few plain sentences.
func Prose(seed uint64) string {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // it must be repeatable
	all := sentences()
	from, n := g.rng.IntN(len(all)), 3+g.rng.IntN(3)
	out := make([]string, n)
	for i := range out {
		out[i] = all[(from+i)%len(all)]
	}
	return strings.Join(out, " ")
}
