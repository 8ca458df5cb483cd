package check

import "math/big"

// numberBits is the precision of comparisons: some 150 decimal digits, and a
// bound on what a hostile exponent can cost.
const numberBits = 512

// compareNumbers compares two JSON numbers. ok is false when one of them is
// empty or none.
func compareNumbers(a, b string) (order int, ok bool) {
	x, xOK := parseNumber(a)
	y, yOK := parseNumber(b)
	if !xOK || !yOK {
		return 0, false
	}
	return x.Cmp(y), true
}

func parseNumber(s string) (*big.Float, bool) {
	if s == "" {
		return nil, false
	}
	f, _, err := big.ParseFloat(s, 10, numberBits, big.ToNearestEven)
	return f, err == nil
}
