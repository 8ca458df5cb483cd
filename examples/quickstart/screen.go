package main

import (
	"fmt"
	"io"
	"strings"
)

// screen shows a text on a terminal, where it can be taken back: it goes up to the first row
// that changes, erases from there on, and writes the rest anew.
//
// For that it must know the row that the cursor is in. So it breaks lines itself, before the
// terminal does. What has scrolled off the top is out of reach; the text then starts again
// below. A window that changes its size meanwhile is not followed.
type screen struct {
	out    io.Writer
	window window
	rows   []string // what is on the screen; the cursor is behind the last one
}

func (s *screen) show(text string) {
	rows := wrap(printable(text), s.window.columns-1)
	last := len(s.rows) - 1
	same := 0
	for same < min(last, len(rows)-1) && s.rows[same] == rows[same] {
		same++
	}
	var b strings.Builder
	rest, grown := strings.CutPrefix(rows[same], s.rows[same])
	switch up := last - same; {
	case up >= s.window.rows:
		b.WriteString(startingAgain)
		rest, same = rows[0], 0
	case up > 0:
		fmt.Fprintf(&b, "\x1b[%dA", up)
		fallthrough
	case !grown:
		b.WriteString("\r\x1b[J")
		rest = rows[same]
	}
	b.WriteString(rest)
	for _, row := range rows[same+1:] {
		b.WriteString("\n" + row)
	}
	fmt.Fprint(s.out, b.String())
	s.rows = rows
}
