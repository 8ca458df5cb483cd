package render

import (
	"math"
	"strconv"
	"time"
)

// Int returns v in decimal digits.
func Int(v int64) string { return strconv.FormatInt(v, 10) }

// Num returns v as encoding/json prints it: the shortest digits that read back as v, with
// an exponent below 1e-6 and from 1e21 on. JSON has no word for what is not a number;
// those print as NaN, Infinity and -Infinity.
func Num(v float64) string {
	var buf [32]byte
	return string(appendNum(buf[:0], v))
}

// Bool returns "true" or "false".
func Bool(v bool) string { return strconv.FormatBool(v) }

// Time returns v in the form of [time.RFC3339Nano].
func Time(v time.Time) string { return v.Format(time.RFC3339Nano) }

func appendInt(b []byte, v int64) []byte { return strconv.AppendInt(b, v, 10) }

func appendNum(b []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return append(b, "NaN"...)
	case math.IsInf(v, 1):
		return append(b, "Infinity"...)
	case math.IsInf(v, -1):
		return append(b, "-Infinity"...)
	}
	abs := math.Abs(v)
	if abs == 0 || (abs >= 1e-6 && abs < 1e21) {
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	b = strconv.AppendFloat(b, v, 'e', -1, 64)
	// strconv pads the exponent to two digits, JSON as Go writes it does not: e-09 becomes e-9.
	if n := len(b); n >= 4 && b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}
