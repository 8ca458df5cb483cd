package generator_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator"
)

// checkSpec checks a folder with one spec of this content.
func checkSpec(tb testing.TB, content string) *generator.Result {
	tb.Helper()
	dir := tb.TempDir()
	require.NoError(tb, os.WriteFile(filepath.Join(dir, "bad.l0.yaml"), []byte(content), 0o600))
	r, err := generator.Generate(tb.Context(), []string{"."}, generator.Options{Dir: dir})
	require.NoError(tb, err)
	return r
}

func codes(r *generator.Result) []string {
	out := make([]string, 0, len(r.Diagnostics))
	for _, d := range r.Diagnostics {
		out = append(out, string(d.Code))
	}
	return out
}

func TestHostileSpecs(t *testing.T) {
	t.Parallel()
	anchors := "l0gen: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	var anchorsSb39 strings.Builder
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&anchorsSb39, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	anchors += anchorsSb39.String()
	blocks := "l0gen: 1\ndoc:\n"
	var blocksSb43 strings.Builder
	for i := range 1000 {
		blocksSb43.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	blocks += blocksSb43.String()
	for _, c := range []struct{ name, spec, code string }{
		{"10 MB", "l0gen: 1\ndoc: |\n" + strings.Repeat("  "+strings.Repeat("x", 98)+"\n", 100_000), "L0102"},
		{"1,000 nested flow lists", "l0gen: 1\ndoc: " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "L0106"},
		{"1,000 nested blocks", blocks, "L0106"},
		{"100,000 open brackets", "l0gen: 1\ndoc: " + strings.Repeat("[", 100_000), "L0105"},
		{"exploding anchors", anchors, "L0106"},
		{"an anchor in itself", "l0gen: 1\ntypes: &a\n  X: *a\n", "L0106"},
		{"NUL", "l0gen: 1\x00\n", "L0103"},
		{"a control character", "l0gen: 1\ndoc: \x1b[31m\n", "L0103"},
		{"a BOM", "\xef\xbb\xbfl0gen: 1\n", "L0103"},
		{"UTF-16", "\xff\xfel\x000\x00", "L0103"},
		{"not UTF-8", "l0gen: 1\ndoc: \xff\n", "L0103"},
		{"a line separator", "l0gen: 1\ndoc: a\u2028b\n", "L0103"},
		{"empty", "", "L0109"},
		{"only a comment", "# nothing\n", "L0109"},
		{"null", "~\n", "L0109"},
		{"a list", "- l0gen: 1\n", "L0110"},
		{"two documents", "l0gen: 1\n---\nl0gen: 1\n", "L0105"},
		{"2,000 unknown types in a line", "l0gen: 1\ntypes: {" + flow(2_000, "T%d: Nope%d, ") + "}\n", "L0202"},
		{"10,000 unknown keys in a line", "l0gen: 1\ntypes: {T: {" + flow(10_000, "k%d: v%d, ") + "}}\n", "L0109"},
		{"3 MB of one text", "l0gen: 1\ndoc: " + strings.Repeat("x ", 1_500_000) + "\nbad: key\n", "L0107"},
		{"a tab", "l0gen: 1\nmodels:\n\tfast: x\n", "L0105"},
		{"a key that is a mapping", "l0gen: 1\n? {a: b}\n: c\n", "L0110"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := checkSpec(t, c.spec)
			require.NotEmpty(t, r.Diagnostics)
			assert.Equal(t, c.code, string(r.Diagnostics[0].Code), r.Diagnostics[0].Message)
			assert.NotEmpty(t, r.Diagnostics[0].Message)
			require.NoError(t, r.WriteDiagnostics(io.Discard, "text", false))
		})
	}
}

// flow repeats a format with the numbers up to n.
func flow(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i, i)
	}
	return strings.TrimSuffix(b.String(), ", ")
}

// What a hostile spec may cost in memory: a small multiple of the largest file.
func TestHostileSpecsStaySmall(t *testing.T) {
	anchors := "l0gen: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	var anchorsSb80 strings.Builder
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&anchorsSb80, "a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	anchors += anchorsSb80.String()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := checkSpec(t, anchors)
	runtime.ReadMemStats(&after)
	require.True(t, r.HasErrors())
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20))
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{"missing", "missing.l0.yaml", "missing/..."} {
		r, err := generator.Check(t.Context(), []string{path}, generator.Options{Dir: dir})
		require.NoError(t, err)
		assert.True(t, r.Unreadable, path)
		assert.Equal(t, []string{"L0101"}, codes(r), path)
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "x.l0.yaml"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "readme.txt"), nil, 0o600))
	for _, path := range []string{".", "...", "./...", "readme.txt", "x.l0.yaml"} {
		r, err := generator.Check(t.Context(), []string{path}, generator.Options{Dir: dir})
		require.NoError(t, err)
		assert.False(t, r.Unreadable, path)
		assert.Equal(t, []string{"L0104"}, codes(r), path)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.l0.yaml"), []byte("l0gen: 1\n"), 0o600))
	_, err := generator.Generate(ctx, nil, generator.Options{Dir: dir})
	require.ErrorIs(t, err, context.Canceled)
}
