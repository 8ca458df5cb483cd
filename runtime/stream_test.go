package l0_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
)

// textStream makes a stream of one call of a function without an output schema.
func textStream(tb testing.TB, p *l0test.Provider, opts ...l0.CallOption) *l0.Stream[string] {
	tb.Helper()
	return l0.Call(tb.Context(), bind(tb, p), textFunction(), "in", append([]l0.CallOption{noRetry()}, opts...)...)
}

// noRetry keeps a call to one attempt.
func noRetry() l0.Option {
	return l0.WithPolicy(l0.Policy{Retry: retry.Config{Preset: retry.NoRetries}})
}

func textFunction() *l0.Function[string, string] {
	return &l0.Function[string, string]{
		Name: "Echo", Version: 2, Hash: "h1:00", Models: []l0.ModelName{"fast"},
		Render: func(in, format string) []l0.Message { return l0.Messages(format, l0.UserMessage(in)) },
	}
}

func bind(tb testing.TB, p *l0test.Provider, opts ...l0.ClientOption) *l0.Binding {
	tb.Helper()
	b, err := l0.Bind(l0.NewClient(p), &l0.Package{Name: "echo", Models: []l0.Model{
		{Name: "fast", Provider: p.Name(), ID: "f-1"},
		{Name: "slow", Provider: p.Name(), ID: "s-1"},
	}}, opts...)
	require.NoError(tb, err)
	return b
}

// both runs a test with sources read directly and with sources read by a pump.
func both(t *testing.T, reply l0test.Reply, test func(t *testing.T, p *l0test.Provider)) {
	t.Helper()
	for name, pumped := range map[string]bool{"direct": false, "pumped": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := reply
			own.Pumped = pumped
			p := l0test.NewProvider("p", own)
			test(t, p)
			assert.Zero(t, p.OpenStreams())
		})
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	photo := &l0.Media{URL: "https://example.com/x"}
	reply := l0test.Chunks(
		l0.Chunk{RequestID: "r-1", Usage: &l0.Usage{InputTokens: 5}},
		l0.Chunk{Reasoning: "hm"},
		l0.Chunk{Text: "Hello"}, l0.Chunk{}, l0.Chunk{Text: " you"},
		l0.Chunk{Data: photo},
		l0.Chunk{Finish: l0.FinishStop},
		l0.Chunk{Usage: &l0.Usage{InputTokens: 5, OutputTokens: 3}},
	)
	both(t, reply, func(t *testing.T, p *l0test.Provider) {
		var report l0.Report
		st := textStream(t, p, l0.Capture(&report))
		assert.Empty(t, p.Requests(), "a stream is lazy")
		var got []l0.Event
		for ev, err := range st.Events() {
			require.NoError(t, err)
			got = append(got, ev)
		}
		assert.Equal(t, []l0.Event{
			{Kind: l0.EventReasoning, Text: "hm", Attempt: 1},
			{Kind: l0.EventToken, Text: "Hello", Attempt: 1},
			{Kind: l0.EventToken, Text: " you", Attempt: 1},
			{Kind: l0.EventData, Data: photo, Attempt: 1},
			{Kind: l0.EventComplete, Attempt: 1},
		}, got)
		for range 2 {
			text, err := st.Result()
			require.NoError(t, err)
			assert.Equal(t, "Hello you", text)
		}
		assert.Equal(t, "Hello you", st.Checkpoint())
		assert.Equal(t, report, st.Report())
		require.Len(t, report.Attempts, 1)
		a := report.Attempts[0]
		assert.Equal(t, 3, a.Tokens)
		assert.Equal(t, 9, a.Bytes)
		assert.Equal(t, "r-1", a.RequestID)
		assert.Equal(t, l0.FinishStop, report.Finish)
		assert.GreaterOrEqual(t, a.Duration, a.TimeToFirstToken)
		usage, known := report.Usage()
		assert.True(t, known)
		assert.Equal(t, l0.Usage{InputTokens: 5, OutputTokens: 3}, usage, "the last one counts")
	})
}

