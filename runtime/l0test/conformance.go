package l0test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// TestProvider checks that an [l0.Provider] reads a wire right. open makes the provider for a
// server at a base URL, as [Server.BaseURL] gives it, and the model to ask; it is called
// several times, and may put the URL into either.
//
// Against a simulated server it checks that text, reasoning, tool calls, usage and finish
// reasons arrive whole, whatever the framing; that a schema is enforced in each mode that an
// [l0.SchemaEnforcer] offers; that a stream without its terminal event is
// [io.ErrUnexpectedEOF]; that statuses and error objects become [*l0.ProviderError] with
// status, type and RetryAfter; that anything else that is not right is an error and not a
// short success; that Close and the end of the context stop a read and the connection within
// 100 ms; and that no goroutine is left.
//
// One event is of 40 MB; with -short of 5 MB.
//
// With L0TEST_OPENAI_BASE_URL in the environment (or L0TEST_ANTHROPIC_…, L0TEST_GEMINI_…) it
// also asks that real endpoint for a short text, with the key L0TEST_OPENAI_API_KEY and the
// model L0TEST_OPENAI_MODEL, if they are set. That may cost money.
func TestProvider(t *testing.T, wire Wire, open func(baseURL string) (l0.Provider, l0.Model)) {
	t.Helper()
	id := t.Name() + " " + strconv.FormatInt(time.Now().UnixNano(), 36)
	// Goroutines inherit the label, which tells those of the provider from all others.
	pprof.Do(t.Context(), pprof.Labels(leakLabel, id), func(ctx context.Context) {
		for _, check := range conformanceChecks() {
			t.Run(check.name, func(t *testing.T) {
				if err := runCheck(ctx, check, wire, open); err != nil {
					t.Error(err)
				}
			})
		}
		t.Run("live", func(t *testing.T) { testLive(ctx, t, wire, open) })
	})
	t.Run("no goroutine left", func(t *testing.T) {
		const patience = 5 * time.Second
		if left := leftBehind(id, patience); left != "" {
			t.Errorf("goroutines of the provider are left:\n%s", left)
		}
	})
}

const leakLabel = "l0test"

// leftBehind returns the goroutines with a label that do not end in time.
func leftBehind(id string, patience time.Duration) string {
	const pause = 20 * time.Millisecond
	for start := time.Now(); ; {
		var all bytes.Buffer
		_ = pprof.Lookup("goroutine").WriteTo(&all, 1) // a buffer takes everything
		var found []string
		for record := range strings.SplitSeq(all.String(), "\n\n") {
			if strings.Contains(record, strconv.Quote(id)) {
				found = append(found, record)
			}
		}
		if len(found) == 0 || time.Since(start) > patience {
			return strings.Join(found, "\n\n")
		}
		sleep(context.Background(), pause, false)
	}
}

// conformanceCheck is one check of TestProvider.
type conformanceCheck struct {
	name string
	run  func(c *conformance) error
}

// conformance is what a check works with.
type conformance struct {
	ctx  context.Context //nolint:containedctx // it lasts as long as the check
	wire Wire
	open func(string) (l0.Provider, l0.Model)
	srv  *Server
	req  *l0.Request
}

func runCheck(ctx context.Context, check conformanceCheck, wire Wire, open func(string) (l0.Provider, l0.Model)) (err error) {
	const limit = time.Minute
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errors.New("the check took more than a minute"))
	defer cancel()
	c := &conformance{ctx: ctx, wire: wire, open: open}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the provider panicked: %v", r)
		}
		if c.srv != nil {
			c.srv.Close()
		}
	}()
	return check.run(c)
}

