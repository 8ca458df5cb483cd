package overlap

import (
	"slices"
	"unicode/utf8"
)

// Options say what counts as a repetition. The zero value is the default.
type Options struct {
	// MinOverlap is the shortest repetition that is removed, in characters. 2 unless set.
	MinOverlap int
	// MaxOverlap is the longest, in characters; no text is held back beyond it. 500 unless set.
	MaxOverlap int
	// IgnoreCase takes upper and lower case letters for the same.
	IgnoreCase bool
	// CollapseSpace takes every run of white space for one space.
	CollapseSpace bool
}

func (o Options) withDefaults() Options {
	if o.MinOverlap <= 0 {
		o.MinOverlap = 2
	}
	if o.MaxOverlap <= 0 {
		o.MaxOverlap = 500
	}
	return o
}

// Remover removes the longest beginning of a continuation that is an end of the text before
// it. It is for one continuation and one goroutine.
//
// The text that is held is searched for in the window, the end of the text before, by the
// algorithm of Knuth, Morris and Pratt with a pattern that grows: its leftmost occurrence only
// ever moves to the right, so that the whole costs one pass over the window and one over
// the held text. When the search arrives at the end of the window, what it has matched is
// the longest overlap.
type Remover struct {
	opts    Options
	window  []symbol // the end of the text before
	scanned int      // how much of window the search has read
	matched int      // how many symbols of pattern end there

	pattern []element // what is held, as it is compared
	held    []byte
	read    int // how much of held is in pattern; less only while a character is incomplete

	settled bool
	removed string
}

// element is a symbol of the pattern.
type element struct {
	symbol symbol
	fail   int32 // how long the longest proper prefix of the pattern is that ends here too
	end    int   // where it ends in held
}

// New returns a remover for a continuation of checkpoint.
func New(checkpoint string, opts Options) *Remover {
	opts = opts.withDefaults()
	r := &Remover{opts: opts, window: lastSymbols(checkpoint, opts)}
	if len(r.window) < opts.MinOverlap {
		r.settle()
	}
	return r
}

// Feed takes the next piece of the continuation. It returns what is known to be new, and
// whether all is decided: from then on, each piece is released as it is.
func (r *Remover) Feed(text string) (release string, settled bool) {
	if r.settled {
		return text, true
	}
	return r.hold(text)
}

// hold is Feed before all is decided.
func (r *Remover) hold(text string) (release string, settled bool) {
	before := len(r.held)
	for {
		c, size := r.decode(text, false)
		if size == 0 {
			break
		}
		if !r.extend(c, size) {
			return r.cut(text, before), true
		}
	}
	if r.held == nil && text != "" {
		r.pattern = slices.Grow(r.pattern, min(len(r.window), 128))
		r.held = make([]byte, 0, max(len(text), 128))
	}
	r.held = append(r.held, text...)
	return "", false
}

// Flush ends the continuation and returns what is new of the text that was held.
func (r *Remover) Flush() string {
	if r.settled {
		return ""
	}
	before := len(r.held)
	for {
		c, size := r.decode("", true)
		if size == 0 {
			break
		}
		if !r.extend(c, size) {
			return r.cut("", before)
		}
	}
	for r.scanned < len(r.window) {
		r.scan()
	}
	return r.cut("", before)
}

// Removed returns the text that was removed, as the continuation had it; empty until all is
// decided and if nothing overlapped.
func (r *Remover) Removed() string { return r.removed }

// decode returns the character behind what was read, in held and the text that follows it.
// Its size is 0 at the end, and before an incomplete character unless this is the end of all.
func (r *Remover) decode(text string, last bool) (c rune, size int) {
	if r.read >= len(r.held) {
		text = text[r.read-len(r.held):]
		if text != "" && text[0] < utf8.RuneSelf {
			return rune(text[0]), 1
		}
		if text == "" || !last && !utf8.FullRuneInString(text) {
			return 0, 0
		}
		c, size = utf8.DecodeRuneInString(text)
		return checked(c, size, text[0]), size
	}
	var both [utf8.UTFMax]byte
	n := copy(both[:], r.held[r.read:])
	n += copy(both[n:], text)
	if !last && !utf8.FullRune(both[:n]) {
		return 0, 0
	}
	c, size = utf8.DecodeRune(both[:n])
	return checked(c, size, both[0]), size
}

// extend adds a character to the pattern. It reports false if the window does not have the
// pattern any more; then matched is the longest overlap.
func (r *Remover) extend(c rune, size int) bool {
	s := r.opts.symbol(c)
	r.read += size
	n := len(r.pattern)
	if r.opts.CollapseSpace && s == space && n > 0 && r.pattern[n-1].symbol == space {
		r.pattern[n-1].end = r.read
		return true
	}
	r.pattern = append(r.pattern, element{s, r.fail(s), r.read})
	for r.matched <= n {
		if r.scanned == len(r.window) {
			return false
		}
		r.scan()
	}
	return true
}

// fail computes the entry of s, the symbol that comes next.
func (r *Remover) fail(s symbol) int32 {
	n := len(r.pattern)
	if n == 0 {
		return 0
	}
	k := r.pattern[n-1].fail
	for k > 0 && r.pattern[k].symbol != s {
		k = r.pattern[k-1].fail
	}
	if r.pattern[k].symbol == s {
		k++
	}
	return k
}

// scan reads one symbol of the window.
func (r *Remover) scan() {
	s := r.window[r.scanned]
	r.scanned++
	k := r.matched
	if k > 0 && k == len(r.pattern) {
		k = int(r.pattern[k-1].fail)
	}
	for k > 0 && r.pattern[k].symbol != s {
		k = int(r.pattern[k-1].fail)
	}
	if k < len(r.pattern) && r.pattern[k].symbol == s {
		k++
	}
	r.matched = k
}

// cut settles and returns what follows the overlap in held, of before bytes, and text. It
// copies only if some of what is new was held before.
func (r *Remover) cut(text string, before int) string {
	end := 0
	if r.matched >= r.opts.MinOverlap {
		end = r.pattern[r.matched-1].end
	}
	held := string(r.held[:before])
	r.settle()
	if end >= before {
		r.removed = held + text[:end-before]
		return text[end-before:]
	}
	r.removed = held[:end]
	return held[end:] + text
}

// settle lets go of what only the search needed.
func (r *Remover) settle() {
	r.settled = true
	r.window, r.pattern, r.held = nil, nil, nil
}
