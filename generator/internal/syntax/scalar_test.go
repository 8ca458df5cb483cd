package syntax

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// scalars are documents in every style. In each, the scalars hold the marks
// $1, $2 … in order, which must be found where they stand in the file.
var scalars = []struct{ name, doc string }{
	{"plain", "a: $1 and $2\n"},
	{"plain at the top", "$1 and $2\n"},
	{"plain over lines", "a: one $1\n   two $2  \n  \t\n\n  $3 four\n"},
	{"plain with a comment", "a: one $1\n   $2 # $9\nb: $3\n"},
	{"plain with an anchor", "a: &x $1\nb: &y !!str $2\n"},
	{"plain below its tag", "a: !!str # why\n  $1\n"},
	{"plain in a flow", "[$1, {a: $2, b: $3\n  $4}]\n"},
	{"plain wide characters", "é: ü $1 日本 $2\n"},
	{"single quoted", "a: 'it''s $1 ''$2'''\n"},
	{"single over lines", "a: 'one $1\n\n\n    $2  \n  $3 '\n"},
	{"double quoted", `a: "\0\a\b\t\n\v\f\r\e\"\\\N\_\L\P $1\x41\u00e9\U0001F600$2"` + "\n"},
	{"double over lines", "a: \"one $1\\\n    two\\ \\\n  \\  $2\n\n  $3\"\n"},
	{"double, escaped break then blank lines", "a: \"one\\\n\n\n  $1\"\n"},
	{"double anchored", "a: &x \"\\t$1\"\n"},
	{"double below its tag", "a: !!str\n  \"\\t$1\"\n"},
	{"literal", "a: |\n  one $1\n\n    $2\n  \n  $3\nb: $4\n"},
	{"literal keep", "a: |+\n  $1\n\n\nb: $2\n"},
	{"literal strip", "a: |-\n  $1\n\n\nb: $2\n"},
	{"literal indicator", "a: |2-\n    $1\n   $2\n"},
	{"literal indicator, blank lines first", "a: |-2 # $9\n     \n\n    $1\n"},
	{"literal starts with blank lines", "a: |\n\n \n  $1\n"},
	{"literal at the top", "|\n $1\n  $2\n"},
	{"literal below a dash", "- |\n $1\n\n- - |\n    $2\n"},
	{"literal below its anchor", "a: &x !!str |\n  $1\n"},
	{"literal without a last break", "a: |\n  $1"},
	{"literal with tabs", "a: |1\n \t$1\t$2\n"},
	{"literal with a comment behind", "a: |\n  $1\n # comment\nb: $2\n"},
	{"literal wide characters", "ü: |\n  日本 $1\n  é $2\n"},
	{"folded", "a: >\n  one\n  $1\n\n  $2\n    more $3\n\n    lines\n  $4\n\n\nb: $5\n"},
	{"folded keep", "a: >+\n  $1\n  $2\n\n\nb: $3\n"},
	{"folded strip, indicator", "a: >2-\n    $1\n  $2\n  $3\n"},
	{"folded starts with blank lines", "a: >\n\n\n  $1\n  $2\n"},
	{"folded trailing blanks", "a: >\n  one $1  \n  $2 \n   \n  $3\n"},
	{"folded without a last break", "a: >-\n  $1\n  $2"},
	{"empty ones", "a:\nb: ''\nc: \"\"\nd: |\ne: >+\n\n\nf: &x\ng: !!str\nh: $1\n"},
	{"keys", "? |\n  $1\n: $2\n'$3': $4\n"},
	{"aliases", "a: &x $1\nb: *x\nc: $2\n"},
}

func TestScalarOffsets(t *testing.T) {
	t.Parallel()
	for _, test := range scalars {
		for breakName, lineBreak := range map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r"} {
			t.Run(test.name+" "+breakName, func(t *testing.T) {
				t.Parallel()
				f := source.NewFile("a.l0.yaml", []byte(strings.ReplaceAll(test.doc, "\n", lineBreak)))
				found := checkScalars(t, f)
				want := strings.Count(test.doc, "$") - strings.Count(test.doc, "$9")
				assert.Equal(t, want, found, "marks found")
			})
		}
	}
}

