package interop

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// The SDK of Google brings OpenCensus, which starts a goroutine for good when it is loaded.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("go.opencensus.io/stats/view.(*worker).start"))
}

// said is what the server says, with what wires have to escape.
const said = "Grüße, \"world\" \\ 日本 🎉\n\tand </p>\u2028 more."

const (
	inputTokens  = 12
	outputTokens = 7
	cachedTokens = 5
)

// schema is that of the structured output, ticket its Go type.
const schema = `{"type":"object","properties":{"title":{"type":"string"},"priority":{"type":"string","enum":["low","high"]},` +
	`"tags":{"type":"array","items":{"type":"string"}}},"required":["title","priority","tags"],"additionalProperties":false}`

type ticket struct {
	Title    string   `json:"title"`
	Priority string   `json:"priority"`
	Tags     []string `json:"tags"`
}

func schemaMap(tb testing.TB) (out map[string]any) {
	tb.Helper()
	require.NoError(tb, json.Unmarshal([]byte(schema), &out))
	return out
}

// requireTicket checks that text is a value of the schema.
func requireTicket(tb testing.TB, text string) {
	tb.Helper()
	var got ticket
	require.NoError(tb, json.Unmarshal([]byte(text), &got), text)
	require.NotEmpty(tb, got.Title)
	require.Contains(tb, []string{"low", "high"}, got.Priority)
}

// reply is a complete reply of a text, with its usage.
func reply() l0test.Reply {
	out := l0test.Text(said)
	out.Chunks = append(out.Chunks, l0.Chunk{Usage: &l0.Usage{InputTokens: inputTokens, OutputTokens: outputTokens, CachedTokens: cachedTokens}})
	return out
}

// newClient returns an HTTP client whose connections end with the test.
func newClient(tb testing.TB) *http.Client {
	tb.Helper()
	transport := &http.Transport{}
	tb.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// shapes are odd ways to send the same stream, all of which an SDK must read right.
func shapes() map[string]l0test.Fault {
	return map[string]l0test.Fault{
		"plain": {}, "split": l0test.Split(), "crlf": l0test.CRLF(), "pings": l0test.Ping(1),
	}
}
