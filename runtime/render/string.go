package render

import (
	"strings"
	"unicode/utf8"
)

// Trim returns s without the white space at both ends.
func Trim(s string) string { return strings.TrimSpace(s) }

// Lower returns s in lower case.
func Lower(s string) string { return strings.ToLower(s) }

// Upper returns s in upper case.
func Upper(s string) string { return strings.ToUpper(s) }

// Integer is any integer type: a template's constants are untyped, its inputs int64.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Indent returns s with n spaces before every line that is not empty. A negative n is 0.
func Indent[N Integer](n N, s string) string {
	if n <= 0 || s == "" {
		return s
	}
	pad := strings.Repeat(" ", int(min(uint64(n), maxIndent)))
	var b strings.Builder
	for line := range strings.Lines(s) {
		if line != "\n" && line != "\r\n" {
			b.WriteString(pad)
		}
		b.WriteString(line)
	}
	return b.String()
}

// maxIndent keeps an absurd number in an input from eating the memory.
const maxIndent = 1000

// Truncate returns the first n runes of s, or s when it has no more. A negative n is 0.
func Truncate[N Integer](n N, s string) string {
	if n <= 0 {
		return ""
	}
	if uint64(len(s)) <= uint64(n) {
		return s
	}
	end := 0
	for range uint64(n) {
		if end == len(s) {
			break
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}