// checkScalars asserts what holds for every scalar of a file, and returns how
// many marks it holds.
func checkScalars(t *testing.T, f *source.File) (marks int) {
	t.Helper()
	var root yaml.Node
	require.NoError(t, yaml.Unmarshal(f.Bytes, &root))
	eachScalar(&root, func(n *yaml.Node) {
		span, offsets := scalarOffsets(f, f.Offset(n.Line, n.Column), n.Style, n.Value)
		require.Len(t, offsets, len(n.Value), "%q", n.Value)
		checkOffsets(t, f, span, offsets)
		for i := range n.Value {
			if n.Style&yaml.LiteralStyle != 0 && n.Value[i] != '\n' {
				assert.Equal(t, n.Value[i], f.Bytes[offsets[i]], "byte %d of %q", i, n.Value)
			}
			if i > 0 && strings.HasPrefix(string(f.Bytes[offsets[i-1]:]), n.Value[i-1:i+1]) && n.Value[i-1] == '$' {
				marks++
			}
		}
	})
	return marks
}

func checkOffsets(t *testing.T, f *source.File, span source.Span, offsets []int) {
	t.Helper()
	assert.LessOrEqual(t, span.Start, span.End)
	assert.LessOrEqual(t, span.End, len(f.Bytes))
	last := span.Start
	for _, offset := range offsets {
		require.GreaterOrEqual(t, offset, last)
		require.Less(t, offset, span.End)
		last = offset
	}
}

func eachScalar(n *yaml.Node, visit func(*yaml.Node)) {
	if n.Kind == yaml.ScalarNode {
		visit(n)
	}
	for _, child := range n.Content {
		eachScalar(child, visit)
	}
}

func TestScalarSpans(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ doc, want string }{
		{"a: &x !!str one\n  two # no\n", "one\n  two"},
		{"a: 'it''s'\n", "'it''s'"},
		{"a: \"x\\\"\" # no\n", `"x\""`},
		{"a: |- # why\n  one\n  two\n\nb: c\n", "|- # why\n  one\n  two"},
		{"a: >\n  one\n\nb: c\n", ">\n  one\n"},
		{"a: |\nb: c\n", "|"},
	} {
		f := source.NewFile("a.l0.yaml", []byte(test.doc))
		var root yaml.Node
		require.NoError(t, yaml.Unmarshal(f.Bytes, &root))
		n := root.Content[0].Content[1]
		span, _ := scalarOffsets(f, f.Offset(n.Line, n.Column), n.Style, n.Value)
		assert.Equal(t, test.want, string(f.Bytes[span.Start:span.End]))
	}
}

// A value that the file does not hold has no places, and harms nothing.
func TestScalarOffsetsMismatch(t *testing.T) {
	t.Parallel()
	f := source.NewFile("a.l0.yaml", []byte("a: \"x\\"))
	for _, style := range []yaml.Style{0, yaml.LiteralStyle, yaml.FoldedStyle, yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle} {
		for start := -1; start <= len(f.Bytes)+1; start++ {
			_, offsets := scalarOffsets(f, start, style, "other\ntext")
			assert.Nil(t, offsets)
		}
	}
}

func FuzzScalarOffsets(f *testing.F) {
	for _, test := range scalars {
		f.Add([]byte(test.doc))
		f.Add([]byte(strings.ReplaceAll(test.doc, "\n", "\r\n")))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var root yaml.Node
		// UTF-16, a byte order mark and YAML's rarer line breaks move the lines and
		// columns that yaml.v3 reports; they are refused when a spec is read.
		if !utf8.Valid(content) || strings.ContainsAny(string(content), "\ufeff\u0085\u2028\u2029") || yaml.Unmarshal(content, &root) != nil {
			t.Skip("not YAML")
		}
		checkScalars(t, source.NewFile("a.l0.yaml", content))
	})
}
