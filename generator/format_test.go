package generator_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The compiler knows every key of the format: a spec that uses them all is
// refused only for what its names mean and for what is not supported yet.
func TestWholeFormatIsRead(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("../schemas/testdata/whole.yaml")
	require.NoError(t, err)
	r := checkSpec(t, string(content))
	for _, d := range r.Diagnostics {
		assert.False(t, strings.HasPrefix(string(d.Code), "L01"), "%s %s", d.Code, d.Message)
	}
}

// What the published schema refuses, the compiler refuses too.
func TestSchemaAndCompilerAgree(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("../schemas/testdata/broken.yaml")
	require.NoError(t, err)
	for spec := range strings.SplitSeq(string(content), "\n---\n") {
		assert.True(t, checkSpec(t, spec).HasErrors(), spec)
	}
}
