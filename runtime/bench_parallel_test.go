package l0_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

// BenchmarkBatch is what a batch costs for each item, beside the call.
func BenchmarkBatch(b *testing.B) {
	inputs := make([]int, 1000)
	nothing := func(_ context.Context, n int, _ ...l0.CallOption) (int, error) { return n, nil }
	b.ReportAllocs()
	for b.Loop() {
		r, err := l0.Batch(b.Context(), inputs, nothing, l0.BatchOptions{Concurrency: 8})
		require.NoError(b, err)
		require.Equal(b, len(inputs), r.Summary.OK)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(inputs)), "ns/item")
}
