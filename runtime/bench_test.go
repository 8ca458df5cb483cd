package l0_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// repeat is a source of n tokens that costs nothing by itself.
type repeat struct {
	left   int
	direct bool
}

func (r *repeat) Next() (l0.Chunk, error) {
	r.left--
	switch {
	case r.left > 0:
		return l0.Chunk{Text: " tok"}, nil
	case r.left == 0:
		return l0.Chunk{Finish: l0.FinishStop}, nil
	}
	return l0.Chunk{}, io.EOF
}

func (r *repeat) Close() error { return nil }

func (r *repeat) UnblocksOnClose() bool { return r.direct }

// BenchmarkToken tells what the runtime adds to each token. One iteration is one stream.
func BenchmarkToken(b *testing.B) {
	for _, tokens := range []int{2_000, 200_000} {
		b.Run(fmt.Sprintf("bare/%d", tokens), func(b *testing.B) {
			b.ReportAllocs()
			total := 0
			for b.Loop() {
				var src l0.Source = &repeat{left: tokens}
				for {
					c, err := src.Next()
					if err != nil {
						break
					}
					total += len(c.Text)
				}
			}
			perToken(b, tokens)
		})
		for name, direct := range map[string]bool{"direct": true, "pumped": false} {
			b.Run(fmt.Sprintf("%s/%d", name, tokens), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					st := l0.Run(b.Context(), func(context.Context) (l0.Source, error) { return &repeat{tokens, direct}, nil })
					for _, err := range st.Events() {
						if err != nil {
							b.Fatal(err)
						}
					}
				}
				perToken(b, tokens)
			})
		}
	}
}

func perToken(b *testing.B, tokens int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(tokens), "ns/token")
}

// BenchmarkCall tells what a whole call costs that is over at once.
func BenchmarkCall(b *testing.B) {
	p := l0test.NewProvider("p")
	bound := bind(b, p)
	fn := textFunction()
	b.ReportAllocs()
	for b.Loop() {
		p.Add(l0test.Text("ok"))
		if _, err := l0.Call(b.Context(), bound, fn, "in").Result(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSON tells what it costs to make a value of a reply.
func BenchmarkJSON(b *testing.B) {
	reply := "[" + strings.TrimSuffix(strings.Repeat(`{"name":"Oslo","tags":["a","b"],"area":454.0},`, 40), ",") + "]"
	type city struct {
		Name string   `json:"name"`
		Tags []string `json:"tags"`
		Area float64  `json:"area"`
	}
	fn := &l0.Function[string, []city]{
		Models: []l0.ModelName{"fast"},
		Render: func(in, _ string) []l0.Message { return []l0.Message{l0.UserMessage(in)} },
		Schema: `{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},` +
			`"tags":{"type":"array","items":{"type":"string"}},"area":{"type":"number"}},"required":["name","tags","area"]}}`,
	}
	p := l0test.NewProvider("p")
	bound := bind(b, p)
	b.SetBytes(int64(len(reply)))
	b.ReportAllocs()
	for b.Loop() {
		p.Add(l0test.Chunks(l0.Chunk{Text: reply, Finish: l0.FinishStop}))
		if _, err := l0.Call(b.Context(), bound, fn, "in").Result(); err != nil {
			b.Fatal(err)
		}
	}
}
