package overlap

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// symbol is a character as it is compared: of one case and one kind of white space, if the
// options ask for that. A byte that is no UTF-8 is a symbol of its own.
type symbol rune

// space stands for a run of white space.
const space symbol = ' '

// checked returns c, or what stands for the byte b if c comes from one that is no UTF-8.
func checked(c rune, size int, b byte) rune {
	if c == utf8.RuneError && size == 1 {
		return unicode.MaxRune + 1 + rune(b)
	}
	return c
}

func (o Options) symbol(c rune) symbol {
	if o.CollapseSpace && unicode.IsSpace(c) {
		return space
	}
	if o.IgnoreCase {
		return fold(c)
	}
	return symbol(c)
}

// fold returns the first of the characters that differ from c in their case only.
func fold(c rune) symbol {
	switch {
	case c >= 'a' && c <= 'z':
		return symbol(c - 'a' + 'A')
	case c < utf8.RuneSelf || c > unicode.MaxRune:
		return symbol(c)
	}
	first := c
	for next := unicode.SimpleFold(c); next != c; next = unicode.SimpleFold(next) {
		first = min(first, next)
	}
	return symbol(first)
}

// lastSymbols returns the last symbols of text, at most MaxOverlap. It reads no more of the
// text than that.
func lastSymbols(text string, o Options) []symbol {
	symbols := make([]symbol, 0, min(o.MaxOverlap, len(text)))
	for text != "" {
		c, size := utf8.DecodeLastRuneInString(text)
		s := o.symbol(checked(c, size, text[len(text)-1]))
		text = text[:len(text)-size]
		if n := len(symbols); o.CollapseSpace && s == space && n > 0 && symbols[n-1] == space {
			continue
		}
		if len(symbols) == o.MaxOverlap {
			break
		}
		symbols = append(symbols, s)
	}
	slices.Reverse(symbols)
	return symbols
}
