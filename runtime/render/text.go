package render

import (
	"strings"
	"time"
)

// Text collects the text of one message. Its zero value is ready for use.
type Text struct {
	buf []byte
}

// Str appends s as it is.
func (t *Text) Str(s string) { t.buf = append(t.buf, s...) }

// Int appends v in decimal digits.
func (t *Text) Int(v int64) { t.buf = appendInt(t.buf, v) }

// Num appends v as JSON prints it, see [Num].
func (t *Text) Num(v float64) { t.buf = appendNum(t.buf, v) }

// Bool appends "true" or "false".
func (t *Text) Bool(v bool) { t.buf = append(t.buf, Bool(v)...) }

// Time appends v as RFC 3339 with the fraction of a second it has, see [Time].
func (t *Text) Time(v time.Time) { t.buf = v.AppendFormat(t.buf, time.RFC3339Nano) }

// Len returns the number of bytes collected so far.
func (t *Text) Len() int { return len(t.buf) }

// String returns what was collected, without the newlines ("\n" or "\r\n") at its end:
// a block scalar in YAML ends with one, and a model should not see it.
func (t *Text) String() string {
	end := len(t.buf)
	for end > 0 && t.buf[end-1] == '\n' {
		end--
		if end > 0 && t.buf[end-1] == '\r' {
			end--
		}
	}
	return string(t.buf[:end])
}

// TrimNewlines returns s without the newlines at its end, the way [Text.String] does it.
func TrimNewlines(s string) string {
	for strings.HasSuffix(s, "\n") {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "\n"), "\r")
	}
	return s
}
