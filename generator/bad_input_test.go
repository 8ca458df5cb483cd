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
	"time"

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
	for _, c := range []struct{ name, spec, code string }{
		{"10 MB", "l0gen: 1\ndoc: |\n" + strings.Repeat("  "+strings.Repeat("x", 98)+"\n", 100_000), "L0102"},
		{"1,000 nested flow lists", "l0gen: 1\ndoc: " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "L0106"},
		{"1,000 nested blocks", nestedBlocks(1000), "L0106"},
		{"100,000 open brackets", "l0gen: 1\ndoc: " + strings.Repeat("[", 100_000), "L0105"},
		{"exploding anchors", explodingAnchors(12, 10), "L0106"},
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
		{"100,000 list marks", "l0gen: 1\ntypes:\n  T: string" + strings.Repeat("[]", 100_000) + "\n", "L0201"},
		{"100,000 parentheses", "l0gen: 1\ntypes:\n  T: " + strings.Repeat("(", 100_000) + "\n", "L0201"},
		{"2,000 types in a chain", "l0gen: 1\ntypes:\n" + chain(2_000), "L0213"},
		{"an enum of nothing usable", "l0gen: 1\ntypes: {E: {type: string, enum: [null, 1.5]}}\n", "L0207"},
		{"a tab", "l0gen: 1\nmodels:\n\tfast: x\n", "L0105"},
		{"a key that is a mapping", "l0gen: 1\n? {a: b}\n: c\n", "L0110"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			r := checkSpec(t, c.spec)
			require.NotEmpty(t, r.Diagnostics)
			// Nothing takes a second. The rest is for the race detector and busy machines.
			assert.Less(t, time.Since(started), 20*time.Second)
			assert.Equal(t, c.code, string(r.Diagnostics[0].Code), r.Diagnostics[0].Message)
			assert.NotEmpty(t, r.Diagnostics[0].Message)
			require.NoError(t, r.WriteDiagnostics(io.Discard, "text", false))
		})
	}
}

// explodingAnchors is a spec of anchors, each of which refers so many times to
// the one before.
func explodingAnchors(anchors, times int) string {
	var b strings.Builder
	b.WriteString("l0gen: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < anchors; i++ {
		again := strings.Repeat(fmt.Sprintf("*a%d, ", i-1), times)
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(again, ", "))
	}
	return b.String()
}

// nestedBlocks is a spec of mappings inside each other.
func nestedBlocks(depth int) string {
	var b strings.Builder
	b.WriteString("l0gen: 1\ndoc:\n")
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

// chain is n types, each of which holds the next.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  T%d: {fields: {next: T%d}}\n", i, i+1)
	}
	fmt.Fprintf(&b, "  T%d: string\n", n)
	return b.String()
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
	for name, spec := range map[string]string{
		"anchors":    explodingAnchors(30, 2),
		"list marks": "l0gen: 1\ntypes:\n  T: string" + strings.Repeat("[]", 100_000) + "\n",
		"types":      "l0gen: 1\ntypes:\n" + chain(2_000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := checkSpec(t, spec)
		runtime.ReadMemStats(&after)
		require.True(t, r.HasErrors(), name)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(200<<20), name)
	}
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
