package schema

import (
	"strconv"
	"strings"
)

// wholeNumber returns the JSON number s without point and exponent, if it is whole and not
// absurdly large.
func wholeNumber(s string) (string, bool) {
	if !strings.ContainsAny(s, ".eE") {
		return s, true
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	exponent := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > maxExponent || n < -maxExponent {
			return "", false
		}
		s, exponent = s[:i], n
	}
	whole, fraction, _ := strings.Cut(s, ".")
	digits := strings.TrimRight(whole+fraction, "0")
	if strings.TrimLeft(digits, "0") == "" {
		return "0", true
	}
	point := len(whole) + exponent // where the point stands in digits
	if point < len(digits) {
		return "", false
	}
	digits += strings.Repeat("0", point-len(digits))
	return sign + strings.TrimLeft(digits, "0"), true
}
