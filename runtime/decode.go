package l0

import (
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/schema"
)

// decodeInto makes the value of a reply's text: JSON if the output is typed, else the text
// itself, for which T is string.
func decodeInto[T any](to *T, typed bool, s *schema.Schema, text string) (err error) {
	defer recoverTo(&err, "decoding the reply")
	if !typed {
		str, ok := any(to).(*string)
		if !ok {
			return &Error{Code: CodeNotConfigured, Message: "a text output needs the Go type string", Advice: "give the function a schema"}
		}
		*str = text
		return nil
	}
	v, problems := schema.Decode[T](s, text)
	if len(problems) > 0 {
		return &Error{
			Code:       CodeInvalidOutput,
			Message:    "the reply does not fit its type: " + keywords(problems),
			Violations: violationsOf(problems),
		}
	}
	*to = v
	return nil
}

// violationsOf returns the problems of a schema as violations.
func violationsOf(problems []schema.Problem) []Violation {
	out := make([]Violation, len(problems))
	for i, p := range problems {
		out[i] = Violation{
			Rule: p.Keyword, Path: p.Path, Message: p.Message, Severity: guard.Error, Recoverable: true,
		}
	}
	return out
}
