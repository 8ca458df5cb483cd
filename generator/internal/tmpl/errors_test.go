package tmpl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
)

// testdata/errors.txt holds templates and what is said of them: blocks that a
// line of dashes ends, each with a line "=>" in the middle.
func TestErrors(t *testing.T) {
	t.Parallel()
	path := filepath.Join("testdata", "errors.txt")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	var got strings.Builder
	for block := range strings.SplitSeq(strings.TrimSuffix(string(content), "----\n"), "----\n") {
		template, _, found := strings.Cut(block, "\n=>\n")
		require.True(t, found, "no => in %q", block)
		rep := &diag.Report{}
		Compile(rep, plainText("a.txt", template), testEnv())
		got.WriteString(template + "\n=>\n" + reportLines(rep) + "----\n")
	}
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(path, []byte(got.String()), 0o644))
	}
	assert.Equal(t, string(content), got.String())
}
