package l0_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"sync"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

// halting is a source of tokens that waits half way until its gate opens.
type halting struct {
	at, tokens int
	direct     bool
	arrived    *sync.WaitGroup
	gate       <-chan struct{}
}

func (h *halting) Next() (l0.Chunk, error) {
	h.at++
	switch {
	case h.at == h.tokens/2:
		h.arrived.Done()
		<-h.gate
	case h.at == h.tokens+1:
		return l0.Chunk{Finish: l0.FinishStop}, nil
	case h.at > h.tokens+1:
		return l0.Chunk{}, io.EOF
	}
	return l0.Chunk{Text: " tok"}, nil
}

func (h *halting) Close() error          { return nil }
func (h *halting) UnblocksOnClose() bool { return h.direct }

// held returns the bytes that the program has in use, stacks included.
func held() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first one has found is free only then
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// BenchmarkConcurrent runs ten thousand calls at once. B/stream is what one needs beside its text
// while all of them wait half way, the stack of its caller included; the target is 8 KB.
func BenchmarkConcurrent(b *testing.B) {
	const calls, tokens = 10_000, 100
	for name, direct := range map[string]bool{"direct": true, "pumped": false} {
		b.Run(name, func(b *testing.B) {
			var bytes uint64
			for b.Loop() {
				before := held()
				gate := make(chan struct{})
				var arrived, done sync.WaitGroup
				arrived.Add(calls)
				failed := make(chan error, calls)
				for range calls {
					done.Go(func() {
						open := func(context.Context) (l0.Source, error) {
							return &halting{tokens: tokens, direct: direct, arrived: &arrived, gate: gate}, nil
						}
						for _, err := range l0.Run(b.Context(), open, noRetry(), timeouts(l0.Timeouts{InitialToken: l0.NoTimeout, InterToken: l0.NoTimeout})).Events() {
							if err != nil {
								failed <- err
							}
						}
					})
				}
				arrived.Wait()
				b.StopTimer()
				bytes = held() - before
				b.StartTimer()
				close(gate)
				done.Wait()
				close(failed)
				for err := range failed {
					b.Fatal(err)
				}
			}
			const text = len(" tok") * tokens / 2
			b.ReportMetric(float64(bytes)/calls-float64(text), "B/stream")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/calls/tokens, "ns/token")
		})
	}
}

// BenchmarkOpenAI is a call over the loopback interface, from the request to the result, with
// what the simulated server costs.
func BenchmarkOpenAI(b *testing.B) {
	for _, tokens := range []int{100, 10_000} {
		b.Run(fmt.Sprint(tokens), func(b *testing.B) {
			reply := l0test.Reply{Exact: true}
			for range tokens {
				reply.Chunks = append(reply.Chunks, l0.Chunk{Text: " tok"})
			}
			reply.Chunks = append(reply.Chunks, l0.Chunk{Finish: l0.FinishStop})
			srv := l0test.NewServer(b, l0test.WithReplyFunc(func(*l0test.ServerRequest) l0test.Reply { return reply }))
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			provider := openai.Provider(
				openai.WithBaseURL(srv.BaseURL(l0test.WireOpenAI)), openai.WithAPIKeyEnv(""), openai.WithHTTPClient(&http.Client{Transport: transport}),
			)
			bound, err := l0.Bind(l0.NewClient(provider), &l0.Package{Name: "echo", Models: []l0.Model{{Name: "fast", Provider: "openai", ID: "sim"}}})
			if err != nil {
				b.Fatal(err)
			}
			fn := textFunction()
			b.ReportAllocs()
			for b.Loop() {
				text, err := l0.Call(b.Context(), bound, fn, "in").Result()
				if err != nil || len(text) != len(" tok")*tokens {
					b.Fatal(len(text), err)
				}
			}
			perToken(b, tokens)
		})
	}
}
