package diag

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// Text writes diagnostics for people to read, and a line that counts them.
// It writes nothing when there are none. Whatever the specs hold, no control
// character of theirs is written: they are made visible.
//
//	receipts.l0.yaml:4:11: unknown type "Reciept" [L0202]
//	  4 |     output: Reciept
//	    |             ^^^^^^^
//	  help: did you mean "Receipt"?
//	  note: receipts.l0.yaml:9:3: "Receipt" is declared here
//
//	1 error
func Text(w io.Writer, list []*Diagnostic, color bool) error {
	if len(list) == 0 {
		return nil
	}
	t := textRenderer{color: color}
	for _, d := range list {
		t.diagnostic(d)
		t.buf.WriteByte('\n')
	}
	t.buf.WriteString(summary(list))
	t.buf.WriteByte('\n')
	_, err := w.Write(t.buf.Bytes())
	return err
}

// The colours, as terminals name them.
const (
	styleBold = "1"
	styleDim  = "2"
	styleRed  = "1;31"
	styleGold = "1;33"
	styleBlue = "1;36"
)

type textRenderer struct {
	buf   bytes.Buffer
	color bool
}

func (t *textRenderer) diagnostic(d *Diagnostic) {
	t.styled(styleBold, place(d.Span, d.Path))
	if d.Severity == Warning {
		t.styled(styleGold, "warning: ")
	}
	message := visibleLines(d.Message)
	t.styled(styleBold, message[0])
	t.styled(styleDim, " ["+visible(string(d.Code))+"]")
	t.buf.WriteByte('\n')
	t.more(message[1:])
	if !d.Span.IsZero() {
		t.snippet(d)
	}
	for _, hint := range d.Hints {
		t.remark("help: ", "", hint)
	}
	for _, r := range d.Related {
		t.remark("note: ", place(r.Span, ""), r.Message)
	}
}

// snippet writes the source line with a mark under the span.
func (t *textRenderer) snippet(d *Diagnostic) {
	s := newSnippet(d.Span)
	style := styleRed
	if d.Severity == Warning {
		style = styleGold
	}
	t.gutter(s.number)
	if s.text != "" {
		t.buf.WriteString(" " + s.text)
	}
	t.buf.WriteByte('\n')
	t.gutter(strings.Repeat(" ", len(s.number)))
	t.buf.WriteString(strings.Repeat(" ", s.indent+1))
	t.styled(style, strings.Repeat("^", s.marks))
	if s.lastLine > 0 {
		t.styled(style, " to line "+strconv.Itoa(s.lastLine))
	}
	t.buf.WriteByte('\n')
}

func (t *textRenderer) gutter(number string) {
	t.styled(styleDim, "  "+number+" |")
}

func (t *textRenderer) remark(label, place, text string) {
	lines := visibleLines(text)
	t.buf.WriteString("  ")
	t.styled(styleBlue, label)
	t.buf.WriteString(place + lines[0] + "\n")
	t.more(lines[1:])
}

// more writes the lines of a message behind its first. They are indented, so
// that none can be taken for a diagnostic.
func (t *textRenderer) more(lines []string) {
	for _, line := range lines {
		t.buf.WriteString("    " + line + "\n")
	}
}

func (t *textRenderer) styled(style, text string) {
	if !t.color || text == "" {
		t.buf.WriteString(text)
		return
	}
	fmt.Fprintf(&t.buf, "\x1b[%sm%s\x1b[0m", style, text)
}

// place returns "path:line:column: ", as much of it as is known.
func place(span source.Span, path string) string {
	switch {
	case !span.IsZero():
		pos := span.Position()
		return fmt.Sprintf("%s:%d:%d: ", visible(span.File.Path), pos.Line, pos.Column)
	case path != "":
		return visible(path) + ": "
	default:
		return ""
	}
}

// summary says how many errors and warnings there are.
func summary(list []*Diagnostic) string {
	errors, warnings := count(list)
	var parts []string
	if errors > 0 {
		parts = append(parts, plural(errors, "error"))
	}
	if warnings > 0 {
		parts = append(parts, plural(warnings, "warning"))
	}
	return strings.Join(parts, ", ")
}

func count(list []*Diagnostic) (errors, warnings int) {
	for _, d := range list {
		if d.Severity == Warning {
			warnings++
		} else {
			errors++
		}
	}
	return errors, warnings
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
