package l0

import "strings"

// reply is the text of one attempt. It only grows; checkpoints are offsets into it, and the
// strings that are cut from it share its memory.
type reply struct {
	text   strings.Builder
	tokens int // the pieces in which text came
	// kept is the length of the prefix that passed its last check, keptTokens the pieces in it.
	kept, keptTokens int
	data             bool // something came that is not text
	checked          bool // rules look at the text while it comes, so that kept is all that is known to be good
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

// keep makes all of the text the checkpoint.
func (r *reply) keep() { r.kept, r.keptTokens = r.text.Len(), r.tokens }
