package source

// Span is a run of bytes of a file. The zero Span stands nowhere.
type Span struct {
	File  *File
	Start int // byte offset of the first byte
	End   int // byte offset behind the last byte; at least Start
}

// IsZero reports whether the span stands nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Position returns where the span begins; the zero Position for the zero Span.
func (s Span) Position() Position {
	if s.File == nil {
		return Position{}
	}
	return s.File.Position(s.Start)
}

// Text returns the bytes of the span.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return s.File.text[s.Start:s.End]
}

// Less orders spans by file, then start, then end. Spans that stand nowhere
// come first.
func (s Span) Less(o Span) bool {
	if s.path() != o.path() {
		return s.path() < o.path()
	}
	if s.Start != o.Start {
		return s.Start < o.Start
	}
	return s.End < o.End
}

func (s Span) path() string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}
