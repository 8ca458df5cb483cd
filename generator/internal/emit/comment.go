package emit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/l0gen/l0gen/generator/internal/plan"
)

// commentWidth is the column that doc comments do not pass, and tabWidth what a
// tab counts for.
const (
	commentWidth = 80
	tabWidth     = 8
)

// commented prints a doc comment and what it stands above.
func commented(doc plan.Doc, code jen.Code) *jen.Statement { return commentedIn(doc, 0, code) }

// commentedIn is commented for code that stands indent tabs from the margin.
func commentedIn(doc plan.Doc, indent int, code jen.Code) *jen.Statement {
	if doc == "" {
		return jen.Add(code)
	}
	return jen.Comment(comment(doc, indent)).Line().Add(code)
}

// comment lays a text out as a doc comment: paragraphs wrapped, lists and code
// as go doc knows them. Whatever the text, every line of the result begins with
// "// ", or is "//".
func comment(doc plan.Doc, indent int) string {
	l := commentLines{width: commentWidth - len("// ") - indent*tabWidth}
	fenced := false
	for line := range strings.SplitSeq(visibleLines(string(doc)), "\n") {
		line = strings.TrimRight(line, " \t")
		content := strings.TrimLeft(line, " \t")
		switch marker := listMarker(content); {
		case strings.HasPrefix(content, "```"):
			l.flush()
			l.blank()
			fenced = !fenced
		case fenced:
			l.code(line)
		case content == "":
			l.flush()
			l.blank()
		case marker != "":
			l.flush()
			l.hanging = "    "
			l.pending = []string{"  " + marker}
			l.words(content[len(marker):])
		case len(content) < len(line) && len(l.pending) > 0:
			l.words(content) // goes on with its paragraph or list item
		case len(content) < len(line):
			l.code(content)
		default:
			l.words(content)
		}
	}
	return l.String()
}

// commentLines collects the lines of a comment.
type commentLines struct {
	width int
	lines []string
	// pending are the words of the paragraph or list item under construction,
	// and hanging the indent of its further lines.
	pending []string
	hanging string
}

func (l *commentLines) words(text string) {
	l.pending = append(l.pending, strings.Fields(quoted(text))...)
}

// quoted writes two backquotes or two apostrophes in a row as the quotation
// marks that gofmt makes of them. It needs several runs for longer rows, and
// one run must be enough here.
func quoted(text string) string { return strings.NewReplacer("``", "“", "''", "”").Replace(text) }

// flush wraps the pending words.
func (l *commentLines) flush() {
	if len(l.pending) > 0 && l.lastIsCode() {
		l.blank()
	}
	line := ""
	for _, word := range l.pending {
		switch {
		case line == "":
			line = harmless(word)
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= l.width || isDirective(word):
			line += " " + word
		default:
			l.lines = append(l.lines, line)
			line = l.hanging + word
		}
	}
	if line != "" {
		l.lines = append(l.lines, line)
	}
	l.pending, l.hanging = nil, ""
}

// blank ends a paragraph with one empty line.
func (l *commentLines) blank() {
	if len(l.lines) > 0 && l.lines[len(l.lines)-1] != "" {
		l.lines = append(l.lines, "")
	}
}

// code adds a line as it is, indented so that go doc shows it as code.
func (l *commentLines) code(line string) {
	l.flush()
	if strings.TrimSpace(line) == "" {
		l.lines = append(l.lines, "")
		return
	}
	if !l.lastIsCode() {
		l.blank()
	}
	l.lines = append(l.lines, "\t"+harmless(line))
}

// lastIsCode reports whether the last line is code. Between code and text gofmt
// wants an empty line.
func (l *commentLines) lastIsCode() bool {
	return len(l.lines) > 0 && strings.HasPrefix(l.lines[len(l.lines)-1], "\t")
}

func (l *commentLines) String() string {
	l.flush()
	lines := l.lines
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 0 {
		return "//"
	}
	for i, line := range lines {
		switch {
		case line == "":
			lines[i] = "//"
		case line[0] == '\t':
			lines[i] = "//" + line
		default:
			lines[i] = "// " + line
		}
	}
	return strings.Join(lines, "\n")
}

// listMarker returns the marker that begins a list item, such as "- " or "2. ".
func listMarker(line string) string {
	marker, _, found := strings.Cut(line, " ")
	if !found {
		return ""
	}
	switch marker {
	case "-", "*", "+", "•":
		return marker
	}
	number := strings.TrimRight(marker, ".)")
	if len(number) == len(marker)-1 && number != "" && len(number) < 4 && strings.Trim(number, "0123456789") == "" {
		return marker
	}
	return ""
}

// harmless quotes a word that tools would take for a directive at the
// beginning of a comment's line.
func harmless(line string) string {
	if isDirective(strings.TrimLeft(line, " \t")) {
		return `"` + line + `"`
	}
	return line
}

// isDirective reports whether tools take a word for a directive although a
// space separates it from the comment's slashes.
func isDirective(word string) bool {
	return strings.HasPrefix(word, "+build") || strings.HasPrefix(word, "nolint")
}

// visibleLines replaces what breaks lines or cannot be seen.
func visibleLines(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n",
		"\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u200c', r == '\u200d': // joiners shape letters and emoji
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, s)
}

// isPlain reports whether a text is printable ASCII, as most are.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '\n' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}

// visible is visibleLines for a text that must stay on one line.
func visible(s string) string { return strings.Join(strings.Fields(visibleLines(s)), " ") }
