package l0

import (
	"strings"

	"github.com/l0gen/l0gen/runtime/guard"
)

// feedback tells a model what was wrong with its last reply.
type feedback struct{ text, rejected string }

// feedbackLimit is how much of a rejected reply, in bytes, goes back to the model.
const feedbackLimit = 4 << 10

// feedbackOn returns what to tell the model about its reply, empty if there is nothing to
// tell: failures that are not the reply's, and rules whose words must not reach the model.
func feedbackOn(e *Error, text string) feedback {
	if e.Code != CodeInvalidOutput && e.Code != CodeGuardrailViolation || text == "" {
		return feedback{}
	}
	var wrong strings.Builder
	for _, v := range e.Violations {
		if v.Severity == guard.Warning || secretRule(v.Rule) {
			continue
		}
		wrong.WriteString("- " + cutText(v.String(), 300) + "\n")
		if wrong.Len() > feedbackLimit/2 {
			break
		}
	}
	if wrong.Len() == 0 {
		return feedback{}
	}
	return feedback{
		text:     "Your reply was not accepted:\n" + wrong.String() + "Give the whole reply again, corrected, and nothing else.",
		rejected: cutText(text, feedbackLimit),
	}
}

// secretRule reports whether a rule lists what must not be said, which would be said to the
// model otherwise.
func secretRule(rule string) bool {
	switch guard.Kind(rule) {
	case guard.KindPhrases, guard.KindPattern, guard.KindRefusal:
		return true
	default:
		return rule == "content_filter"
	}
}

// cutText shortens text to n bytes, at a border of characters.
func cutText(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return text[:n] + "…"
}
