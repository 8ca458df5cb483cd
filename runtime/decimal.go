package l0

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number, kept as the text it was written in. As JSON it is a
// number. Its zero value is 0. Nothing is ever rounded, so 0.1 stays 0.1 and 1.00 keeps its
// zeros; compare with [Decimal.Cmp] or [Decimal.Equal], not with ==, because 1.0 and 1 are
// the same number in different text.
type Decimal struct {
	text string // a JSON number, "" for 0
}

// maxExponentDigits bounds what counts as a number: an exponent of more digits serves no
// purpose and would not fit an int64.
const maxExponentDigits = 17

// ParseDecimal returns the number that s is, in the syntax of JSON: no plus sign in front, no
// leading zeros, no bare point. An exponent may have at most 17 digits.
func ParseDecimal(s string) (Decimal, error) {
	if _, ok := splitNumber(s); !ok {
		return Decimal{}, errors.New(strconv.Quote(abbreviate(s)) + " is not a number as JSON writes it")
	}
	return Decimal{s}, nil
}

func abbreviate(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// String returns the number as it was written.
func (d Decimal) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// Sign returns -1, 0 or +1.
func (d Decimal) Sign() int { return d.parts().sign }

// Cmp returns -1, 0 or +1 as d is less than, equal to or greater than o. It compares exactly
// and takes time in proportion to the length of the texts, however large the numbers are.
func (d Decimal) Cmp(o Decimal) int {
	a, b := d.parts(), o.parts()
	if a.sign != b.sign || a.sign == 0 {
		return cmp.Compare(a.sign, b.sign)
	}
	return a.sign * cmp.Or(cmp.Compare(a.point, b.point), strings.Compare(a.digits, b.digits))
}

// Equal reports whether d and o are the same number.
func (d Decimal) Equal(o Decimal) bool { return d.Cmp(o) == 0 }

// Float64 returns the nearest float64. It is an error if there is none.
func (d Decimal) Float64() (float64, error) {
	f, err := strconv.ParseFloat(d.String(), 64)
	if err != nil {
		return 0, fmt.Errorf("%s does not fit a float64", abbreviate(d.text))
	}
	return f, nil
}

// Int64 returns the number if it is whole and fits, also when it is written as 1.0 or 1e3.
func (d Decimal) Int64() (int64, bool) {
	p := d.parts()
	if p.sign == 0 {
		return 0, true
	}
	if p.point < int64(len(p.digits)) || p.point > 19 {
		return 0, false
	}
	text := p.digits + strings.Repeat("0", int(p.point)-len(p.digits))
	if p.sign < 0 {
		text = "-" + text
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// MarshalJSON implements [json.Marshaler]: the number as it was written.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON implements [json.Unmarshaler]. It takes numbers only; null changes nothing.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	v, err := ParseDecimal(string(data))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// number is sign * 0.digits * 10^point, where digits neither begins nor ends with a zero.
type number struct {
	sign   int
	digits string
	point  int64
}

func (d Decimal) parts() number {
	n, _ := splitNumber(d.String()) // the text was checked when d was made
	return n
}

// splitNumber takes a JSON number apart and reports whether s is one.
func splitNumber(s string) (number, bool) {
	sign := 1
	if strings.HasPrefix(s, "-") {
		sign, s = -1, s[1:]
	}
	mantissa, exponent, hasExponent := s, "", false
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent, hasExponent = s[:i], s[i+1:], true
	}
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	if !allDigits(whole) || (len(whole) > 1 && whole[0] == '0') || (hasFraction && !allDigits(fraction)) {
		return number{}, false
	}
	exp, ok := int64(0), true
	if hasExponent {
		exp, ok = parseExponent(exponent)
	}
	if !ok {
		return number{}, false
	}
	digits := strings.TrimRight(whole+fraction, "0")
	significant := strings.TrimLeft(digits, "0")
	if significant == "" {
		return number{}, true
	}
	point := exp + int64(len(whole)) - int64(len(digits)-len(significant))
	return number{sign: sign, digits: significant, point: point}, true
}

func parseExponent(s string) (int64, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if !allDigits(s) {
		return 0, false
	}
	s = strings.TrimLeft(s, "0")
	if len(s) > maxExponentDigits {
		return 0, false
	}
	n, _ := strconv.ParseInt("0"+s, 10, 64)
	if negative {
		n = -n
	}
	return n, true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