func TestText(t *testing.T) {
	t.Parallel()
	both(t, l0test.Text("one two three"), func(t *testing.T, p *l0test.Provider) {
		var b strings.Builder
		for text, err := range textStream(t, p).Text() {
			require.NoError(t, err)
			b.WriteString(text)
		}
		assert.Equal(t, "one two three", b.String())
	})
}

func TestIteratorsConform(t *testing.T) {
	t.Parallel()
	replies := map[string]l0test.Reply{
		"success": l0test.Text("a b c"),
		"failure": l0test.Fail("a b c", errors.New("bad luck")),
		"cut":     l0test.Cut("a b"),
	}
	for name, reply := range replies {
		for _, pumped := range []bool{false, true} {
			reply.Pumped = pumped
			fresh := func() (*l0.Stream[string], func() bool) {
				p := l0test.NewProvider("p", reply)
				return textStream(t, p), func() bool { return p.OpenStreams() == 0 }
			}
			t.Run("events/"+name, func(t *testing.T) {
				t.Parallel()
				l0test.TestIterator(t, func() (iter.Seq2[l0.Event, error], func() bool) {
					st, closed := fresh()
					return st.Events(), closed
				})
			})
			t.Run("text/"+name, func(t *testing.T) {
				t.Parallel()
				l0test.TestIterator(t, func() (iter.Seq2[string, error], func() bool) {
					st, closed := fresh()
					return st.Text(), closed
				})
			})
		}
	}
}

func TestBreakAbandons(t *testing.T) {
	t.Parallel()
	both(t, l0test.Hang("one two three"), func(t *testing.T, p *l0test.Provider) {
		st := textStream(t, p)
		for range st.Text() {
			break
		}
		assert.Zero(t, p.OpenStreams())
		_, err := st.Result()
		require.ErrorIs(t, err, l0.ErrAbandoned)
		e, ok := errors.AsType[*l0.Error](err)
		require.True(t, ok)
		assert.Equal(t, "one", e.Partial)
		assert.Equal(t, e, st.Report().Err)
		for _, err := range st.Events() {
			require.ErrorIs(t, err, l0.ErrStreamUsed)
		}
	})
}

func TestLeavingAtCompletionIsSuccess(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p", l0test.Text("done"))
	st := textStream(t, p)
	for ev := range st.Events() {
		if ev.Kind == l0.EventComplete {
			assert.Zero(t, p.OpenStreams(), "closed before the consumer hears of it")
			break
		}
	}
	text, err := st.Result()
	require.NoError(t, err)
	assert.Equal(t, "done", text)
}

func TestPanicOfTheLoop(t *testing.T) {
	t.Parallel()
	both(t, l0test.Hang("one two"), func(t *testing.T, p *l0test.Provider) {
		st := textStream(t, p)
		assert.PanicsWithValue(t, "mine", func() {
			for range st.Text() {
				panic("mine")
			}
		})
		_, err := st.Result()
		require.ErrorIs(t, err, l0.ErrAbandoned)
	})
}

func TestResultInsideTheLoop(t *testing.T) {
	t.Parallel()
	st := textStream(t, l0test.NewProvider("p", l0test.Text("one two")))
	for _, err := range st.Text() {
		require.NoError(t, err)
		_, err := st.Result()
		require.ErrorIs(t, err, l0.ErrStreamUsed)
	}
	_, err := st.Result()
	require.NoError(t, err)
}

func TestClose(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p")
	st := textStream(t, p)
	st.Close()
	st.Close()
	_, err := st.Result()
	require.ErrorIs(t, err, l0.ErrAbandoned)
	for _, err := range st.Events() {
		require.ErrorIs(t, err, l0.ErrAbandoned)
	}
	assert.Empty(t, p.Requests())

	both(t, l0test.Hang("one"), func(t *testing.T, p *l0test.Provider) {
		st := textStream(t, p)
		var last error
		for ev, err := range st.Events() {
			if ev.Kind == l0.EventToken {
				go st.Close()
			}
			last = err
		}
		require.ErrorIs(t, last, l0.ErrAbandoned)
		st.Close()
	})
	var none *l0.Stream[string]
	none.Close()
	_, err = none.Result()
	require.Error(t, err)
	for _, err := range new(l0.Stream[string]).Events() {
		require.Error(t, err)
	}
}

