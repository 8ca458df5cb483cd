package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir" //nolint:depguard // the test joins what the places are for
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/tmpl" //nolint:depguard // likewise
)

// A variable that does not exist is shown where it stands, in whatever line of
// whatever kind of scalar. Each % in a document is a place for it.
func TestUnknownVariablePositions(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{
		"prompt: |\n  one %\n    two %\n\n  {{if .ok}}%\n  {{- end}} é日 %\nnext: 1\n",
		"prompt: |2-\n    % deep\n   %\n",
		"prompt: |+  # comment\n  % a\n\n  b %\n\n\n",
		"- - prompt: &anchor |-\n     % a\n     b %\n",
		"prompt: >\n  one %\n  two %\n\n  three %\n    more %\n    indented %\n  last %\n",
		"prompt: >-\n  %\n  é % %\n",
		"prompt: \"one % \\t\\u00e9\\x41 %\n  two \\\"%\\\" \\\n    three %\\n\n\n  \\U0001F600 %\"\n",
		"{\"prompt\": \"\\n\\\\ %\"}\n",
		"prompt: 'it''s % ''quoted'' %\n\n  next % '\n",
		"prompt: one %\n  two %\n\n  日本 % # comment\n",
		"prompt: !!str\n  x% % \n",
	} {
		for name, lineBreak := range map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r"} {
			places := strings.Count(doc, "%")
			for i := range places {
				t.Run(fmt.Sprintf("%q %s %d", doc[:min(12, len(doc))], name, i), func(t *testing.T) {
					t.Parallel()
					checkUnknown(t, strings.ReplaceAll(doc, "\n", lineBreak), i)
				})
			}
		}
	}
}

// checkUnknown puts the variable into one of the places of a document.
func checkUnknown(t *testing.T, doc string, place int) {
	t.Helper()
	parts := strings.Split(doc, "%")
	before, after := strings.Join(parts[:place+1], "x"), strings.Join(parts[place+1:], "x")
	f := source.NewFile("a.l0.yaml", []byte(before+"{{.nosuch}}"+after))
	var root yaml.Node
	require.NoError(t, yaml.Unmarshal(f.Bytes, &root))
	rep := &diag.Report{}
	env := tmpl.Env{Inputs: []*ir.Field{{Name: "ok", Type: &ir.Type{Kind: ir.Bool}, Required: true}}}
	eachScalar(&root, func(n *yaml.Node) {
		span, offsets := scalarOffsets(f, f.Offset(n.Line, n.Column), n.Style, n.Value)
		tmpl.Compile(rep, source.NewText(n.Value, span, offsets), env)
	})
	found := rep.Diagnostics()
	require.Len(t, found, 1)
	assert.Equal(t, diag.VariableUnknown, found[0].Code)

	// The place, counted anew: behind the line break before it, in characters.
	head := strings.ReplaceAll(before, "\r\n", "\n")
	head = strings.ReplaceAll(head, "\r", "\n")
	line := head[strings.LastIndex(head, "\n")+1:]
	want := source.Position{Line: strings.Count(head, "\n") + 1, Column: len([]rune(line)) + len("{{.") + 1}
	assert.Equal(t, want, found[0].Span.Position())
	assert.Equal(t, "nosuch", string(f.Bytes[found[0].Span.Start:found[0].Span.End]))
}
