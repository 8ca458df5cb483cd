package source

// Text is a string that was decoded from a file, such as a quoted YAML scalar,
// and knows for each of its bytes where it stands in the file.
type Text struct {
	Value string
	// Span is the whole of it in the file, with quotes and indicators.
	Span Span

	offsets []int // file offset of each byte of Value; nil when unknown
}

// NewText returns a text. offsets holds the file offset of each byte of value
// and must not decrease; nil means that only the whole span is known.
func NewText(value string, span Span, offsets []int) Text {
	if len(offsets) != len(value) {
		offsets = nil
	}
	return Text{Value: value, Span: span, offsets: offsets}
}

// At returns the span of the bytes start to end of Value in the file. When the
// places are unknown it is the span of the whole text.
func (t Text) At(start, end int) Span {
	if len(t.offsets) == 0 {
		return t.Span
	}
	start = min(max(start, 0), len(t.offsets)-1)
	end = min(max(end, start+1), len(t.offsets))
	return Span{File: t.Span.File, Start: t.offsets[start], End: t.offsets[end-1] + 1}
}

// IsZero reports whether the text stands nowhere.
func (t Text) IsZero() bool { return t.Span.IsZero() && t.Value == "" }
