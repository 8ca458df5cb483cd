package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may pile up on one character before
// the rest are spelled out.
const maxMarks = 8

// visible returns s as it may be written to a terminal: control characters,
// invisible characters and broken UTF-8 are spelled out.
func visible(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= ' ' && s[i] < 0x7f
	}
	if clean {
		return s
	}
	var out strings.Builder
	marks := 0
	for len(s) > 0 {
		text, width, size := glyph(s)
		if marks++; width > 0 {
			marks = 0
		}
		if marks > maxMarks {
			text, _ = spelled(s)
		}
		out.WriteString(text)
		s = s[size:]
	}
	return out.String()
}

// visibleLines returns the lines of s as they may be written to a terminal. A
// tab, as stack traces have, becomes spaces. There is at least one line.
func visibleLines(s string) []string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = visible(strings.ReplaceAll(line, "\t", "    "))
	}
	return lines
}

// glyph returns how the first character of s is shown, how many columns that
// takes, and how many bytes of s it stands for. s is not empty.
func glyph(s string) (text string, width, size int) {
	if s[0] >= ' ' && s[0] < 0x7f {
		return s[:1], 1, 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1, !unicode.IsPrint(r) && r != ideographicSpace:
		text, width = spelled(s)
		return text, width, size
	case unicode.In(r, unicode.Mn, unicode.Me):
		return s[:size], 0, size
	case unicode.Is(wide, r):
		return s[:size], 2, size
	default:
		return s[:size], 1, size
	}
}

// spelled returns the name of the first character of s, and its columns.
func spelled(s string) (text string, width int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		text = fmt.Sprintf("<%02X>", s[0])
	case r < ' ':
		return string('\u2400' + r), 1 // Unicode has pictures for these
	case r == 0x7f:
		return "\u2421", 1
	default:
		text = fmt.Sprintf("<U+%04X>", r)
	}
	return text, len(text)
}

// ideographicSpace is the only space but ' ' that is common in text.
const ideographicSpace = '\u3000'

// wide holds the characters that take two columns of a terminal: those of East
// Asian scripts, and emoji.
//
//nolint:gochecknoglobals // a table, like those of package unicode
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1},
		{0x231a, 0x231b, 1},
		{0x23e9, 0x23ec, 1},
		{0x23f0, 0x23f3, 3},
		{0x25fd, 0x25fe, 1},
		{0x2614, 0x2615, 1},
		{0x2648, 0x2653, 1},
		{0x267f, 0x2693, 0x14},
		{0x26a1, 0x26aa, 9},
		{0x26ab, 0x26bd, 0x12},
		{0x26be, 0x26c4, 6},
		{0x26c5, 0x26ce, 9},
		{0x26d4, 0x26ea, 0x16},
		{0x26f2, 0x26f3, 1},
		{0x26f5, 0x26fa, 5},
		{0x26fd, 0x2705, 8},
		{0x270a, 0x270b, 1},
		{0x2728, 0x274c, 0x24},
		{0x274e, 0x2753, 5},
		{0x2754, 0x2755, 1},
		{0x2757, 0x2795, 0x3e},
		{0x2796, 0x2797, 1},
		{0x27b0, 0x27bf, 0xf},
		{0x2b1b, 0x2b1c, 1},
		{0x2b50, 0x2b55, 5},
		{0x2e80, 0x303e, 1},
		{0x3041, 0xa4cf, 1},
		{0xa960, 0xa97f, 1},
		{0xac00, 0xd7a3, 1},
		{0xf900, 0xfaff, 1},
		{0xfe10, 0xfe19, 1},
		{0xfe30, 0xfe6f, 1},
		{0xff01, 0xff60, 1},
		{0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x16fe0, 0x18aff, 1},
		{0x1b000, 0x1b2ff, 1},
		{0x1f004, 0x1f0cf, 0xcb},
		{0x1f18e, 0x1f18e, 1},
		{0x1f191, 0x1f19a, 1},
		{0x1f200, 0x1f320, 1},
		{0x1f32d, 0x1f335, 1},
		{0x1f337, 0x1f37c, 1},
		{0x1f37e, 0x1f393, 1},
		{0x1f3a0, 0x1f3ca, 1},
		{0x1f3cf, 0x1f3d3, 1},
		{0x1f3e0, 0x1f3f0, 1},
		{0x1f3f4, 0x1f3f8, 4},
		{0x1f3f9, 0x1f43e, 1},
		{0x1f440, 0x1f442, 2},
		{0x1f443, 0x1f4fc, 1},
		{0x1f4ff, 0x1f53d, 1},
		{0x1f54b, 0x1f54e, 1},
		{0x1f550, 0x1f567, 1},
		{0x1f57a, 0x1f595, 0x1b},
		{0x1f596, 0x1f5a4, 0xe},
		{0x1f5fb, 0x1f64f, 1},
		{0x1f680, 0x1f6c5, 1},
		{0x1f6cc, 0x1f6d0, 4},
		{0x1f6d1, 0x1f6d2, 1},
		{0x1f6d5, 0x1f6df, 1},
		{0x1f6eb, 0x1f6ec, 1},
		{0x1f6f4, 0x1f6fc, 1},
		{0x1f7e0, 0x1f7eb, 1},
		{0x1f90c, 0x1f9ff, 1},
		{0x1fa70, 0x1faff, 1},
		{0x20000, 0x3fffd, 1},
	},
}
