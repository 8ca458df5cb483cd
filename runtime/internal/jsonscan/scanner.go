package jsonscan

import "fmt"

// maxDepth is how deep a value that is skipped may be nested.
const maxDepth = 1000

// SyntaxError says where a text is not JSON.
type SyntaxError struct {
	Offset int    // of the byte, from 0
	Reason string // what was wanted there
}

// Error returns the offset and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not JSON at byte %d: %s", e.Offset, e.Reason)
}

// Scanner reads one JSON text from its beginning to its end. After a mistake in the text every
// method returns zero, and Err says what was wrong; so callers look once, at the end. The zero
// value has to be given a text with Reset. It is not safe for concurrent use.
type Scanner struct {
	data    []byte
	pos     int
	first   bool // in an object or array whose first element has not been read yet
	err     *SyntaxError
	scratch []byte // for strings with escapes
}

// Reset makes s read data, which must not change until s is done with it.
func (s *Scanner) Reset(data []byte) {
	s.data, s.pos, s.first, s.err = data, 0, false, nil
}

// Err returns the first mistake in what was read, nil if there is none.
func (s *Scanner) Err() error {
	if s.err == nil {
		return nil
	}
	return s.err
}

// End checks that nothing follows the value that was read, and returns Err.
func (s *Scanner) End() error {
	s.space()
	if s.pos < len(s.data) {
		s.fail("the end")
	}
	return s.Err()
}

// fail notes a mistake and ends the text, so that nothing more is read.
func (s *Scanner) fail(reason string) {
	if s.err == nil {
		s.err = &SyntaxError{Offset: s.pos, Reason: reason + " was expected"}
	}
	s.pos = len(s.data)
}

func (s *Scanner) space() {
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return
		}
	}
}

// peek returns the first byte of the next value, 0 at the end.
func (s *Scanner) peek() byte {
	s.space()
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

// Object enters an object; its members are then read with [Scanner.Key]. Any other value is
// skipped, and ok is false.
func (s *Scanner) Object() (ok bool) { return s.enter('{') }

// Array enters an array; its elements are then read with [Scanner.More]. Any other value is
// skipped, and ok is false.
func (s *Scanner) Array() (ok bool) { return s.enter('[') }

func (s *Scanner) enter(opener byte) bool {
	if s.peek() != opener {
		s.Skip()
		return false
	}
	s.pos++
	s.first = true
	return true
}

// Key reads the name of the object's next member; its value has to be read or skipped next.
// After the last one ok is false. The name is valid until the next call.
func (s *Scanner) Key() (name []byte, ok bool) {
	if !s.more('}') {
		return nil, false
	}
	if s.peek() != '"' {
		s.fail("a name")
		return nil, false
	}
	name = s.text()
	if s.peek() != ':' {
		s.fail("a colon")
		return nil, false
	}
	s.pos++
	return name, s.err == nil
}

// More reports whether the array has another element, which has to be read or skipped next.
func (s *Scanner) More() bool { return s.more(']') }

func (s *Scanner) more(closer byte) bool {
	c := s.peek()
	first := s.first
	s.first = false
	switch {
	case c == closer:
		s.pos++
		return false
	case first && s.pos < len(s.data):
		return true
	case c == ',':
		s.pos++
		if s.peek() == closer {
			s.fail("an element")
		}
		return s.err == nil
	}
	s.fail("a comma or the end")
	return false
}

// Is reports whether the next value begins with c, such as '[' or '"'.
func (s *Scanner) Is(c byte) bool { return s.peek() == c }

// Raw returns the text of the next value. It is a part of the data that s reads.
func (s *Scanner) Raw() []byte {
	s.space()
	start := s.pos
	s.Skip()
	if s.err != nil {
		return nil
	}
	return s.data[start:s.pos]
}

// Skip reads past the next value.
func (s *Scanner) Skip() { s.skip(0) }

func (s *Scanner) skip(depth int) {
	s.first = false
	switch s.peek() {
	case '"':
		s.text()
	case '{':
		if s.tooDeep(depth) {
			return
		}
		for s.enter('{'); ; s.skip(depth + 1) {
			if _, ok := s.Key(); !ok {
				return
			}
		}
	case '[':
		if s.tooDeep(depth) {
			return
		}
		for s.enter('['); s.More(); {
			s.skip(depth + 1)
		}
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.number()
	}
}

func (s *Scanner) tooDeep(depth int) bool {
	if depth < maxDepth {
		return false
	}
	s.fail("less nesting")
	return true
}

func (s *Scanner) word(word string) bool {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		s.fail(word)
		return false
	}
	s.pos += len(word)
	return true
}