// serve starts a new server and returns the provider for it.
func (c *conformance) serve(opts ...ServerOption) (l0.Provider, error) {
	if c.srv != nil {
		c.srv.Close()
	}
	srv, err := StartServer(context.WithoutCancel(c.ctx), "127.0.0.1:0", opts...)
	if err != nil {
		return nil, err
	}
	c.srv = srv
	p, model := c.open(srv.BaseURL(c.wire))
	c.req = &l0.Request{
		Function: "conformance", Version: 1, Attempt: 1, Model: model, APIKey: "test-key",
		Messages: []l0.Message{l0.SystemMessage("Be brief."), l0.UserMessage("Say something.")},
	}
	return p, nil
}

// answer asks a new server and reads the whole stream.
func (c *conformance) answer(opts ...ServerOption) (outcome, error) {
	p, err := c.serve(opts...)
	if err != nil {
		return outcome{}, err
	}
	return c.ask(p), nil
}

// outcome is what a stream said. An error of Open counts as its first.
type outcome struct {
	text, reasoning string
	tools           []l0.ToolDelta
	usage           *l0.Usage
	finish          l0.FinishReason
	err             error
}

func (c *conformance) ask(p l0.Provider) outcome {
	src, err := p.Open(c.ctx, c.req)
	if err != nil {
		return outcome{err: fmt.Errorf("Open: %w", err)}
	}
	defer src.Close() //nolint:errcheck // a check of its own looks at it
	return drain(src)
}

func drain(src l0.Source) outcome {
	var out outcome
	var text, reasoning strings.Builder
	for {
		chunk, err := src.Next()
		if err != nil {
			out.text, out.reasoning, out.err = text.String(), reasoning.String(), err
			return out
		}
		text.WriteString(chunk.Text)
		reasoning.WriteString(chunk.Reasoning)
		if chunk.Tool != nil {
			out.tools = addTool(out.tools, *chunk.Tool)
		}
		if chunk.Usage != nil {
			out.usage = chunk.Usage
		}
		if chunk.Finish != "" {
			out.finish = chunk.Finish
		}
	}
}

// addTool puts the pieces of tool calls together.
func addTool(calls []l0.ToolDelta, d l0.ToolDelta) []l0.ToolDelta {
	for i := range calls {
		if calls[i].Index == d.Index {
			calls[i].Arguments += d.Arguments
			return calls
		}
	}
	return append(calls, d)
}

// complete checks that a stream was whole.
func (o outcome) complete(text string, finish l0.FinishReason) error {
	switch {
	case !errors.Is(o.err, io.EOF):
		return fmt.Errorf("the stream ended with %w, want io.EOF", o.err)
	case o.text != text:
		return fmt.Errorf("the text is %s, want %s", short(o.text), short(text))
	case o.finish != finish:
		return fmt.Errorf("the finish reason is %q, want %q", o.finish, finish)
	}
	return nil
}

// short quotes the beginning and the length of a text.
func short(text string) string {
	const enough = 80
	if len(text) > enough {
		return fmt.Sprintf("%.80q… (%d bytes)", text, len(text))
	}
	return strconv.Quote(text)
}

// testLive asks a real endpoint, if the environment names one.
func testLive(ctx context.Context, t *testing.T, wire Wire, open func(string) (l0.Provider, l0.Model)) {
	t.Helper()
	prefix := "L0TEST_" + strings.ToUpper(string(wire)) + "_"
	url := os.Getenv(prefix + "BASE_URL")
	if url == "" {
		t.Skip(prefix + "BASE_URL is not set")
	}
	p, model := open(url)
	if id := os.Getenv(prefix + "MODEL"); id != "" {
		model.ID = id
	}
	c := &conformance{ctx: ctx, wire: wire, req: &l0.Request{
		Function: "conformance", Version: 1, Attempt: 1, Model: model, APIKey: l0.Secret(os.Getenv(prefix + "API_KEY")),
		Messages: []l0.Message{l0.UserMessage("Answer with the word yes.")},
	}}
	out := c.ask(p)
	if err := out.complete(out.text, l0.FinishStop); err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(out.text) == "" || out.usage == nil || out.usage.OutputTokens == 0 || out.usage.InputTokens == 0 {
		t.Errorf("text %s, usage %+v", short(out.text), out.usage)
	}
}
