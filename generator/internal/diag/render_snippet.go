package diag

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/source"
)

const (
	maxColumns  = 120 // of a snippet's line, with its gutter
	tabColumns  = 4   // between tab stops
	windowBytes = 512 // that are looked at on either side of a span's start
	ellipsis    = "…"
)

// snippet is one source line as a terminal shows it.
type snippet struct {
	number   string // of the line
	text     string // without control characters, clipped
	indent   int    // columns before the marks
	marks    int    // columns that are marked, at least one
	lastLine int    // where the span ends if that is another line, else 0
}

// cell is one character of a source line.
type cell struct {
	text       string
	width      int
	start, end int // byte offsets in the file
}

// newSnippet lays out the line where a span begins. Only the bytes near the
// span are looked at, so a very long line costs no more than a short one.
func newSnippet(span source.Span) snippet {
	span = tighten(span)
	from, to := positions(span)
	s := snippet{number: strconv.Itoa(from.Line)}
	if to.Line > from.Line {
		s.lastLine = to.Line
	}
	w := readWindow(span.File, span.Start)
	first, last := w.marked(span.Start, span.End)
	left, right := w.clip(first, maxColumns-len(s.number)-len("   | "))

	var text strings.Builder
	if left > 0 || w.cutLeft {
		text.WriteString(ellipsis)
		s.indent++
	}
	for _, c := range w.cells[left:right] {
		text.WriteString(c.text)
	}
	if right < len(w.cells) || w.cutRight {
		text.WriteString(ellipsis)
	}
	s.text = strings.TrimRight(text.String(), " ")
	s.indent += columns(w.cells[left:first])
	s.marks = max(1, columns(w.cells[first:max(first, min(last, right))]))
	return s
}

// tighten moves a span into its file and leaves out the white space at its end.
func tighten(span source.Span) source.Span {
	span = inside(span)
	span.End = span.Start + len(bytes.TrimRight(span.File.Bytes[span.Start:span.End], " \t\r\n"))
	return span
}

// inside moves a span into its file.
func inside(span source.Span) source.Span {
	size := len(span.File.Bytes)
	span.Start = min(max(span.Start, 0), size)
	span.End = min(max(span.End, span.Start), size)
	return span
}

// positions returns where a span that is inside its file begins and ends. To
// find a column costs time on a long line, so that is done twice only for spans
// of many lines.
func positions(span source.Span) (start, end source.Position) {
	start = span.File.Position(span.Start)
	text := span.File.Bytes[span.Start:span.End]
	if bytes.ContainsAny(text, "\r\n") {
		return start, span.File.Position(span.End)
	}
	return start, source.Position{Line: start.Line, Column: start.Column + utf8.RuneCount(text)}
}

// window is the part of a line near a span.
type window struct {
	cells             []cell
	cutLeft, cutRight bool // the line goes on there
}

func readWindow(f *source.File, start int) window {
	var w window
	from := start
	for from > 0 && start-from < windowBytes && !breaksBefore(f.Bytes, from) {
		from--
	}
	if from > 0 && !breaksBefore(f.Bytes, from) {
		w.cutLeft = true
		for i := 1; i < utf8.UTFMax && !utf8.RuneStart(f.Bytes[from]); i++ {
			from++ // the rest of a character
		}
	}
	to := min(start+windowBytes, len(f.Bytes))
	text := f.Bytes[from:to]
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	} else {
		w.cutRight = to < len(f.Bytes) && f.Bytes[to] != '\r' && f.Bytes[to] != '\n'
	}
	w.cells = layOut(string(text), from)
	return w
}

// breaksBefore reports whether a line begins at an offset above 0.
func breaksBefore(content []byte, offset int) bool {
	switch content[offset-1] {
	case '\n':
		return true
	case '\r':
		return offset == len(content) || content[offset] != '\n'
	default:
		return false
	}
}

// layOut cuts a line into cells; offset is where the line begins in its file.
func layOut(line string, offset int) []cell {
	cells := make([]cell, 0, len(line))
	column, marks := 0, 0
	for len(line) > 0 {
		text, width, size := glyph(line)
		if marks++; width > 0 {
			marks = 0
		}
		switch {
		case line[0] == '\t':
			width = tabColumns - column%tabColumns
			text = strings.Repeat(" ", width)
		case marks > maxMarks:
			text, width = spelled(line)
		}
		cells = append(cells, cell{text: text, width: width, start: offset, end: offset + size})
		column += width
		offset += size
		line = line[size:]
	}
	return cells
}

// marked returns the cells that the bytes start to end touch. A mark on a
// character is marked with its character.
func (w window) marked(start, end int) (first, last int) {
	for first < len(w.cells) && w.cells[first].end <= start {
		first++
	}
	for last = first; last < len(w.cells) && w.cells[last].start < end; {
		last++
	}
	for first > 0 && first < len(w.cells) && w.cells[first].width == 0 {
		first--
	}
	return first, last
}

// clip returns the run of cells around the first marked one that fits into the
// given columns, with room for an ellipsis at each end.
func (w window) clip(first, budget int) (from, to int) {
	if !w.cutLeft && !w.cutRight && columns(w.cells) <= budget {
		return 0, len(w.cells)
	}
	budget -= 2
	from, to = first, first
	room := budget
	for from > 0 && room-w.cells[from-1].width >= budget*2/3 {
		from--
		room -= w.cells[from].width
	}
	for to < len(w.cells) && room >= w.cells[to].width {
		room -= w.cells[to].width
		to++
	}
	for from > 0 && room >= w.cells[from-1].width {
		from--
		room -= w.cells[from].width
	}
	return from, to
}

func columns(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}
