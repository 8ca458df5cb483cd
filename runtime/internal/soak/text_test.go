package soak

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf8"

	l0 "github.com/l0gen/l0gen/runtime"
)

// value is what typed calls return.
type value struct {
	Call    uint64 `json:"call"`
	Attempt int    `json:"attempt"`
	Items   []item `json:"items"`
}

type item struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

const schema = `{"type":"object","properties":{"call":{"type":"integer"},"attempt":{"type":"integer"},` +
	`"items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"size":{"type":"integer"}},` +
	`"required":["name","size"],"additionalProperties":false}}},"required":["call","attempt","items"],"additionalProperties":false}`

// text returns the reply that the server means to give in an attempt. Each word has its number,
// so that a lost, a repeated and a moved one all show. Where attempts start anew they have
// different texts, so that a mixture of them shows.
func (p *plan) text(attempt int) string {
	if p.continues {
		return p.prose(p.source(forText), "")
	}
	r := p.source(forText + uint64(attempt)<<32) //nolint:gosec // it is small
	mark := "a" + strconv.Itoa(attempt)
	if !p.typed {
		return p.prose(r, mark)
	}
	v := value{Call: p.seed >> 16, Attempt: attempt, Items: []item{}} // so that floats can hold it
	for i := range p.words / 4 {
		v.Items = append(v.Items, item{Name: mark + word(r), Size: i})
	}
	data, _ := json.Marshal(v)                // it has no value that fails
	if one(r, 2) && p.mode != l0.OutputTool { // Gemini's API has calls as values, not as texts
		data, _ = json.MarshalIndent(v, "", "\t") // nor here
	}
	return string(data)
}

func (p *plan) prose(r *rand.Rand, mark string) string {
	var b strings.Builder
	for i := range p.words {
		b.WriteString(mark + strconv.Itoa(i) + word(r))
		b.WriteString([]string{" ", "\n", ", ", "  ", "\r\n"}[r.IntN(5)])
	}
	return b.String()
}

// word returns a word, with what wires have to escape in some of them.
func word(r *rand.Rand) string {
	odd := []string{`"`, `\`, "é", "日本", "🎉", "\t", "\x01", "</p>", "\u2028", "data: ", "[DONE]", "{}", `\u0041`, "ß"}
	var b strings.Builder
	for range 1 + r.IntN(6) {
		if one(r, 8) {
			b.WriteString(odd[r.IntN(len(odd))])
			continue
		}
		b.WriteByte("abcdefghijklmnopqrstuvwxyz"[r.IntN(26)])
	}
	return b.String()
}

// pieces cuts text into chunks of random length at the borders of characters.
func pieces(r *rand.Rand, text string) []l0.Chunk {
	var out []l0.Chunk
	longest := []int{1, 4, 8, 100}[r.IntN(4)]
	if len(text) > 2000 {
		longest = 100
	}
	for text != "" {
		n := min(1+r.IntN(longest), len(text))
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n++
		}
		out = append(out, l0.Chunk{Text: text[:n]})
		text = text[n:]
	}
	return out
}

// overlap is the plain definition of what a continuation repeats: the longest end of before that
// after begins with, of 2 to 500 characters.
func overlap(before, after string) int {
	b, a := []rune(before), []rune(after)
	for n := min(len(b), len(a), 500); n >= 2; n-- {
		if string(b[len(b)-n:]) == string(a[:n]) {
			return len(string(a[:n]))
		}
	}
	return 0
}

// valueOf reads a typed reply.
func valueOf(text string) (v value, ok bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	return v, d.Decode(&v) == nil && !d.More() && v.Items != nil
}
