package fakejson

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
)

// span is a range of numbers. A nil bound is none.
type span struct {
	lo, hi         *big.Rat
	openLo, openHi bool
}

// number makes up a number: a multiple of a step within the bounds, in the range that the
// name suggests if the bounds allow it.
func (g *generator) number(s *object, name string, integer bool) (any, error) {
	bounds := spanOf(s)
	step := rat(s.values["multipleOf"])
	if step == nil || step.Sign() <= 0 {
		step = stepOf(bounds, integer)
	} else if integer {
		step = new(big.Rat).SetInt(step.Num()) // in lowest terms, these are its whole multiples
	}
	lo, hi := usual(name, integer)
	first, last := multiples(narrow(bounds, lo, hi), step)
	if first.Cmp(last) > 0 {
		first, last = multiples(bounded(bounds, step), step)
	}
	if first.Cmp(last) > 0 {
		return nil, fmt.Errorf("no number fits the bounds of %q", name)
	}
	k := first.Add(first, pickInt(g.rng, last.Sub(last, first)))
	v := new(big.Rat).Mul(new(big.Rat).SetInt(k), step)
	return json.Number(decimal(v)), nil
}

func spanOf(s *object) span {
	b := span{lo: rat(s.values["minimum"]), hi: rat(s.values["maximum"])}
	if x := rat(s.values["exclusiveMinimum"]); x != nil && (b.lo == nil || x.Cmp(b.lo) >= 0) {
		b.lo, b.openLo = x, true
	}
	if x := rat(s.values["exclusiveMaximum"]); x != nil && (b.hi == nil || x.Cmp(b.hi) <= 0) {
		b.hi, b.openHi = x, true
	}
	// In draft 4 they are flags.
	b.openLo = b.openLo || s.values["exclusiveMinimum"] == true
	b.openHi = b.openHi || s.values["exclusiveMaximum"] == true
	return b
}

// stepOf returns how finely to choose: hundredths, or less if the bounds are close.
func stepOf(b span, integer bool) *big.Rat {
	if integer {
		return big.NewRat(1, 1)
	}
	step := big.NewRat(1, 100)
	if b.lo == nil || b.hi == nil {
		return step
	}
	width := new(big.Rat).Sub(b.hi, b.lo)
	for range 300 {
		if width.Sign() <= 0 || new(big.Rat).Quo(width, step).Cmp(big.NewRat(4, 1)) > 0 {
			break
		}
		step.Quo(step, big.NewRat(10, 1))
	}
	if width.Sign() == 0 && b.lo.Sign() != 0 {
		return new(big.Rat).Abs(b.lo)
	}
	return step
}

// narrow returns the part of b between lo and hi.
func narrow(b span, lo, hi int64) span {
	if l := big.NewRat(lo, 1); b.lo == nil || b.lo.Cmp(l) < 0 {
		b.lo, b.openLo = l, false
	}
	if h := big.NewRat(hi, 1); b.hi == nil || b.hi.Cmp(h) > 0 {
		b.hi, b.openHi = h, false
	}
	return b
}

// bounded gives b the bounds that it lacks, a few steps away.
func bounded(b span, step *big.Rat) span {
	width := new(big.Rat).Mul(step, big.NewRat(100, 1))
	switch {
	case b.lo == nil && b.hi == nil:
		b.lo, b.hi = new(big.Rat), width
	case b.lo == nil:
		b.lo = new(big.Rat).Sub(b.hi, width)
	case b.hi == nil:
		b.hi = new(big.Rat).Add(b.lo, width)
	}
	return b
}

// multiples returns the smallest and the largest k with k*step in b.
func multiples(b span, step *big.Rat) (first, last *big.Int) {
	lo, hi := new(big.Rat).Quo(b.lo, step), new(big.Rat).Quo(b.hi, step)
	first, last = floor(lo), floor(hi)
	if !lo.IsInt() || b.openLo {
		first.Add(first, big.NewInt(1))
	}
	if hi.IsInt() && b.openHi {
		last.Sub(last, big.NewInt(1))
	}
	return first, last
}

func floor(r *big.Rat) *big.Int {
	q, m := new(big.Int), new(big.Int)
	q.DivMod(r.Num(), r.Denom(), m) // Euclidean: rounds down, as the denominator is positive
	return q
}

// pickInt picks a number from 0 to most.
func pickInt(rng *rand.Rand, most *big.Int) *big.Int {
	if !most.IsInt64() || most.Int64() > 1<<53 {
		return big.NewInt(rng.Int64N(1 << 53))
	}
	return big.NewInt(rng.Int64N(most.Int64() + 1))
}

// decimal returns a number without an exponent, as long as it has to be.
func decimal(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	places, exact := r.FloatPrec()
	if !exact {
		places = 20
	}
	return strings.TrimSuffix(r.FloatString(places), ".")
}

// usual is the range that a name suggests.
func usual(name string, integer bool) (lo, hi int64) {
	words := wordsOf(name)
	for _, row := range []struct {
		names  string
		lo, hi int64
	}{
		{"age", 18, 80},
		{"year", 1990, 2026},
		{"month", 1, 12},
		{"day", 1, 28},
		{"hour", 0, 23},
		{"minute second", 0, 59},
		{"priority level severity stars rating rank", 1, 5},
		{"price amount cost fee total salary budget subtotal", 5, 500},
		{"percent percentage", 0, 100},
		{"quantity count number size items", 1, 20},
		{"latitude lat", -90, 90},
		{"longitude lng lon", -180, 180},
		{"port", 1024, 65535},
		{"id", 1000, 9999},
		{"timestamp", 1767225600, 1798761599},
	} {
		if anyOf(words, row.names) {
			return row.lo, row.hi
		}
	}
	if !integer && anyOf(words, "score confidence probability likelihood similarity weight ratio share") {
		return 0, 1
	}
	return 1, 100
}
