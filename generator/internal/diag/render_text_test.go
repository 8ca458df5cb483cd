package diag

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// at returns the span of the first occurrence of text in content.
func at(t *testing.T, path, content, text string) source.Span {
	t.Helper()
	i := strings.Index(content, text)
	require.GreaterOrEqual(t, i, 0, "%q is not in the file", text)
	return source.Span{File: source.NewFile(path, []byte(content)), Start: i, End: i + len(text)}
}

func text(t *testing.T, color bool, list ...*Diagnostic) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, Text(&out, list, color))
	return out.String()
}

func TestTextShowsEverythingOfADiagnostic(t *testing.T) {
	t.Parallel()
	const spec = "prompts:\n  Read:\n    model: fast\n    output: Reciept\ntypes:\n  Receipt:\n    fields: {total: int}\n"
	const path = "receipts.l0.yaml"
	wrong := &Diagnostic{Code: TypeUnknown, Span: at(t, path, spec, "Reciept"), Message: `unknown type "Reciept"`}
	wrong.Hint("did you mean %q?", "Receipt").Also(at(t, path, spec, "Receipt:"), "%q is declared here", "Receipt")
	renamed := &Diagnostic{
		Code: GoNameChanged, Severity: Warning,
		Span: at(t, path, spec, "Read"), Message: `the Go name "Read" is taken`,
	}
	nowhere := &Diagnostic{Code: NoSpecs, Path: "empty", Message: "no *.l0.yaml file here"}
	internal := &Diagnostic{Code: Internal, Message: "plan: no name"}

	assert.Equal(t, `receipts.l0.yaml:4:13: unknown type "Reciept" [L0202]
  4 |     output: Reciept
    |             ^^^^^^^
  help: did you mean "Receipt"?
  note: receipts.l0.yaml:6:3: "Receipt" is declared here

receipts.l0.yaml:2:3: warning: the Go name "Read" is taken [L0603]
  2 |   Read:
    |   ^^^^

empty: no *.l0.yaml file here [L0104]

plan: no name [L0901]

3 errors, 1 warning
`, text(t, false, wrong, renamed, nowhere, internal))
}

func TestTextWithoutDiagnosticsIsEmpty(t *testing.T) {
	t.Parallel()
	assert.Empty(t, text(t, true))
}

func TestTextInColour(t *testing.T) {
	t.Parallel()
	d := &Diagnostic{Code: UnknownKey, Span: at(t, "a.l0.yaml", "modle: x\n", "modle"), Message: `unknown key "modle"`}
	d.Hint("did you mean %q?", "model")
	got := text(t, true, d)
	assert.Equal(t, "\x1b[1ma.l0.yaml:1:1: \x1b[0m\x1b[1munknown key \"modle\"\x1b[0m\x1b[2m [L0107]\x1b[0m\n"+
		"\x1b[2m  1 |\x1b[0m modle: x\n"+
		"\x1b[2m    |\x1b[0m \x1b[1;31m^^^^^\x1b[0m\n"+
		"  \x1b[1;36mhelp: \x1b[0mdid you mean \"model\"?\n"+
		"\n1 error\n", got)
}

