package source

import (
	"sort"
	"unicode/utf8"
)

// File is one file that was read. It is immutable, so it is safe for
// concurrent use.
type File struct {
	// Path is what is shown to the user: relative to the working directory,
	// with slashes.
	Path string
	// Bytes is the content as it stands on disk.
	Bytes []byte

	text  string // Bytes, for lines that are not copied
	lines []int  // byte offset of the first byte of each line
	runes []int  // how many characters begin before each multiple of stride
}

// stride is the distance in bytes of the marks that make columns cheap on
// endless lines.
const stride = 1 << 10

// NewFile returns a file and finds its lines. A line ends with LF or CRLF, or
// with a CR that no LF follows, as in YAML.
func NewFile(path string, content []byte) *File {
	f := &File{Path: path, Bytes: content, text: string(content), lines: []int{0}}
	count := 0
	for i, c := range content {
		if i%stride == 0 {
			f.runes = append(f.runes, count)
		}
		if utf8.RuneStart(c) {
			count++
		}
		isBreak := c == '\n' || c == '\r' && (i+1 == len(content) || content[i+1] != '\n')
		if isBreak {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// Position is a place as editors show it.
type Position struct {
	Line   int // 1-based
	Column int // 1-based, in characters (code points), not bytes
}

// Position returns the line and column of a byte offset. Offsets outside the
// file are moved to its nearest end.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Bytes))
	line := sort.SearchInts(f.lines, offset+1) - 1
	return Position{
		Line:   line + 1,
		Column: f.runesBefore(offset) - f.runesBefore(f.lines[line]) + 1,
	}
}

// runesBefore counts the characters that begin before a byte offset.
func (f *File) runesBefore(offset int) int {
	mark := min(offset/stride, len(f.runes)-1)
	if mark < 0 {
		return 0
	}
	count := f.runes[mark]
	for _, c := range f.Bytes[mark*stride : offset] {
		if utf8.RuneStart(c) {
			count++
		}
	}
	return count
}

// Offset returns the byte offset of a 1-based line and column. Places outside
// the file are moved to the nearest place inside.
func (f *File) Offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(f.lines) {
		return len(f.Bytes)
	}
	start, end := f.lineBounds(line)
	if end-start < stride || column <= 1 {
		return forward(f.Bytes[:end], start, column-1)
	}
	want := f.runesBefore(start) + column - 1
	// The last mark before which not more characters begin than are wanted.
	mark := sort.Search(len(f.runes), func(i int) bool { return f.runes[i] > want }) - 1
	at, count := start, f.runesBefore(start)
	if mark*stride > start {
		at, count = mark*stride, f.runes[mark]
		for at < end && !utf8.RuneStart(f.Bytes[at]) { // the rest of a character that began before the mark
			at++
		}
	}
	return forward(f.Bytes[:end], min(at, end), want-count)
}

// forward moves on by n characters, but not beyond the end.
func forward(b []byte, at, n int) int {
	for ; n > 0 && at < len(b); n-- {
		if b[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRune(b[at:])
		at += size
	}
	return at
}

// Lines returns how many lines the file has; an empty file has one.
func (f *File) Lines() int { return len(f.lines) }

// Line returns the text of a 1-based line, without its line break.
func (f *File) Line(line int) string {
	if line < 1 || line > len(f.lines) {
		return ""
	}
	start, end := f.lineBounds(line)
	return f.text[start:end]
}

// lineBounds returns the offsets of a line's first byte and of its break.
func (f *File) lineBounds(line int) (start, end int) {
	start, end = f.lines[line-1], len(f.Bytes)
	if line < len(f.lines) {
		end = f.lines[line]
	}
	for end > start && (f.Bytes[end-1] == '\n' || f.Bytes[end-1] == '\r') {
		end--
	}
	return start, end
}
