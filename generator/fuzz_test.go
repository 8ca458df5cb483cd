package generator_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzSpec feeds any bytes to the whole compiler: it must neither panic nor
// hang, and every place that it names must lie inside the file.
func FuzzSpec(f *testing.F) {
	seeds, err := filepath.Glob("../testdata/cases/*/*.l0.yaml")
	require.NoError(f, err)
	for _, path := range seeds {
		content, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(content))
	}
	for _, seed := range []string{
		"", "l0gen: 1\n", "l0gen: 1\nprompts: {P: {model: m, prompt: '{{.x}}'}}\n",
		"l0gen: 1\ntypes:\n  A: B[]?\n  B: [a, b]\n  C: {fields: {a: A, b: map<B>, c: {type: integer, minimum: 3}}}\n",
		"l0gen: 1\nx: &a {<<: *a}\n", "l0gen: 1\ntypes: {A: {$ref: x, oneOf: [string]}, N: {fields: {n: N}}}\n",
		"l0gen: 1\ndefaults: {retry: {preset: strict, base_delay: 3}}\n", "l0gen: 1\ndoc: !!binary aGk=\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		r := checkSpec(t, content)
		for _, d := range r.Diagnostics {
			require.NotEqual(t, "L0901", string(d.Code), d.Message)
			require.NotEmpty(t, d.Message)
			if d.Span.File == nil {
				continue
			}
			assert.GreaterOrEqual(t, d.Span.Start, 0)
			assert.LessOrEqual(t, d.Span.Start, d.Span.End)
			assert.LessOrEqual(t, d.Span.End, len(content))
		}
	})
}
