package l0_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/structured"
)

// What nothing acts on yet is refused rather than ignored.
func TestPolicyWithoutEffectIsRefused(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]l0.Policy{
		"Guardrails": {Guardrails: guard.Config{Preset: guard.Strict}},
		"Drift":      {Drift: guard.Drift{On: true}},
		"Repair":     {Repair: structured.RepairPolicy{Level: structured.Lenient}},
	} {
		provider := l0test.NewProvider("p", l0test.Text("hello"))
		_, err := textStream(t, provider, l0.WithPolicy(p)).Result()
		require.ErrorIs(t, err, l0.ErrNotConfigured, name)
		require.ErrorContains(t, err, name)
		assert.Empty(t, provider.Requests())
	}
	for name, p := range map[string]l0.Policy{
		"nothing": {},
		"limits":  {Limits: l0.Limits{MaxReplyBytes: 100}},
		"mode":    {OutputMode: l0.OutputPrompt},
	} {
		got, err := textStream(t, l0test.NewProvider("p", l0test.Text("hello")), l0.WithPolicy(p)).Result()
		require.NoError(t, err, name)
		assert.Equal(t, "hello", got)
	}
}
