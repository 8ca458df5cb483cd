package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestPositions(t *testing.T) {
	t.Parallel()
	f := NewFile("f", []byte("ab\nüx\r\ny\rz"))
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {1, 1, 2}, {2, 1, 3}, {3, 2, 1}, {5, 2, 2}, {6, 2, 3}, {8, 3, 1}, {10, 4, 1}, {11, 4, 2}, {99, 4, 2},
	} {
		assert.Equal(t, Position{Line: c.line, Column: c.column}, f.Position(c.offset), c.offset)
	}
	assert.Equal(t, []string{"ab", "üx", "y", "z"}, []string{f.Line(1), f.Line(2), f.Line(3), f.Line(4)})
	assert.Empty(t, f.Line(0))
	assert.Empty(t, f.Line(5))
	assert.Equal(t, 4, f.Lines())
	assert.Equal(t, 1, NewFile("empty", nil).Lines())
}

// FuzzPositions compares positions with a plain count, also beyond the marks
// that make them cheap, and takes each offset there and back.
func FuzzPositions(f *testing.F) {
	f.Add("", 0)
	f.Add("a\nüber\r\n\xff", 5)
	f.Add(strings.Repeat("äöü", 1000)+"\n"+strings.Repeat("x", 3000), 5000)
	f.Add(strings.Repeat("\x80", 2500), 2100)
	f.Fuzz(func(t *testing.T, content string, offset int) {
		file := NewFile("f", []byte(content))
		offset = min(max(offset, 0), len(content))
		pos := file.Position(offset)
		before := content[:offset]
		breaks := strings.Count(before, "\n") + strings.Count(before, "\r") - strings.Count(before, "\r\n")
		if strings.HasSuffix(before, "\r") && strings.HasPrefix(content[offset:], "\n") {
			breaks-- // between CR and LF the line goes on
		}
		assert.Equal(t, breaks+1, pos.Line)
		if !utf8.ValidString(content) {
			return // columns of what is no text are only bounded
		}
		if offset < len(content) && !utf8.RuneStart(content[offset]) {
			return
		}
		back := file.Offset(pos.Line, pos.Column)
		assert.LessOrEqual(t, back, offset)
		assert.Empty(t, strings.Trim(content[back:offset], "\r\n"), "only a line break lies between")
	})
}
