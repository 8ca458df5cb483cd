package openai_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

// chunk is an event as OpenAI sends them for every token.
const chunk = `data: {"id":"chatcmpl-AbCdEfGh","object":"chat.completion.chunk","created":1732460000,"model":"gpt-4o-2024-08-06",` +
	`"service_tier":"default","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":{"content":" token"},` +
	`"logprobs":null,"finish_reason":null}],"usage":null}` + "\n\n"

// endless answers with tokens until the client leaves.
func endless(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	batch := []byte(strings.Repeat(chunk, 100))
	for r.Context().Err() == nil {
		if _, err := w.Write(batch); err != nil {
			return
		}
	}
}

// BenchmarkNext is a token from the socket to its chunk. The server, which writes batches,
// shares the processors.
func BenchmarkNext(b *testing.B) {
	p, _ := serve(b, endless)
	src, err := p.Open(b.Context(), wiretest.NewRequest())
	require.NoError(b, err)
	b.SetBytes(int64(len(chunk)))
	b.ReportAllocs()
	for b.Loop() {
		if c, err := src.Next(); err != nil || c.Text != " token" {
			b.Fatal(c, err)
		}
	}
	require.NoError(b, src.Close())
}

func TestOneAllocationPerToken(t *testing.T) {
	p, _ := serve(t, endless)
	src, err := p.Open(t.Context(), wiretest.NewRequest())
	require.NoError(t, err)
	_, err = src.Next()
	require.NoError(t, err)
	const n = 5000
	allocs := testing.AllocsPerRun(1, func() {
		for range n {
			_, _ = src.Next()
		}
	})
	assert.Less(t, allocs/n, 1.1, "the token's text")
	require.NoError(t, src.Close())
}
