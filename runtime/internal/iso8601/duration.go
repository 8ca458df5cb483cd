// Package iso8601 reads durations in the form of ISO 8601, such as P1DT2H30M.
//
// It is shared by package l0, whose Duration type keeps one, and package schema, which
// checks the format "duration".
package iso8601

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// unit is one component of a duration: its letter, whether it belongs behind the T, and its
// length, which is 0 where the calendar decides.
type unit struct {
	letter byte
	time   bool
	length time.Duration
}

// units returns the components in the order in which they may stand.
func units() [7]unit {
	return [7]unit{
		{'Y', false, 0},
		{'M', false, 0},
		{'W', false, 7 * 24 * time.Hour},
		{'D', false, 24 * time.Hour},
		{'H', true, time.Hour},
		{'M', true, time.Minute},
		{'S', true, time.Second},
	}
}

// Canonical returns s in canonical form: upper case, without leading zeros, without
// components that are zero, with a point in front of a fraction. Nothing is carried from
// one component to another. A duration of nothing is "".
//
// Components are whole numbers, only seconds may have a fraction. Weeks may stand beside
// other components. There is no sign.
func Canonical(s string) (string, error) {
	bad := fmt.Errorf("%q is not an ISO 8601 duration such as P1DT2H30M", s)
	rest, ok := strings.CutPrefix(upper(s), "P")
	if !ok || rest == "" {
		return "", bad
	}
	var date, clock strings.Builder
	inTime, next := false, 0
	table := units()
	for rest != "" {
		if rest[0] == 'T' && !inTime && len(rest) > 1 {
			inTime, rest = true, rest[1:]
			continue
		}
		number, letter, tail, ok := component(rest)
		if !ok {
			return "", bad
		}
		for next < len(table) && (table[next].letter != letter || table[next].time != inTime) {
			next++
		}
		if next == len(table) || (strings.Contains(number, ".") && letter != 'S') {
			return "", bad
		}
		next++
		rest = tail
		if number == "0" {
			continue
		}
		out := &date
		if inTime {
			out = &clock
		}
		out.WriteString(number)
		out.WriteByte(letter)
	}
	switch {
	case clock.Len() > 0:
		return "P" + date.String() + "T" + clock.String(), nil
	case date.Len() > 0:
		return "P" + date.String(), nil
	}
	return "", nil
}

// upper is strings.ToUpper for ASCII only: there are letters elsewhere whose upper case is S.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// component splits off a number, in canonical form, and the letter behind it.
func component(s string) (number string, letter byte, rest string, ok bool) {
	i := digits(s)
	whole, fraction, end := s[:i], "", i
	if i > 0 && i < len(s) && (s[i] == '.' || s[i] == ',') {
		n := digits(s[i+1:])
		if n == 0 {
			return "", 0, "", false
		}
		fraction, end = s[i+1:i+1+n], i+1+n
	}
	if i == 0 || end == len(s) {
		return "", 0, "", false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return whole, s[end], s[end+1:], true
}

func digits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// Std returns the length of a duration in canonical form. Years and months have no fixed
// length and are an error, and so is what does not fit; a fraction of a nanosecond is cut off.
func Std(canonical string) (time.Duration, error) {
	var total time.Duration
	rest := strings.TrimPrefix(canonical, "P")
	inTime := false
	for rest != "" {
		if rest[0] == 'T' {
			inTime, rest = true, rest[1:]
			continue
		}
		number, letter, tail, ok := component(rest)
		if !ok {
			return 0, fmt.Errorf("%q is not an ISO 8601 duration", canonical)
		}
		rest = tail
		length := lengthOf(letter, inTime)
		if length == 0 {
			return 0, fmt.Errorf("%s has years or months, whose length depends on the calendar", canonical)
		}
		part, ok := multiply(number, length)
		if !ok || total > math.MaxInt64-part {
			return 0, fmt.Errorf("%s is longer than a time.Duration can be", canonical)
		}
		total += part
	}
	return total, nil
}

func lengthOf(letter byte, inTime bool) time.Duration {
	for _, u := range units() {
		if u.letter == letter && u.time == inTime {
			return u.length
		}
	}
	return 0
}

// multiply returns number (digits, perhaps with a fraction) times length.
func multiply(number string, length time.Duration) (time.Duration, bool) {
	whole, fraction, _ := strings.Cut(number, ".")
	var n int64
	for _, c := range []byte(whole) {
		d := int64(c - '0')
		if n > (math.MaxInt64-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	if n > math.MaxInt64/int64(length) {
		return 0, false
	}
	total := time.Duration(n) * length
	for _, c := range []byte(fraction) {
		length /= 10 // exact: only seconds have a fraction
		part := time.Duration(c-'0') * length
		if total > math.MaxInt64-part {
			return 0, false
		}
		total += part
	}
	return total, true
}

// Format returns d in canonical form. A negative d has none and yields false.
func Format(d time.Duration) (string, bool) {
	if d < 0 {
		return "", false
	}
	if d == 0 {
		return "", true
	}
	hours, d := d/time.Hour, d%time.Hour
	minutes, d := d/time.Minute, d%time.Minute
	seconds, nanos := d/time.Second, d%time.Second
	text := fmt.Sprintf("PT%dH%dM%d.%09dS", hours, minutes, seconds, nanos)
	canonical, err := Canonical(text)
	return canonical, err == nil
}
