package diag

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var repository = filepath.Join("..", "..", "..")

func TestDocumentationExplainsExactlyTheCodes(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join(repository, "docs", "diagnostics.md"))
	require.NoError(t, err)
	var explained []CodeInfo
	for _, heading := range regexp.MustCompile(`(?m)^### (\S+): (.*)$`).FindAllStringSubmatch(string(doc), -1) {
		explained = append(explained, CodeInfo{Code: Code(heading[1]), Title: heading[2]})
	}
	assert.Equal(t, Codes(), explained)
}

func TestEveryCodeHasAScript(t *testing.T) {
	t.Parallel()
	scripts := filepath.Join(repository, "testdata", "script")
	known := map[string]bool{}
	for _, info := range Codes() {
		known["diag_"+string(info.Code)+".txtar"] = true
		if info.Code == Internal {
			continue // no spec is known that causes it
		}
		script, err := os.ReadFile(filepath.Join(scripts, "diag_"+string(info.Code)+".txtar"))
		if assert.NoError(t, err) {
			assert.Contains(t, string(script), " ["+string(info.Code)+"]\n")
		}
	}
	found, err := filepath.Glob(filepath.Join(scripts, "diag_*.txtar"))
	require.NoError(t, err)
	for _, path := range found {
		assert.True(t, known[filepath.Base(path)], "%s is for no code", path)
	}
}
