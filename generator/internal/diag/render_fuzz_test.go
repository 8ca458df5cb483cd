package diag

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// FuzzRender gives the renderings any bytes and any span. They must not panic,
// nor let a character through that a terminal may obey.
func FuzzRender(f *testing.F) {
	f.Add("a.l0.yaml", []byte("a: b\n"), 3, 4, "unknown type")
	f.Add("b\x1b[2J", []byte("a:\t\x1b]0;x\a\r\n\xff\u202e"), 0, 99, "m\r\n::error::x")
	f.Add("", []byte(strings.Repeat("e\u0301\u5024", 900)), 2000, 3000, "\u009b")
	f.Fuzz(func(t *testing.T, path string, content []byte, start, end int, message string) {
		span := source.Span{File: source.NewFile(path, content), Start: start, End: end}
		d := &Diagnostic{Code: WrongKind, Span: span, Path: path, Message: message, Hints: []string{message}}
		list := []*Diagnostic{d.Also(span, "%s", message), {Code: Internal, Path: path, Message: message}}

		var text, github, object strings.Builder
		if err := Text(&text, list, false); err != nil {
			t.Fatal(err)
		}
		if err := GitHub(&github, list); err != nil {
			t.Fatal(err)
		}
		if err := JSON(&object, list); err != nil {
			t.Fatal(err)
		}
		for _, out := range []string{text.String(), github.String(), object.String()} {
			checkHarmless(t, out)
		}
		checkSnippetWidth(t, span)
		if !json.Valid([]byte(object.String())) {
			t.Errorf("not JSON: %q", object.String())
		}
		if lines := strings.Count(github.String(), "\n"); lines != len(list) {
			t.Errorf("%d workflow commands instead of %d: %q", lines, len(list), github.String())
		}
	})
}

func checkHarmless(t *testing.T, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("not UTF-8: %q", out)
	}
	for _, r := range out {
		if r != '\n' && r != ideographicSpace && !unicode.IsPrint(r) {
			t.Fatalf("%U was written raw: %q", r, out)
		}
	}
}

func checkSnippetWidth(t *testing.T, span source.Span) {
	t.Helper()
	s := newSnippet(span)
	gutter := len("   | ") + len(s.number)
	if s.marks < 1 || s.indent < 0 || gutter+s.indent+s.marks > maxColumns+1 {
		t.Errorf("marks outside the line: %+v", s)
	}
	width := gutter
	for _, c := range layOut(s.text, 0) {
		width += c.width
	}
	if width > maxColumns {
		t.Errorf("%d columns: %+v", width, s)
	}
}
