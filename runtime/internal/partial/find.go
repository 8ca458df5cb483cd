package partial

import (
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

// finder looks for where the value begins. It looks at each byte once.
type finder struct {
	typ   *gotype.Type
	found bool
	prose bool // there is text before the value, other than a code fence
	line  line
	ticks int // of a fence, at the beginning of the line
	mark  int // bytes of the byte order mark that were there
}

// line is what the finder knows of the line it is in.
type line uint8

const (
	lineBegin line = iota // only white space so far, or a part of a byte order mark
	lineFence             // three backticks began it
	lineText
)

const byteOrderMark = "\uFEFF"

// find looks through text and returns the rest from where the value begins.
func (f *finder) find(text string) string {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if f.line == lineBegin && f.begins(c) {
			f.found = true
			return text[i:]
		}
		f.pass(c)
	}
	return ""
}

// begins reports whether the value begins with c, the first of its line.
func (f *finder) begins(c byte) bool {
	if f.ticks > 0 {
		return false
	}
	if c == '{' || c == '[' {
		return true
	}
	if f.prose {
		return false
	}
	switch f.typ.Kind {
	case gotype.Struct, gotype.Map, gotype.Array:
		return false
	case gotype.Slice:
		return f.typ.Bytes && c == '"'
	default:
		return c == '"' || c == '-' || c >= '0' && c <= '9' || c == 't' || c == 'f' || c == 'n'
	}
}

// pass moves on behind c.
func (f *finder) pass(c byte) {
	switch {
	case c == '\n':
		f.prose = f.prose || f.ticks > 0
		f.line, f.ticks = lineBegin, 0
	case f.line != lineBegin || c == ' ' || c == '\t' || c == '\r':
	case c == '`':
		if f.ticks++; f.ticks == len("```") {
			f.line, f.ticks = lineFence, 0
		}
	case f.mark < len(byteOrderMark) && c == byteOrderMark[f.mark]:
		f.mark++
	default:
		f.line, f.prose, f.ticks = lineText, true, 0
	}
}

// mistaken reports whether what was found is not the value, now that f has come to the end of
// it: it is no JSON and nothing in it was closed, or it is empty and there was prose before.
func (f *finder) mistaken(v *filler) bool {
	if !f.prose && !strings.Contains("{[", string(v.first)) {
		return false // a scalar must be the whole text
	}
	return v.closed == 0 && (!v.complete() || f.prose)
}

// resume makes the search go on, in the middle of a line of prose.
func (f *finder) resume() {
	f.found, f.prose, f.line, f.ticks = false, true, lineText, 0
}
