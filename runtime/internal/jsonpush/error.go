package jsonpush

import (
	"fmt"
	"strings"
)

// Fault classifies an [Error].
type Fault uint8

// The faults.
const (
	// Unexpected is a byte that must not be where it is: a missing or doubled comma, an
	// unquoted name, prose.
	Unexpected Fault = iota + 1
	// Mismatch is a closing bracket of the wrong kind.
	Mismatch
	// Trailing is text behind the value.
	Trailing
	// BadString is a control character or an unknown escape in a string.
	BadString
	// BadNumber is a number that JSON does not write so, such as 1. or -x.
	BadNumber
	// BadLiteral is a word other than true, false and null.
	BadLiteral
	// Incomplete is an end of the input inside or before the value.
	Incomplete
	// TooDeep and TooLong are limits that were exceeded.
	TooDeep
	TooLong
)

// String returns the name of the fault, for messages and tests.
func (f Fault) String() string {
	const names = "? Unexpected Mismatch Trailing BadString BadNumber BadLiteral Incomplete TooDeep TooLong"
	return word(names, int(f))
}

// Error says why the input is not JSON.
type Error struct {
	Fault Fault
	// Offset is that of the offending byte; for Incomplete it is the length of the input.
	Offset int
	// Expected is what could have stood there, in words.
	Expected string
	// Byte is the offending byte, 0 for Incomplete, TooDeep and TooLong.
	Byte byte
}

// Error implements error.
func (e *Error) Error() string {
	switch e.Fault {
	case Incomplete:
		return fmt.Sprintf("the JSON ends at byte %d, where %s must come", e.Offset, e.Expected)
	case TooDeep, TooLong:
		return fmt.Sprintf("the JSON is %s at byte %d", e.Expected, e.Offset)
	default:
		return fmt.Sprintf("byte %d of the JSON is %q, where %s must come", e.Offset, e.Byte, e.Expected)
	}
}

// word returns the i-th of the words in s.
func word(s string, i int) string {
	words := strings.Fields(s)
	if i >= len(words) {
		i = 0
	}
	return words[i]
}
