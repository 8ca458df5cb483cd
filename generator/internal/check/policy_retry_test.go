package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/retry"
)

// The runtime owns its defaults; these are copies.
func TestDefaultsAreThoseOfTheRuntime(t *testing.T) {
	t.Parallel()
	for _, preset := range retry.Presets() {
		assert.Equal(t, defaultBaseDelay, preset.Config().BaseDelay, preset)
		assert.Equal(t, defaultMaxDelay, preset.Config().MaxDelay, preset)
	}
	assert.Negative(t, retry.NoRetries.Config().MaxRetries)
	c := l0.DefaultPolicy().Continuation
	assert.Equal(t, defaultMinOverlap, c.MinOverlap)
	assert.Equal(t, defaultMaxOverlap, c.MaxOverlap)
}
