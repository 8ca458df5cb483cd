package emit

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// maxConcatenated is the number of lines up to which a text is printed as one
// literal per line. The parser of Go refuses very long sums.
const maxConcatenated = 200

// maxQuoted is the length up to which a text of several lines is quoted, so that
// it does not break the layout of the code around it.
const maxQuoted = 60

// text prints a string of the specs: between backquotes where that shows it as
// it is, else in quotes.
func text(s string) *jen.Statement { return jen.Op(textLiteral(s)) }

func textLiteral(s string) string {
	lines := strings.Count(s, "\n")
	switch {
	case lines > 0 && len(s) <= maxQuoted:
		return strconv.Quote(s)
	case strings.ContainsAny(s, "\"\n\\") && isRaw(s):
		return "`" + s + "`"
	case lines == 0 || lines > maxConcatenated:
		return strconv.Quote(s)
	}
	var quoted []string
	for line := range strings.Lines(s) {
		quoted = append(quoted, strconv.Quote(line))
	}
	return strings.Join(quoted, " +\n")
}

// isRaw reports whether a string can stand between backquotes, unchanged and
// without surprises: no character that Go drops or refuses there or that nobody
// sees, no space at the end of a line, and no line that a tool which reads
// lines, as go generate does, could take for a comment.
func isRaw(s string) bool {
	if !utf8.ValidString(s) || strings.Contains(s, "`") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(line, "//") || strings.TrimRight(line, " \t") != line {
			return false
		}
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && r != '\t' && !unicode.IsPrint(r)
	})
}
