package partial

import (
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

// finder looks for where the value begins. It looks at each byte once.
//
// A value that is shown and then turns out to be another is worse than none. So a bracket in
// prose must be closed in its line, with no quote between: otherwise what follows may be
// inside a value that was not recognised, and the finder gives up.
type finder struct {
	typ   *gotype.Type
	found bool
	prose bool // there is text before the value, other than a code fence
	line  line
	ticks int // of a fence, at the beginning of the line
	mark  int // bytes of the byte order mark that were there
	depth int // brackets that are open in the prose of this line
	lost  bool
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
		if f.lost {
			return ""
		}
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
	f.bracket(c)
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

// bracket counts the brackets of prose.
func (f *finder) bracket(c byte) {
	switch c {
	case '{', '[':
		f.depth++
	case '}', ']':
		f.depth = max(f.depth-1, 0)
	case '"', '\n':
		f.lost = f.lost || f.depth > 0
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

// resume makes the search go on, in the middle of a line of prose. depth says how many brackets
// are open.
func (f *finder) resume(depth int) {
	f.found, f.prose, f.line, f.ticks, f.depth = false, true, lineText, 0, depth
}

// tried notes what was read of what may be the value, as long as nothing in it is closed.
func (f *finder) tried(text string) {
	f.lost = f.lost || strings.ContainsAny(text, "\"\n")
}