func TestTextReportsAFailedWrite(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	d := &Diagnostic{Code: Internal, Message: "x"}
	for name, render := range map[string]func() error{
		"text":   func() error { return Text(failingWriter{full}, []*Diagnostic{d}, false) },
		"json":   func() error { return JSON(failingWriter{full}, []*Diagnostic{d}) },
		"github": func() error { return GitHub(failingWriter{full}, []*Diagnostic{d}) },
	} {
		assert.ErrorIs(t, render(), full, name)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestTextSnippets(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789", 30)
	tests := []struct {
		name, content, mark string
		want                string
	}{
		{"tab before", "a:\tb: c", "b", "  1 | a:  b: c\n    |     ^\n"},
		{"tab marked", "a:\tb", "\tb", "  1 | a:  b\n    |   ^^^\n"},
		{"wide", "名前: 値x", "値", "  1 | 名前: 値x\n    |       ^^\n"},
		{"emoji", "👍 ok", "ok", "  1 | 👍 ok\n    |    ^^\n"},
		{"combining before", "cafe\u0301: x", "x", "  1 | cafe\u0301: x\n    |       ^\n"},
		{"combining marked", "cafe\u0301: x", "\u0301", "  1 | cafe\u0301: x\n    |    ^\n"},
		{"CRLF", "a: 1\r\nb: 2\r\n", "2", "  2 | b: 2\n    |    ^\n"},
		{"CRLF at the break", "a: 1\r\nb: 2\r\n", "\nb", "  1 | a: 1\n    |     ^ to line 2\n"},
		{"lone CR", "a: 1\rb: 2", "2", "  2 | b: 2\n    |    ^\n"},
		{"many lines", "a:\n  b: 1\n  c: 2\nd: 3\n", "b: 1\n  c: 2", "  2 |   b: 1\n    |   ^^^^ to line 3\n"},
		{"white space at the end", "a:\n  b: 1\n\nd: 3\n", "b: 1\n\n", "  2 |   b: 1\n    |   ^^^^\n"},
		{"only white space", "a:  \nb: 1", "  \n", "  1 | a:\n    |   ^\n"},
		{"escape sequence", "a: \x1b[31mred", "red", "  1 | a: ␛[31mred\n    |         ^^^\n"},
		{"C1 control", "a: \u009b31m x", "x", "  1 | a: <U+009B>31m x\n    |                ^\n"},
		{"broken UTF-8", "a: \x9b\xff x", "x", "  1 | a: <9B><FF> x\n    |             ^\n"},
		{"turned text", "a: \u202e x", "x", "  1 | a: <U+202E> x\n    |             ^\n"},
		{"no-break space", "a:\u00a0x", "\u00a0", "  1 | a:<U+00A0>x\n    |   ^^^^^^^^\n"},
		{"delete", "a: \x7f x", "\x7f", "  1 | a: ␡ x\n    |    ^\n"},
		{
			"long, near its start", "ab: cd" + long, "cd",
			"  1 | ab: cd" + long[:106] + "…\n    |     ^^\n",
		},
		{
			"long, in the middle", long + "ab: cd" + long, "cd",
			"  1 | …" + long[266:] + "ab: cd" + long[:72] + "…\n    |  " + strings.Repeat(" ", 38) + "^^\n",
		},
		{
			"long, at its end", long + "ab: cd", "cd",
			"  1 | …" + long[194:] + "ab: cd\n    |  " + strings.Repeat(" ", 110) + "^^\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := text(t, false, &Diagnostic{Code: WrongKind, Span: at(t, "f", tt.content, tt.mark), Message: "m"})
			_, got, _ = strings.Cut(got, "[L0110]\n")
			assert.Equal(t, tt.want, strings.TrimSuffix(got, "\n1 error\n"))
		})
	}
}

func TestTextSpansOutsideTheLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, content string
		start, end    int
		want          string
	}{
		{"end of file", "a: 1\n", 5, 5, "f:2:1: m [L0110]\n  2 |\n    | ^\n"},
		{"end of file without a break", "a: 1", 4, 4, "f:1:5: m [L0110]\n  1 | a: 1\n    |     ^\n"},
		{"empty file", "", 0, 0, "f:1:1: m [L0110]\n  1 |\n    | ^\n"},
		{"behind the file", "a: 1", 90, 99, "f:1:5: m [L0110]\n  1 | a: 1\n    |     ^\n"},
		{"before the file", "a: 1", -9, 1, "f:1:1: m [L0110]\n  1 | a: 1\n    | ^\n"},
		{"end before start", "a: 1", 3, 1, "f:1:4: m [L0110]\n  1 | a: 1\n    |    ^\n"},
		{"inside a character", "a: é", 4, 5, "f:1:5: m [L0110]\n  1 | a: é\n    |    ^\n"},
		{"two digits", strings.Repeat("\n", 11) + "a: 1", 14, 15, "f:12:4: m [L0110]\n  12 | a: 1\n     |    ^\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			span := source.Span{File: source.NewFile("f", []byte(tt.content)), Start: tt.start, End: tt.end}
			got := text(t, false, &Diagnostic{Code: WrongKind, Span: span, Message: "m"})
			assert.Equal(t, tt.want+"\n1 error\n", got)
		})
	}
}

func TestTextOfAFileThatIsNotText(t *testing.T) {
	t.Parallel()
	file := source.NewFile("f", []byte(strings.Repeat("\x95", 3000)))
	for _, start := range []int{0, 1500, 2999, 3000} {
		got := text(t, false, &Diagnostic{Code: FileEncoding, Span: source.Span{File: file, Start: start, End: 3000}, Message: "m"})
		assert.Contains(t, got, "\n  1 | ", start)
		assert.Contains(t, got, "<95>", start)
	}
}

func TestTextMakesMessagesVisible(t *testing.T) {
	t.Parallel()
	d := &Diagnostic{Code: WrongValue, Path: "a\x1b]0;b\n", Message: "clear \x1b[2J"}
	d.Hint("try \r\u202e")
	assert.Equal(t, "a␛]0;b␊: clear ␛[2J [L0111]\n  help: try ␍<U+202E>\n\n1 error\n", text(t, false, d))
}

func TestTextIndentsFurtherLinesOfAMessage(t *testing.T) {
	t.Parallel()
	d := &Diagnostic{Code: Internal, Path: "a", Message: "index out of range\ngoroutine 1:\n\tmain.go:1\n"}
	d.Hint("please report it\nwith the spec")
	assert.Equal(t, `a: index out of range [L0901]
    goroutine 1:
        main.go:1
  help: please report it
    with the spec

1 error
`, text(t, false, d))
}

func TestTextSpellsOutPiledUpMarks(t *testing.T) {
	t.Parallel()
	d := &Diagnostic{Code: WrongValue, Message: "e" + strings.Repeat("\u0301", 10)}
	assert.Equal(t, "e"+strings.Repeat("\u0301", 8)+"<U+0301><U+0301> [L0111]\n\n1 error\n", text(t, false, d))
}
