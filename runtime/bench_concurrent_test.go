package l0_test

import (
	"context"
	"io"
	"runtime"
	"sync"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
)

// parked is a source of tokens that stops half way until the gate is opened.
type parked struct {
	left, half int
	direct     bool
	reached    *sync.WaitGroup // done when the source has come half way
	gate       <-chan struct{}
}

func (p *parked) Next() (l0.Chunk, error) {
	p.left--
	switch {
	case p.left == p.half:
		p.reached.Done()
		<-p.gate
		fallthrough
	case p.left > 0:
		return l0.Chunk{Text: " tok"}, nil
	case p.left == 0:
		return l0.Chunk{Finish: l0.FinishStop}, nil
	}
	return l0.Chunk{}, io.EOF
}

func (p *parked) Close() error { return nil }

func (p *parked) UnblocksOnClose() bool { return p.direct }

// BenchmarkConcurrent has 10,000 calls of 100 tokens under way at the same time. B/stream is
// what one of them holds half way, heap and stack, beside its text of 200 bytes; the consumer's
// own goroutine is part of it.
func BenchmarkConcurrent(b *testing.B) {
	const streams, tokens = 10_000, 100
	for _, mode := range []struct {
		name   string
		direct bool
	}{{"direct", true}, {"pumped", false}} {
		b.Run(mode.name, func(b *testing.B) {
			held := 0.0
			for b.Loop() {
				before := inUse()
				var half, all sync.WaitGroup
				half.Add(streams)
				gate := make(chan struct{})
				for range streams {
					all.Go(func() {
						st := l0.Run(b.Context(), func(context.Context) (l0.Source, error) {
							return &parked{left: tokens, half: tokens / 2, direct: mode.direct, reached: &half, gate: gate}, nil
						})
						for _, err := range st.Events() {
							if err != nil {
								b.Error(err)
							}
						}
					})
				}
				half.Wait()
				held = float64(inUse()-before)/streams - tokens/2*4
				close(gate)
				all.Wait()
			}
			b.ReportMetric(held, "B/stream")
			b.ReportMetric(float64(streams*tokens)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mtokens/s")
		})
	}
}

// inUse returns the bytes of heap and stacks that are in use.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
