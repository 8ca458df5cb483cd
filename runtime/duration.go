package l0

import (
	"fmt"
	"time"

	"github.com/l0gen/l0gen/runtime/internal/iso8601"
)

// Duration is a span of time in the form of ISO 8601, such as P1DT2H30M. It keeps years and
// months, which a [time.Duration] cannot. As JSON it is a string. The zero value is PT0S.
//
// The text is kept in canonical form: upper case, no leading zeros, no components that are
// zero. Nothing is carried over, so PT90M and PT1H30M differ with ==; compare what
// [Duration.Std] returns where they should not.
type Duration struct {
	text string // canonical, "" for nothing
}

// ParseDuration reads a duration in the form of ISO 8601. Components are whole numbers, only
// seconds may have a fraction, and there is no sign.
func ParseDuration(s string) (Duration, error) {
	text, err := iso8601.Canonical(s)
	return Duration{text}, err
}

// DurationOf returns d as hours, minutes and seconds. A negative d is an error.
func DurationOf(d time.Duration) (Duration, error) {
	text, ok := iso8601.Format(d)
	if !ok {
		return Duration{}, fmt.Errorf("the duration %s is negative", d)
	}
	return Duration{text}, nil
}

// Std returns d as a [time.Duration], with days of 24 hours. It is an error if d has years
// or months or is too long (292 years). A fraction of a nanosecond is cut off.
func (d Duration) Std() (time.Duration, error) { return iso8601.Std(d.text) }

// String returns the canonical form.
func (d Duration) String() string {
	if d.text == "" {
		return "PT0S"
	}
	return d.text
}

// MarshalText implements [encoding.TextMarshaler].
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
