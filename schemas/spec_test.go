package schemas_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/schemas"
)

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("spec.json", bytes.NewReader(schemas.Spec)))
	s, err := c.Compile("spec.json")
	require.NoError(t, err)
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, spec string) error {
	t.Helper()
	var v any
	require.NoError(t, yaml.Unmarshal([]byte(spec), &v), spec)
	return s.Validate(v)
}

// Every spec of the repository that is meant to be right fits the schema.
func TestSpecsFit(t *testing.T) {
	t.Parallel()
	s := compile(t)
	var specs []string
	for _, pattern := range []string{
		"../examples/*/*.l0.yaml", "../examples/*/*/*.l0.yaml", "../testdata/cases/*/*.l0.yaml",
	} {
		found, err := filepath.Glob(pattern)
		require.NoError(t, err)
		specs = append(specs, found...)
	}
	require.GreaterOrEqual(t, len(specs), 7)
	for _, path := range specs {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.NoError(t, validate(t, s, string(content)), path)
	}
}

// A spec with every key of the format, so that none is missing from the schema.
func TestWholeFormatFits(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/whole.yaml")
	require.NoError(t, err)
	require.NoError(t, validate(t, compile(t), string(content)))
}

func TestBrokenSpecsFail(t *testing.T) {
	t.Parallel()
	s := compile(t)
	content, err := os.ReadFile("testdata/broken.yaml")
	require.NoError(t, err)
	broken := strings.Split(string(content), "\n---\n")
	require.GreaterOrEqual(t, len(broken), 30)
	for _, spec := range broken {
		assert.Error(t, validate(t, s, spec), spec)
	}
}
