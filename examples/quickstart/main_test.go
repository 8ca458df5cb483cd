package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out))
	assert.Equal(t, `queue outage, priority urgent, tags [502 checkout], due 2026-05-04 10:00:00 +0000 UTC
We are sorry: the shop answers with errors since this morning. Our engineers are on it.
WriteReply v1 answered in 1 attempt(s)
`, out.String())
}
