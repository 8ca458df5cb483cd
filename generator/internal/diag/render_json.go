package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// JSON writes diagnostics as one JSON object, for programs to read. Its fields
// and their order are described in docs/diagnostics.md and stay as they are;
// new ones may be added.
func JSON(w io.Writer, list []*Diagnostic) error {
	report := jsonReport{Diagnostics: make([]jsonDiagnostic, 0, len(list))}
	report.Errors, report.Warnings = count(list)
	for _, d := range list {
		report.Diagnostics = append(report.Diagnostics, newJSONDiagnostic(d))
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(report); err != nil {
		return err
	}
	_, err := w.Write(escapeInvisible(buf.Bytes()))
	return err
}

type jsonReport struct {
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
	Errors      int              `json:"errors"`
	Warnings    int              `json:"warnings"`
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	jsonPlace
	Hints   []string      `json:"hints"`
	Related []jsonRelated `json:"related"`
}

type jsonRelated struct {
	Message string `json:"message"`
	jsonPlace
}

// jsonPlace is a span; start and end are absent when it stands nowhere.
type jsonPlace struct {
	File  string        `json:"file"`
	Start *jsonPosition `json:"start,omitempty"`
	End   *jsonPosition `json:"end,omitempty"`
}

type jsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

func newJSONDiagnostic(d *Diagnostic) jsonDiagnostic {
	out := jsonDiagnostic{
		Code:      d.Code,
		Severity:  d.Severity.String(),
		Message:   d.Message,
		jsonPlace: newJSONPlace(d.Span, d.Path),
		Hints:     append([]string{}, d.Hints...),
		Related:   make([]jsonRelated, 0, len(d.Related)),
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, jsonRelated{Message: r.Message, jsonPlace: newJSONPlace(r.Span, "")})
	}
	return out
}

func newJSONPlace(span source.Span, path string) jsonPlace {
	if span.IsZero() {
		return jsonPlace{File: path}
	}
	span = inside(span)
	start, end := positions(span)
	return jsonPlace{
		File:  span.File.Path,
		Start: &jsonPosition{Line: start.Line, Column: start.Column, Offset: span.Start},
		End:   &jsonPosition{Line: end.Line, Column: end.Column, Offset: span.End},
	}
}

// escapeInvisible spells out the characters that JSON allows raw but a
// terminal may obey. They occur inside strings only.
func escapeInvisible(encoded []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(encoded) {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			out.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}