func TestReplyMustBeComplete(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]l0test.Reply{
		"no finish reason": {Chunks: l0test.Pieces("half of")},
		"nothing at all":   {},
		"cut":              l0test.Cut("half of"),
		"length":           l0test.Chunks(l0.Chunk{Text: "half of", Finish: l0.FinishLength}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, reply, func(t *testing.T, p *l0test.Provider) {
				_, err := textStream(t, p).Result()
				require.ErrorIs(t, err, l0.ErrIncomplete)
				e, _ := errors.AsType[*l0.Error](err)
				assert.Equal(t, l0.CodeIncomplete, e.Code)
				assert.Equal(t, l0.CategoryContent, e.Category)
				assert.Equal(t, 1, e.Attempt)
				assert.NotContains(t, err.Error(), "half")
				if name != "nothing at all" {
					assert.Equal(t, "half of", e.Partial)
				}
			})
		})
	}
}

func TestZeroOutput(t *testing.T) {
	t.Parallel()
	finish := l0.Chunk{Finish: l0.FinishStop}
	for name, reply := range map[string]l0test.Reply{
		"nothing": l0test.Chunks(finish),
		"blanks":  l0test.Chunks(l0.Chunk{Text: " \r\n\t\u200b\ufeff\u00a0"}, finish),
		"thought": l0test.Chunks(l0.Chunk{Reasoning: "hm"}, finish),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := textStream(t, l0test.NewProvider("p", reply)).Result()
			require.ErrorIs(t, err, l0.ErrZeroOutput)
			off := l0.WithPolicy(l0.Policy{Guardrails: guard.Config{ZeroOutput: guard.Off}})
			_, err = textStream(t, l0test.NewProvider("p", reply), off).Result()
			require.NoError(t, err)
		})
	}
	for name, reply := range map[string]l0test.Reply{
		"data":    l0test.Chunks(l0.Chunk{Data: &l0.Media{URL: "https://example.com/x"}}, finish),
		"Chinese": l0test.Text("好"),
		"digits":  l0test.Text("11"),
		"list":    l0test.Text("[]"),
	} {
		_, err := textStream(t, l0test.NewProvider("p", reply)).Result()
		require.NoError(t, err, name)
	}
}

func TestMaxReplyBytes(t *testing.T) {
	t.Parallel()
	limit := l0.WithPolicy(l0.Policy{Limits: l0.Limits{MaxReplyBytes: 7}})
	both(t, l0test.Text("one two three"), func(t *testing.T, p *l0test.Provider) {
		_, err := textStream(t, p, limit).Result()
		require.ErrorIs(t, err, l0.ErrTooLarge)
		assert.ErrorContains(t, err, "limits.max_reply_bytes")
		e, _ := errors.AsType[*l0.Error](err)
		assert.Equal(t, "one two", e.Partial)
	})
	_, err := textStream(t, l0test.NewProvider("p", l0test.Text("one two")), limit).Result()
	require.NoError(t, err, "exactly at the limit")
	_, err = textStream(t, l0test.NewProvider("p", l0test.Chunks(l0.Chunk{Reasoning: "eight___"})), limit).Result()
	require.ErrorIs(t, err, l0.ErrTooLarge, "thinking counts")
}

