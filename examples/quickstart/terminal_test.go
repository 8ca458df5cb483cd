package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// terminal is as much of a terminal as the program relies on: a screen that wraps long rows and
// scrolls, and the control sequences for up and erase.
type terminal struct {
	window   window
	lines    [][]rune // all, those that have scrolled off included; a wide character takes two cells
	row, col int
	erased   int    // how many characters were erased
	pending  string // the beginning of a sequence or a character
}

func newTerminal(w window) *terminal { return &terminal{window: w, lines: [][]rune{nil}} }

func (v *terminal) Write(p []byte) (int, error) {
	text := v.pending + string(p)
	v.pending = ""
	for text != "" {
		if text[0] == '\x1b' {
			end := strings.IndexAny(text, "AJ")
			if end < 0 {
				v.pending = text
				break
			}
			v.control(text[:end+1])
			text = text[end+1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		v.print(r)
		text = text[size:]
	}
	return len(p), nil
}

func (v *terminal) control(sequence string) {
	if sequence == "\x1b[J" {
		for i := v.row; i < len(v.lines); i++ {
			keep := 0
			if i == v.row {
				keep = min(v.col, len(v.lines[i]))
			}
			v.erased += len(v.lines[i]) - keep
			v.lines[i] = v.lines[i][:keep]
		}
		v.lines = v.lines[:v.row+1]
		return
	}
	var up int
	if _, err := fmt.Sscanf(sequence, "\x1b[%dA", &up); err != nil {
		panic(fmt.Sprintf("an unknown sequence %q", sequence))
	}
	top := max(0, len(v.lines)-v.window.rows)
	v.row = max(v.row-up, top) // a terminal stops at its top
}

func (v *terminal) print(r rune) {
	switch {
	case r == '\r':
		v.col = 0
		return
	case r == '\n': // the driver of a terminal makes a carriage return of it as well
		v.newline()
		return
	case v.col+cells(r) > v.window.columns:
		v.newline()
	}
	line := v.lines[v.row]
	for len(line) < v.col {
		line = append(line, ' ')
	}
	line = append(line[:v.col], r)
	if cells(r) == 2 {
		line = append(line, -1)
	}
	v.lines[v.row], v.col = line, v.col+cells(r)
}

func (v *terminal) newline() {
	v.row, v.col = v.row+1, 0
	if v.row == len(v.lines) {
		v.lines = append(v.lines, nil)
	}
}

// cells is how wide this terminal draws a character.
func cells(r rune) int {
	if (r >= 0x1100 && r < 0x1160) || (r >= 0x2e80 && r < 0xd7a4) || r >= 0x1f300 {
		return 2
	}
	return 1
}

// text returns all rows.
func (v *terminal) text() string {
	var b strings.Builder
	for i, line := range v.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, r := range line {
			if r >= 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
