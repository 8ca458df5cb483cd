package jsonscan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// String reads a string, with invalid UTF-8 and lone surrogates replaced by U+FFFD as
// encoding/json does. Any other value is skipped and empty. Its one allocation is the result.
func (s *Scanner) String() string { return string(s.Text()) }

// Text is String without the copy: it is valid until the next call.
func (s *Scanner) Text() []byte {
	if s.peek() != '"' {
		s.Skip()
		return nil
	}
	return s.text()
}

// text reads a string whose quote is next.
func (s *Scanner) text() []byte {
	s.first = false
	s.pos++
	start := s.pos
	ascii := s.plain()
	if s.pos < len(s.data) && s.data[s.pos] == '"' && (ascii || utf8.Valid(s.data[start:s.pos])) {
		s.pos++
		return s.data[start : s.pos-1]
	}
	return s.unquote(start)
}

// unquote reads the rest of a string that is not plain, which begins at start.
func (s *Scanner) unquote(start int) []byte {
	s.scratch = s.scratch[:0]
	for {
		s.appendValid(s.data[start:s.pos])
		if s.pos == len(s.data) {
			s.fail("a closing quote")
			return nil
		}
		switch c := s.data[s.pos]; {
		case c == '"':
			s.pos++
			return s.scratch
		case c != '\\':
			s.fail("an escape instead of a control character")
			return nil
		}
		if !s.escape() {
			return nil
		}
		start = s.pos
		s.plain()
	}
}

// plain moves to the next quote, backslash or control character, eight bytes at a time, and
// reports whether all it passed was ASCII.
func (s *Scanner) plain() (ascii bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	data, i := s.data, s.pos
	var all uint64
	for ; i+8 <= len(data); i += 8 {
		w := binary.LittleEndian.Uint64(data[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		// A byte's high bit in found is set where the byte ends the run. Borrows may set
		// higher ones wrongly, so only the lowest counts.
		found := ((w-ones*' ')&^w | (quote-ones)&^quote | (slash-ones)&^slash) & highs
		if found != 0 {
			n := bits.TrailingZeros64(found) / 8
			all |= w & (1<<(8*n) - 1)
			s.pos = i + n
			return all&highs == 0
		}
		all |= w
	}
	for ; i < len(data) && data[i] >= ' ' && data[i] != '"' && data[i] != '\\'; i++ {
		all |= uint64(data[i])
	}
	s.pos = i
	return all&highs == 0
}

// appendValid appends raw text with invalid UTF-8 replaced.
func (s *Scanner) appendValid(raw []byte) {
	if utf8.Valid(raw) {
		s.scratch = append(s.scratch, raw...)
		return
	}
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		s.scratch = utf8.AppendRune(s.scratch, r)
		raw = raw[size:]
	}
}

// escape reads what a backslash, which is next, stands for.
func (s *Scanner) escape() bool {
	s.pos++
	if s.pos == len(s.data) {
		s.fail("an escape")
		return false
	}
	c := s.data[s.pos]
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		return s.unicode()
	default:
		s.fail("an escape")
		return false
	}
	s.scratch = append(s.scratch, c)
	s.pos++
	return true
}

// unicode reads the u of an escape and its digits, with the second half of a pair.
func (s *Scanner) unicode() bool {
	s.pos++
	r, ok := s.hex(s.pos)
	if !ok {
		s.fail("four hexadecimal digits")
		return false
	}
	s.pos += 4
	if utf16.IsSurrogate(r) {
		pair := rune(utf8.RuneError)
		if s.at('\\') && s.pos+1 < len(s.data) && s.data[s.pos+1] == 'u' {
			if low, ok := s.hex(s.pos + 2); ok {
				pair = utf16.DecodeRune(r, low)
			}
		}
		r = pair // a lone half is replaced; what follows it is read by itself
		if pair != utf8.RuneError {
			s.pos += 6
		}
	}
	s.scratch = utf8.AppendRune(s.scratch, r)
	return true
}

// hex returns the value of the four hexadecimal digits at pos.
func (s *Scanner) hex(pos int) (rune, bool) {
	if pos+4 > len(s.data) {
		return 0, false
	}
	var r rune
	for _, c := range s.data[pos : pos+4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
