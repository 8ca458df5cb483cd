package l0test_test

import (
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/l0test"
)

// What is huge is written in pieces.
//
//nolint:paralleltest // it measures the memory of the whole process
func TestHugeStreamsTakeNoMemory(t *testing.T) {
	const size = 64 << 20
	for _, fault := range []l0test.Fault{l0test.Huge(1, size), l0test.GarbageAfter(0, size)} {
		for _, stream := range []bool{true, false} {
			srv := l0test.NewServer(t, l0test.WithFaults(fault))
			path, in := body(l0test.WireAnthropic, stream, "x", "")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			resp := post(t.Context(), t, srv.URL+path, in)
			n, err := io.Copy(io.Discard, resp.Body)
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			assert.GreaterOrEqual(t, n, int64(size))
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20), "bytes allocated in all, for %s", fault)
		}
	}
}
