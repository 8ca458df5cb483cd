package l0_test

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"strconv"
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

// halfway is a provider of such sources.
type halfway struct {
	tokens  int
	direct  bool
	arrived sync.WaitGroup
	gate    chan struct{}
}

func (h *halfway) Name() string { return "halfway" }

func (h *halfway) Open(context.Context, *l0.Request) (l0.Source, error) {
	return &halting{tokens: h.tokens, direct: h.direct, arrived: &h.arrived, gate: h.gate}, nil
}

// held returns the bytes that the program has in use: in the heap and in stacks.
func held() (heap, stacks uint64) {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first one has found is free only then
	runtime.ReadMemStats(&m)
	return m.HeapAlloc, m.StackInuse
}

// BenchmarkFunction runs ten thousand calls of one function at once. heapB/stream and
// stackB/stream are what one needs beside its text while all of them wait half way, the stack
// of its caller included; the target for both together is 8 KB.
func BenchmarkFunction(b *testing.B) {
	for name, direct := range map[string]bool{"direct": true, "pumped": false} {
		b.Run(name, func(b *testing.B) { benchmarkFunction(b, direct) })
	}
}

func benchmarkFunction(b *testing.B, direct bool) {
	const calls, tokens = 10_000, 100
	p := &halfway{tokens: tokens, direct: direct}
	none := timeouts(l0.Timeouts{InitialToken: l0.NoTimeout, InterToken: l0.NoTimeout}) // the pause is no failure
	bound, err := l0.Bind(l0.NewClient(l0.WithProvider(p)), &l0.Package{
		Name: "echo", Models: []l0.Model{{Name: "fast", Provider: "halfway"}},
	}, none, noRetry())
	if err != nil {
		b.Fatal(err)
	}
	fn := textFunction()
	var heap, stacks uint64
	for b.Loop() {
		b.StopTimer()
		heapBefore, stacksBefore := held()
		b.StartTimer()
		p.gate = make(chan struct{})
		p.arrived.Add(calls)
		var done sync.WaitGroup
		failed := make(chan error, calls)
		for range calls {
			done.Go(func() {
				for _, err := range l0.Call(b.Context(), bound, fn, "in").Events() {
					if err != nil {
						failed <- err
					}
				}
			})
		}
		p.arrived.Wait()
		b.StopTimer()
		heap, stacks = held()
		heap, stacks = heap-heapBefore, stacks-stacksBefore
		b.StartTimer()
		close(p.gate)
		done.Wait()
		close(failed)
		for err := range failed {
			b.Fatal(err)
		}
	}
	const text = len(" tok") * tokens / 2
	b.ReportMetric(float64(heap)/calls-float64(text), "heapB/stream")
	b.ReportMetric(float64(stacks)/calls, "stackB/stream")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/calls/tokens, "ns/token")
}

// BenchmarkOpenAI is a call over the loopback interface, from the request to the result, with
// what the simulated server costs.
func BenchmarkOpenAI(b *testing.B) {
	for _, tokens := range []int{100, 10_000} {
		b.Run(strconv.Itoa(tokens), func(b *testing.B) {
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
