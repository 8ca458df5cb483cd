package overlap

import "unicode/utf8"

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

	pattern []symbol // what is held
	fails   []int    // for each prefix of pattern, the longest proper one that is its suffix
	ends    []int    // where each symbol of pattern ends in held
	held    []byte
	read    int // how much of held is in pattern; less only while a character is incomplete

	settled bool
	removed string
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
	if r.opts.CollapseSpace && s == space && n > 0 && r.pattern[n-1] == space {
		r.ends[n-1] = r.read
		return true
	}
	r.pattern = append(r.pattern, s)
	r.ends = append(r.ends, r.read)
	r.fails = append(r.fails, r.fail(n))
	for r.matched <= n {
		if r.scanned == len(r.window) {
			return false
		}
		r.scan()
	}
	return true
}

// fail computes the entry of fails for the symbol at n, the last one.
func (r *Remover) fail(n int) int {
	if n == 0 {
		return 0
	}
	k := r.fails[n-1]
	for k > 0 && r.pattern[k] != r.pattern[n] {
		k = r.fails[k-1]
	}
	if r.pattern[k] == r.pattern[n] {
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
		k = r.fails[k-1]
	}
	for k > 0 && r.pattern[k] != s {
		k = r.fails[k-1]
	}
	if k < len(r.pattern) && r.pattern[k] == s {
		k++
	}
	r.matched = k
}

// cut settles and returns what follows the overlap in held, of before bytes, and text. It
// copies only if some of what is new was held before.
func (r *Remover) cut(text string, before int) string {
	end := 0
	if r.matched >= r.opts.MinOverlap {
		end = r.ends[r.matched-1]
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
	r.window, r.pattern, r.fails, r.ends, r.held = nil, nil, nil, nil, nil
}
