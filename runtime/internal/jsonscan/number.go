package jsonscan

import "strconv"

// Bool reads a bool. Any other value is skipped and false.
func (s *Scanner) Bool() bool {
	if s.peek() == 't' {
		return s.word("true")
	}
	s.Skip()
	return false
}

// Int reads a number that counts something. Fractions are cut off; any other value, and a
// number that does not fit, is 0.
func (s *Scanner) Int() int {
	c := s.peek()
	raw := s.Raw()
	if c != '-' && (c < '0' || c > '9') {
		return 0
	}
	if n, err := strconv.Atoi(string(raw)); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || f < -1<<53 || f > 1<<53 {
		return 0
	}
	return int(f)
}

// number reads past a number.
func (s *Scanner) number() {
	if s.at('-') {
		s.pos++
	}
	switch {
	case s.at('0'):
		s.pos++
	case !s.digits("a value"):
		return
	}
	if s.at('.') {
		s.pos++
		if !s.digits("a digit") {
			return
		}
	}
	if s.at('e') || s.at('E') {
		s.pos++
		if s.at('+') || s.at('-') {
			s.pos++
		}
		s.digits("a digit")
	}
}

func (s *Scanner) at(c byte) bool { return s.pos < len(s.data) && s.data[s.pos] == c }

// digits reads past digits, at least one.
func (s *Scanner) digits(wanted string) bool {
	start := s.pos
	for s.pos < len(s.data) && s.data[s.pos]-'0' <= 9 {
		s.pos++
	}
	if s.pos == start {
		s.fail(wanted)
		return false
	}
	return true
}
