package irtest

import (
	"math/rand/v2"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// wordPool makes names that often meet one another and what is generated.
func wordPool() []string {
	return []string{
		"Client", "New", "Caller", "Classify", "ClassifyStream", "ClassifyInput", "Ticket", "ticket", "TicketSchema",
		"Model", "fast", "schema", "input", "queue", "TicketQueue", "equal", "user_id", "userId", "Stream", "Messages",
		"ModelFast", "a", "A", "x1", "type", "Scan", "ReadByte", "Func", "Output", "ClassifyOutput", "IDs", "ids",
	}
}

// Random returns a package of things with random names, which often clash.
func Random(r *rand.Rand) *Package {
	p := New("app")
	words := wordPool()
	word := func() string {
		name := words[r.IntN(len(words))]
		if r.IntN(3) == 0 {
			name += words[r.IntN(len(words))]
		}
		return name
	}
	for range r.IntN(3) {
		p.Model(word())
	}
	for range r.IntN(5) {
		p.Type(word(), randomType(r, p, word, 2))
	}
	for range r.IntN(4) {
		var inputs []*ir.Field
		for range r.IntN(3) {
			inputs = append(inputs, p.Field(word(), randomType(r, p, word, 1)))
		}
		p.Prompt(word(), randomType(r, p, word, 2), inputs...)
	}
	return p
}

func randomType(r *rand.Rand, p *Package, word func() string, depth int) *ir.Type {
	switch n := r.IntN(6); {
	case n == 0:
		return p.Enum(word(), "other")
	case n == 1 && depth > 0:
		return p.List(randomType(r, p, word, depth-1))
	case n < 4 && depth > 0:
		var fields []*ir.Field
		for range 1 + r.IntN(3) {
			fields = append(fields, p.Field(word(), randomType(r, p, word, depth-1)))
		}
		return p.Object(fields...)
	}
	return p.Of(ir.String)
}
