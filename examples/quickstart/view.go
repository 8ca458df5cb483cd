package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// view shows a text that grows, and that may lose its end and grow again.
type view interface {
	show(text string)
}

// newView returns the view for a window of a terminal, or for a file or pipe if there is none.
func newView(out io.Writer, w window) view {
	if w.known() {
		return &screen{out: out, window: w, rows: []string{""}}
	}
	return &plain{out: out}
}

// window is the size of a terminal in characters. It is zero if there is none.
type window struct{ columns, rows int }

// known reports whether there is a terminal that is large enough to be drawn on.
func (w window) known() bool { return w.columns >= 20 && w.rows >= 2 }

// startingAgain stands where text cannot be taken back.
const startingAgain = "\n[the stream was cut; starting again]\n"

// plain shows a text where nothing can be taken back: in a file or a pipe.
type plain struct {
	out   io.Writer
	shown string
}

func (p *plain) show(text string) {
	rest, grown := strings.CutPrefix(text, p.shown)
	if !grown {
		fmt.Fprint(p.out, startingAgain)
		rest = text
	}
	fmt.Fprint(p.out, printable(rest))
	p.shown = text
}

// printable leaves out what a terminal would obey instead of showing it: a model's text is not
// to be trusted with that.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r) && r != '\n':
			return -1
		}
		return r
	}, text)
}
