package soak

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
	"github.com/l0gen/l0gen/runtime/provider/openai"
	"github.com/l0gen/l0gen/runtime/retry"
)

// world is what all calls share: the server, the clients, and the functions.
type world struct {
	server  *l0test.Server
	binding *l0.Binding
	typed   []*l0.Function[string, value]
	texts   []*l0.Function[string, string]
	client  *http.Transport

	calls    sync.Map // of *call, by id
	next     atomic.Int64
	requests atomic.Int64
	conns    atomic.Int64 // open ones of the client
	bodies   atomic.Int64 // of responses, not closed yet
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{}
	w.server = l0test.NewServer(tb, l0test.WithReplyFunc(w.reply))
	w.client = &http.Transport{DialContext: w.dial, MaxIdleConnsPerHost: 16}
	client := &http.Client{Transport: w}
	base := l0.NewClient(
		openai.Provider(openai.WithBaseURL(w.server.BaseURL(l0test.WireOpenAI)), openai.WithHTTPClient(client), openai.WithAPIKeyEnv("")),
		anthropic.Provider(anthropic.WithBaseURL(w.server.BaseURL(l0test.WireAnthropic)), anthropic.WithHTTPClient(client), anthropic.WithAPIKeyEnv("")),
		gemini.Provider(gemini.WithBaseURL(w.server.BaseURL(l0test.WireGemini)+"/v1beta"), gemini.WithHTTPClient(client), gemini.WithAPIKeyEnv("")),
	)
	var models []l0.Model
	for _, wire := range l0test.Wires() {
		models = append(models, l0.Model{Name: l0.ModelName(wire), Provider: string(wire), ID: "sim"})
	}
	binding, err := l0.Bind(base, &l0.Package{Name: "soak", Models: models})
	require.NoError(tb, err)
	w.binding = binding
	render := func(id, format string) []l0.Message { return l0.Messages(format, l0.UserMessage("call "+id)) }
	for _, list := range modelLists() {
		w.texts = append(w.texts, &l0.Function[string, string]{Name: "Text", Version: 1, Models: list, Render: render})
		w.typed = append(w.typed, &l0.Function[string, value]{Name: "Typed", Version: 1, Models: list, Render: render, Schema: schema})
	}
	return w
}

// modelLists are the models of a call and its fallbacks: every wire is every one's fallback.
func modelLists() [][]l0.ModelName {
	const o, a, g = l0.ModelName(l0test.WireOpenAI), l0.ModelName(l0test.WireAnthropic), l0.ModelName(l0test.WireGemini)
	return [][]l0.ModelName{{o}, {a}, {g}, {o, a}, {a, g}, {g, o}, {o, g, a}, {g, a, o}, {a, o, g}}
}

// retries has a call try again at once.
func retries() retry.Config {
	no := retry.NoDelay
	return retry.Config{BaseDelay: no, ErrorTypeDelays: retry.ErrorDelays{
		ConnectionDropped: no, FetchError: no, ECONNRESET: no, ECONNREFUSED: no, SSEAborted: no, NoBytes: no,
		PartialChunks: no, RuntimeKilled: no, BackgroundThrottle: no, DNSError: no, Timeout: no, Unknown: no,
	}}
}

// The headers that tell the server which attempt of which call a request is.
const (
	callHeader    = "Soak-Call"
	attemptHeader = "Soak-Attempt"
)

// RoundTrip counts requests and says in their headers what they are for.
func (w *world) RoundTrip(req *http.Request) (*http.Response, error) {
	info, _ := l0.AttemptFrom(req.Context())
	c, _ := req.Context().Value(callKey{}).(*call)
	if c == nil {
		return nil, fmt.Errorf("a request without a call")
	}
	c.mu.Lock()
	c.asked[info.Attempt] = info.Checkpoint
	c.mu.Unlock()
	w.requests.Add(1)
	req = req.Clone(req.Context())
	req.Header.Set(callHeader, c.id)
	req.Header.Set(attemptHeader, strconv.Itoa(info.Attempt))
	resp, err := w.client.RoundTrip(req)
	if err == nil {
		w.bodies.Add(1)
		resp.Body = &body{ReadCloser: resp.Body, closed: sync.OnceFunc(func() { w.bodies.Add(-1) })}
	}
	return resp, err
}

type body struct {
	io.ReadCloser
	closed func()
}

func (b *body) Close() error {
	b.closed()
	return b.ReadCloser.Close()
}

func (w *world) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	w.conns.Add(1)
	return &conn{Conn: c, closed: sync.OnceFunc(func() { w.conns.Add(-1) })}, nil
}

type conn struct {
	net.Conn
	closed func()
}

func (c *conn) Close() error {
	c.closed()
	return c.Conn.Close()
}

// reply answers a request as the script of its attempt says.
func (w *world) reply(req *l0test.ServerRequest) l0test.Reply {
	found, ok := w.calls.Load(req.Header.Get(callHeader))
	if !ok {
		return l0test.Text("the call is over")
	}
	c := found.(*call)
	attempt := 0
	_, _ = fmt.Sscan(req.Header.Get(attemptHeader), &attempt)
	checkpoint := c.checkpoint(req, attempt)
	s, certain := c.plan.script(attempt, checkpoint)
	if !certain {
		if !strings.HasPrefix(c.text(attempt), checkpoint) && !c.isUnclear() {
			c.wrong("attempt %d shall go on behind %q, the text is %q", attempt, checkpoint, c.text(attempt))
		}
		c.mu.Lock()
		c.unclear = true
		c.mu.Unlock()
		s = &script{reply: l0test.Text("unclear"), fault: "unclear", whole: true}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scripts[attempt] != nil {
		c.wrongs = append(c.wrongs, fmt.Sprintf("attempt %d came twice", attempt))
	}
	c.scripts[attempt] = s
	return s.reply
}

func (c *call) isUnclear() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.unclear
}

// checkpoint returns what an attempt shall go on from, which stands in the request.
func (c *call) checkpoint(req *l0test.ServerRequest, attempt int) string {
	c.mu.Lock()
	want := c.asked[attempt]
	c.mu.Unlock()
	got := ""
	if n := len(req.Messages); want != "" && n > 1 {
		got = req.Messages[n-2].Content()
	}
	if got != want {
		c.wrong("attempt %d goes on behind %q, the request says %q", attempt, want, got)
	}
	return want
}
