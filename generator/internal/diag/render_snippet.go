package diag

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/source"
)

const (
	maxColumns  = 120  // of a snippet's line, with its gutter
	tabColumns  = 4    // between tab stops
	windowBytes = 1024 // that are looked at on either side of a span's start
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
	start, end := tighten(span)
	line := span.File.Position(start).Line
	s := snippet{number: strconv.Itoa(line)}
	if last := span.File.Position(end).Line; last > line {
		s.lastLine = last
	}
	w := readWindow(span.File, line, start)
	first, last := w.marked(start, end)
	from, to := w.clip(first, maxColumns-len(s.number)-len("   | "))

	var text strings.Builder
	if from > 0 || w.cutLeft {
		text.WriteString(ellipsis)
		s.indent++
	}
	for _, c := range w.cells[from:to] {
		text.WriteString(c.text)
	}
	if to < len(w.cells) || w.cutRight {
		text.WriteString(ellipsis)
	}
	s.text = strings.TrimRight(text.String(), " ")
	s.indent += columns(w.cells[from:first])
	s.marks = max(1, columns(w.cells[first:max(first, min(last, to))]))
	return s
}

// tighten moves a span into its file and leaves out the white space at its end.
func tighten(span source.Span) (start, end int) {
	content := span.File.Bytes
	start = min(max(span.Start, 0), len(content))
	end = min(max(span.End, start), len(content))
	return start, start + len(bytes.TrimRight(content[start:end], " \t\r\n"))
}

// window is the part of a line near a span.
type window struct {
	cells             []cell
	cutLeft, cutRight bool // the line goes on there
}

func readWindow(f *source.File, line, start int) window {
	var w window
	from := f.Offset(line, 1)
	if near := start - windowBytes; near > from {
		w.cutLeft = true
		for from = near; from < start && !utf8.RuneStart(f.Bytes[from]); {
			from++
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
