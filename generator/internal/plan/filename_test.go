package plan

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPromptFile(t *testing.T) {
	t.Parallel()
	for prompt, want := range map[string]string{
		"ClassifyTicket":   "classify_ticket.l0.go",
		"SummarizeWindows": "summarize_windows_prompt.l0.go",
		"ParseJS":          "parse_js_prompt.l0.go",
		"ParseJSON":        "parse_json.l0.go",
		"RunTest":          "run_test_prompt.l0.go",
		"Test":             "test_prompt.l0.go",
		"TestRun":          "test_run.l0.go",
		"LinuxHelp":        "linux_help.l0.go",
		"Linux_Arm64":      "linux_arm64_prompt.l0.go",
		"Windows":          "windows_prompt.l0.go",
		"Client":           "client_prompt.l0.go",
		"Types":            "types_prompt.l0.go",
		"client":           "client_prompt.l0.go",
		"ClientTypes":      "client_types.l0.go",
		"UserIDs":          "user_ids.l0.go",
		"HTTPFetch":        "http_fetch.l0.go",
		"Aux":              "aux_prompt.l0.go",
		"Com1":             "com1_prompt.l0.go",
		"Command":          "command.l0.go",
		"ParseV2":          "parse_v2.l0.go",
		"Größe":            "größe.l0.go",
	} {
		assert.Equal(t, want, promptFile(prompt), prompt)
	}
}

// TestFilesAreAlwaysBuilt asks the go command's own rules about every name that
// it could leave out.
func TestFilesAreAlwaysBuilt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, word := range append(knownPlatforms(t), "test", "unix", "prompt") {
		for _, prompt := range []string{word, "Run_" + word, "run_linux_" + word, "Run_" + word + "_test", "Run_test_" + word} {
			name := promptFile(prompt)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("package p\n"), 0o644))
			match, err := build.Default.MatchFile(dir, name)
			require.NoError(t, err)
			assert.True(t, match, "%s is not built", name)
			assert.False(t, strings.HasSuffix(strings.SplitN(name, ".", 2)[0], "_test"), "%s is a test", name)
		}
	}
}

// knownPlatforms reads the words from the source of Go's standard library.
func knownPlatforms(t *testing.T) []string {
	t.Helper()
	file := filepath.Join(build.Default.GOROOT, "src", "internal", "syslist", "syslist.go")
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	var words []string
	ast.Inspect(f, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			word, err := strconv.Unquote(kv.Key.(*ast.BasicLit).Value)
			require.NoError(t, err)
			words = append(words, word)
		}
		return true
	})
	require.Greater(t, len(words), 40)
	for _, word := range words {
		assert.True(t, isGOOS(word) || isGOARCH(word), word)
	}
	return words
}
