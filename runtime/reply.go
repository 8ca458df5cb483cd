package l0

import (
	"strings"
	"unicode/utf8"
)

// reply is the text of one attempt. It only grows; checkpoints are offsets into it, and the
// strings that are cut from it share its memory.
type reply struct {
	text   strings.Builder
	tokens int // the pieces in which text came
	// kept is the length of the prefix that passed its last check, keptTokens the pieces in it.
	kept, keptTokens int
	// delivered is the length of what the consumer has. It is shorter than text only where a
	// rule refused the newest piece.
	delivered int
	data      bool // something came that is not text
	checked   bool // rules look at the text while it comes, so that kept is all that is known to be good
}

// started reports whether anything of the reply has come.
func (r *reply) started() bool { return r.text.Len() > 0 || r.data }

func (r *reply) content() string { return r.text.String() }

// safe returns the text that no rule has anything against.
func (r *reply) safe() string {
	if r.checked {
		return r.checkpoint()
	}
	return r.content()
}

func (r *reply) checkpoint() string { return r.text.String()[:r.kept] }

// keep makes the text the checkpoint, but for the beginning of a character whose rest has not
// come: a continuation would not bring it.
func (r *reply) keep() {
	r.kept, r.keptTokens = r.text.Len()-cutRune(r.text.String()), r.tokens
}

// cutRune returns the length of an incomplete character at the end of text.
func cutRune(text string) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if end := text[len(text)-n:]; utf8.RuneStart(end[0]) {
			if utf8.FullRuneInString(end) {
				return 0
			}
			return n
		}
	}
	return 0
}
