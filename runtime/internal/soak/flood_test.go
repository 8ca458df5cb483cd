package soak

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
	"github.com/l0gen/l0gen/runtime/provider/openai"
	"github.com/l0gen/l0gen/runtime/retry"
)

// bindWire returns what calls the server at an address over a wire.
func bindWire(tb testing.TB, wire l0test.Wire, url string) *l0.Binding {
	tb.Helper()
	transport := &http.Transport{}
	tb.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	var provider l0.ClientOption
	switch wire {
	case l0test.WireOpenAI:
		provider = openai.Provider(openai.WithBaseURL(url+"/v1"), openai.WithHTTPClient(client), openai.WithAPIKeyEnv(""))
	case l0test.WireAnthropic:
		provider = anthropic.Provider(anthropic.WithBaseURL(url), anthropic.WithHTTPClient(client), anthropic.WithAPIKeyEnv(""))
	case l0test.WireGemini:
		provider = gemini.Provider(gemini.WithBaseURL(url+"/v1beta"), gemini.WithHTTPClient(client), gemini.WithAPIKeyEnv(""))
	}
	binding, err := l0.Bind(l0.NewClient(provider), &l0.Package{Name: "flood", Models: []l0.Model{{Name: "m", Provider: string(wire), ID: "sim"}}})
	require.NoError(tb, err)
	return binding
}

func ask(ctx context.Context, b *l0.Binding, p l0.Policy) *l0.Stream[string] {
	p.Retry = retry.Config{Preset: retry.NoRetries}
	fn := &l0.Function[string, string]{Name: "Flood", Models: []l0.ModelName{"m"}, Render: func(in, format string) []l0.Message {
		return l0.Messages(format, l0.UserMessage(in))
	}}
	return l0.Call(ctx, b, fn, "go", l0.WithPolicy(p))
}

// peak runs f and returns how much the heap grew at most meanwhile, garbage included.
func peak(f func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc
	over, seen := make(chan struct{}), make(chan uint64)
	go func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for {
			select {
			case <-over:
				seen <- most
				return
			case <-ticker.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	f()
	close(over)
	return <-seen - before
}

// TestFloods has servers send too much. What a call needs is bound by its limit for replies.
func TestFloods(t *testing.T) { //nolint:paralleltest // it measures memory
	const limit, most = 64 << 10, 12 << 20
	const gigabyte = 1 << 30
	for name, c := range map[string]struct {
		fault l0test.Fault
		is    []error
	}{
		"an event of 1 GB":      {l0test.Huge(3, gigabyte), []error{l0.ErrProvider, l0.ErrTooLarge}},
		"a line of 1 GB":        {l0test.GarbageAfter(3, gigabyte), []error{l0.ErrProvider}},
		"tokens without end":    {l0test.EndlessAfter(3), []error{l0.ErrTooLarge}},
		"an event of 100 KB":    {l0test.Huge(3, 100<<10), []error{l0.ErrTooLarge}},
		"garbage at the begin":  {l0test.GarbageAfter(0, gigabyte), []error{l0.ErrProvider}},
		"an event at the begin": {l0test.Huge(0, gigabyte), []error{l0.ErrProvider, l0.ErrTooLarge}},
	} {
		for _, wire := range l0test.Wires() {
			t.Run(name+"/"+string(wire), func(t *testing.T) { //nolint:paralleltest // as above
				srv := l0test.NewServer(t, l0test.WithReplies(l0test.Text("one two three four five").With(c.fault)))
				b := bindWire(t, wire, srv.URL)
				var err error
				grown := peak(func() {
					_, err = ask(t.Context(), b, l0.Policy{Limits: l0.Limits{MaxReplyBytes: limit}}).Result()
				})
				require.NoError(t, srv.WaitIdle(t.Context()), "the connection is closed")
				require.Error(t, err)
				assert.Condition(t, func() bool { return isOne(err, c.is) }, "%v", err)
				assert.Less(t, grown, uint64(most))
			})
		}
	}
}

func isOne(err error, of []error) bool {
	for _, one := range of {
		if codeOf(err) != "" && errors.Is(err, one) {
			return true
		}
	}
	return false
}

// empties are events without text, and the end of a reply of one.
func empties(wire l0test.Wire) (empty, reply string) {
	switch wire {
	case l0test.WireAnthropic:
		return "event: ping\ndata: {\"type\": \"ping\"}\n\n" +
				"data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}\n\n",
			"data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"done\"}}\n\n" +
				"data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}\n\n" +
				"data: {\"type\":\"message_stop\"}\n\n"
	case l0test.WireGemini:
		return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"index\":0}]}\n\n: x\n\n",
			"data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"done\"}]},\"finishReason\":\"STOP\",\"index\":0}]}\n\n"
	case l0test.WireOpenAI:
	}
	return "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"}}]}\n\n: ping\n\n",
		"data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
}

// TestEmptyEvents has servers send events that say nothing: many before a reply, and nothing else.
func TestEmptyEvents(t *testing.T) { //nolint:paralleltest // it measures memory
	const most = 8 << 20
	for _, wire := range l0test.Wires() {
		empty, reply := empties(wire)
		batch := strings.Repeat(empty, 500)
		write := func(w http.ResponseWriter, r *http.Request, times int, then string) {
			w.Header().Set("Content-Type", "text/event-stream")
			for i := 0; (times == 0 || i < times) && r.Context().Err() == nil; i++ {
				if _, err := w.Write([]byte(batch)); err != nil {
					return
				}
			}
			_, _ = w.Write([]byte(then)) // the client sees what is missing
		}
		for name, times := range map[string]int{"many": 200, "without end": 0} {
			t.Run(fmt.Sprint(name, "/", wire), func(t *testing.T) { //nolint:paralleltest // as above
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { write(w, r, times, reply) }))
				defer srv.Close()
				b := bindWire(t, wire, srv.URL)
				policy := l0.Policy{Timeouts: l0.Timeouts{InitialToken: time.Minute}}
				if times == 0 {
					policy.Timeouts.InitialToken = 100 * time.Millisecond
				}
				var text string
				var err error
				grown := peak(func() { text, err = ask(t.Context(), b, policy).Result() })
				if times == 0 {
					require.ErrorIs(t, err, l0.ErrTimeout, "events that say nothing are no tokens")
				} else {
					require.NoError(t, err)
					assert.Equal(t, "done", text)
				}
				assert.Less(t, grown, uint64(most))
			})
		}
	}
}
