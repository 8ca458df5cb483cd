package l0test_test

import (
	"context"
	"runtime/pprof"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	for _, w := range l0test.Wires() {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			l0test.TestProvider(t, w, newTiny(w, ""))
		})
	}
}

// What is wrong with a provider is found by the check that is meant to find it.
func TestConformanceFindsFlaws(t *testing.T) {
	t.Parallel()
	for flaw, check := range map[string][2]string{
		"takes a cut for the end": {"cut", "as if it were whole"},
		"takes HTML":              {"HTML", "does not show the content type"},
		"ignores Retry-After":     {"retry after", "429 with 2s as seconds became"},
		"skips broken events":     {"malformed", "skipped silently"},
		"mixes choices":           {"framing", "interleave"},
		"ignores the context":     {"cancel", ""},
		"cannot be closed":        {"close", ""},
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if check[1] == "" { // it would wait for a minute
				ctx, cancel = context.WithTimeout(ctx, 500*time.Millisecond)
				defer cancel()
			}
			found := l0test.Conform(ctx, l0test.WireOpenAI, newTiny(l0test.WireOpenAI, flaw), check[0])
			require.ErrorContains(t, found[check[0]], check[1])
		})
	}
}

func TestConformanceFindsPanics(t *testing.T) {
	t.Parallel()
	found := l0test.Conform(t.Context(), l0test.WireOpenAI, func(string) (l0.Provider, l0.Model) { return nil, l0.Model{} }, "text")
	require.ErrorContains(t, found["text"], "the provider panicked")
}

func TestConformanceFindsLeaks(t *testing.T) {
	t.Parallel()
	stop, started := make(chan struct{}), make(chan struct{})
	pprof.Do(t.Context(), pprof.Labels(l0test.LeakLabel, "mine"), func(context.Context) {
		go func() {
			close(started)
			<-stop
		}()
	})
	<-started
	assert.Empty(t, l0test.LeftBehind("another's", time.Minute))
	assert.Contains(t, l0test.LeftBehind("mine", time.Millisecond), "TestConformanceFindsLeaks")
	close(stop)
	assert.Empty(t, l0test.LeftBehind("mine", time.Minute))
}