func TestProviderErrors(t *testing.T) {
	t.Parallel()
	overloaded := &l0.ProviderError{StatusCode: 529, Type: "overloaded_error", Message: "secret text", RetryAfter: 7}
	for name, c := range map[string]struct {
		reply    l0test.Reply
		is       error
		category l0.Category
	}{
		"refused":  {l0test.Refuse(&l0.ProviderError{StatusCode: 401, Message: "secret text"}), l0.ErrProvider, l0.CategoryFatal},
		"midway":   {l0test.Fail("x", overloaded), l0.ErrProvider, l0.CategoryTransient},
		"network":  {l0test.Fail("x", &net.OpError{Op: "read", Err: errors.New("secret text")}), l0.ErrNetwork, l0.CategoryNetwork},
		"other":    {l0test.Refuse(errors.New("secret text")), l0.ErrProvider, l0.CategoryModel},
		"own":      {l0test.Refuse(&l0.Error{Code: l0.CodeFeatureNotEnabled}), l0.ErrNotConfigured, l0.CategoryInternal},
		"eof open": {l0test.Refuse(io.EOF), l0.ErrNetwork, l0.CategoryNetwork},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, c.reply, func(t *testing.T, p *l0test.Provider) {
				_, err := textStream(t, p).Result()
				require.ErrorIs(t, err, c.is)
				e, ok := errors.AsType[*l0.Error](err)
				require.True(t, ok)
				assert.Equal(t, c.category, e.Category)
				assert.Equal(t, "Echo", e.Function)
				assert.NotContains(t, err.Error(), "secret")
				if name == "midway" {
					assert.Equal(t, 529, e.StatusCode)
					assert.EqualValues(t, 7, e.RetryAfter)
					require.ErrorIs(t, err, overloaded)
				}
			})
		})
	}
}

// faulty is a provider and a source that can misbehave in every place.
type faulty struct {
	open   func() (l0.Source, error)
	next   func() (l0.Chunk, error)
	direct bool
}

func (f faulty) Name() string { return "faulty" }

func (f faulty) Open(context.Context, *l0.Request) (l0.Source, error) { return f.open() }

func (f faulty) Next() (l0.Chunk, error) { return f.next() }

func (f faulty) Close() error { panic("in Close") }

func (f faulty) UnblocksOnClose() bool { return f.direct }

func TestFaultyProviders(t *testing.T) {
	t.Parallel()
	panicking := func() (l0.Chunk, error) { panic(errors.New("secret text")) }
	for name, c := range map[string]struct {
		open func() (l0.Source, error)
		is   error
	}{
		"nil source":   {func() (l0.Source, error) { return nil, nil }, l0.ErrInvalidStream},
		"open panics":  {func() (l0.Source, error) { panic("secret text") }, l0.ErrPanic},
		"next panics":  {func() (l0.Source, error) { return faulty{next: panicking}, nil }, l0.ErrPanic},
		"direct next":  {func() (l0.Source, error) { return faulty{next: panicking, direct: true}, nil }, l0.ErrPanic},
		"typed nil":    {func() (l0.Source, error) { return (*faulty)(nil), nil }, l0.ErrPanic},
		"both results": {func() (l0.Source, error) { return faulty{}, io.ErrClosedPipe }, io.ErrClosedPipe},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := l0.Bind(l0.NewClient(l0.WithProvider(faulty{open: c.open})), &l0.Package{
				Models: []l0.Model{{Name: "fast", Provider: "faulty"}},
			})
			require.NoError(t, err)
			_, err = l0.Call(t.Context(), b, textFunction(), "in", noRetry()).Result()
			require.ErrorIs(t, err, c.is)
			assert.NotContains(t, err.Error(), "secret")
		})
	}
}

func TestCallCodeOfTheUser(t *testing.T) {
	t.Parallel()
	b := bind(t, l0test.NewProvider("p"))
	fn := textFunction()
	fn.Render = func(string, string) []l0.Message { panic("in Render") }
	_, err := l0.Call(t.Context(), b, fn, "in").Result()
	require.ErrorIs(t, err, l0.ErrPanic)
	assert.Nil(t, fn.Messages("in"))
	fn.Render = nil
	_, err = l0.Call(t.Context(), b, fn, "in").Result()
	require.ErrorIs(t, err, l0.ErrNotConfigured)

	_, err = l0.Call[string, string](t.Context(), b, nil, "in").Result()
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	_, err = l0.Call(t.Context(), nil, textFunction(), "in").Result()
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	_, err = l0.Call(t.Context(), b, textFunction(), "in", l0.UseModel("none"), nil).Result()
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	assert.ErrorContains(t, err, `"none"`)
	var none context.Context // what a careless caller gives
	_, err = l0.Call(none, b, textFunction(), "in").Result()
	require.Error(t, err)
}
