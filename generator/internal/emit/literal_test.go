package emit

import (
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTextLiteral(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a line of some length\n", 4)
	for text, want := range map[string]string{
		"":                             `""`,
		"plain":                        `"plain"`,
		`{"a":1}`:                      "`{\"a\":1}`",
		`\d`:                           "`\\d`",
		"a`\"b":                        `"a` + "`" + `\"b"`,
		"two\nlines":                   `"two\nlines"`,
		long:                           "`" + long + "`",
		long + "\r":                    strings.Repeat(`"a line of some length\n" +`+"\n", 4) + `"\r"`,
		long + "trailing \nx":          strings.Repeat(`"a line of some length\n" +`+"\n", 4) + `"trailing \n" +` + "\n" + `"x"`,
		"\ufeff\"":                     `"\ufeff\""`,
		"\x00\"":                       `"\x00\""`,
		"\xff\"":                       `"\xff\""`,
		"\u202e\"":                     `"\u202e\""`,
		strings.Repeat("`\n", 201):     strconv.Quote(strings.Repeat("`\n", 201)),
		long + "//go:generate echo hi": strings.Repeat(`"a line of some length\n" +`+"\n", 4) + `"//go:generate echo hi"`,
	} {
		assert.Equal(t, want, textLiteral(text))
	}
}

// FuzzTextLiteral checks that Go reads back every text, byte for byte.
func FuzzTextLiteral(f *testing.F) {
	for _, seed := range []string{"", "a", "`", "\"\n\r\x00", "\ufeff\"", "\xff\xfe\n", strings.Repeat("x\"\n", 300), "\n//go:generate rm\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := []byte("package p\nconst c = " + textLiteral(text) + "\n")
		for line := range strings.Lines(string(src)) {
			require.False(t, strings.HasPrefix(line, "//"), "%q", line)
		}
		var s scanner.Scanner
		s.Init(token.NewFileSet().AddFile("p.go", -1, len(src)), src, func(_ token.Position, msg string) { t.Error(msg) }, scanner.ScanComments)
		var got strings.Builder
		for {
			_, tok, lit := s.Scan()
			if tok == token.EOF {
				break
			}
			if tok == token.STRING {
				part, err := strconv.Unquote(lit)
				require.NoError(t, err)
				got.WriteString(part)
			}
			require.NotEqual(t, token.COMMENT, tok)
		}
		require.Equal(t, text, got.String())
	})
}
