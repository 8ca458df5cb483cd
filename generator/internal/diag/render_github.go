package diag

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// GitHub writes diagnostics as workflow commands, one a line, which GitHub
// Actions shows beside the lines they concern.
func GitHub(w io.Writer, list []*Diagnostic) error {
	var buf bytes.Buffer
	for _, d := range list {
		buf.WriteString("::" + d.Severity.String())
		writeProperties(&buf, d)
		buf.WriteString("::" + escapeData(message(d)) + "\n")
	}
	if buf.Len() == 0 {
		return nil
	}
	_, err := w.Write(buf.Bytes())
	return err
}

func writeProperties(buf *bytes.Buffer, d *Diagnostic) {
	separator := " "
	property := func(name, value string) {
		buf.WriteString(separator + name + "=" + escapeProperty(value))
		separator = ","
	}
	if path := d.path(); path != "" {
		property("file", visible(path))
	}
	if !d.Span.IsZero() {
		from, to := positions(tighten(d.Span))
		property("line", strconv.Itoa(from.Line))
		property("col", strconv.Itoa(from.Column))
		property("endLine", strconv.Itoa(to.Line))
		property("endColumn", strconv.Itoa(to.Column))
	}
	property("title", visible(string(d.Code)))
}

// message returns all that a diagnostic says, one thing a line.
func message(d *Diagnostic) string {
	lines := visibleLines(d.Message)
	for _, hint := range d.Hints {
		lines = append(lines, visibleLines("help: "+hint)...)
	}
	for _, r := range d.Related {
		lines = append(lines, visibleLines("note: "+place(r.Span, "")+r.Message)...)
	}
	return strings.Join(lines, "\n")
}

// escapeData escapes the message of a workflow command.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// escapeProperty escapes the value of a property of a workflow command.
func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
