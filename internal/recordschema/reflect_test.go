package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

func TestSchemaIsCurrent(t *testing.T) {
	want, err := Reflect(root)
	require.NoError(t, err)
	got, err := os.ReadFile(root + "/schemas/l0record.schema.json")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run: go generate ./schemas")
}
