package openai_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

// serve returns a provider whose server answers with handler.
func serve(tb testing.TB, handler http.HandlerFunc, opts ...openai.Option) (*openai.ChatCompletions, *wiretest.Server) {
	tb.Helper()
	s := wiretest.Serve(tb, handler)
	opts = append([]openai.Option{openai.WithBaseURL(s.URL + "/v1"), openai.WithHTTPClient(s.Client())}, opts...)
	return openai.Provider(opts...), s
}

// answer returns what comes out of a stream of these chunks, each a JSON text.
func answer(t *testing.T, req *l0.Request, chunks ...string) (wiretest.Reply, error) {
	t.Helper()
	p, _ := serve(t, wiretest.Stream("data: "+strings.Join(chunks, "\n\ndata: ")+"\n\n"))
	return wiretest.Call(t, p, req)
}

func delta(members string) string {
	return `{"choices":[{"index":0,"delta":{` + members + `},"finish_reason":null}]}`
}

func finish(reason string) string {
	return `{"choices":[{"index":0,"delta":{},"finish_reason":"` + reason + `"}]}`
}

func TestFinishReasons(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]l0.FinishReason{
		"stop": l0.FinishStop, "length": l0.FinishLength, "content_filter": l0.FinishContentFilter, "tool_calls": l0.FinishTool,
		"function_call": l0.FinishTool, "max_tokens": l0.FinishLength, "eos": l0.FinishStop, "something_new": "something_new",
	} {
		r, err := answer(t, wiretest.NewRequest(), delta(`"content":"x"`), finish(word), "[DONE]")
		require.NoError(t, err)
		assert.Equal(t, want, r.Finish, word)
	}
	for _, word := range []string{"error", "insufficient_system_resource"} {
		r, err := answer(t, wiretest.NewRequest(), delta(`"content":"x"`), finish(word), "[DONE]")
		failed, ok := errors.AsType[*l0.ProviderError](err)
		require.True(t, ok, "the server gave up")
		assert.Equal(t, 503, failed.StatusCode)
		assert.Equal(t, "x", r.Text)
	}
}

func TestFinishWithoutDone(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), delta(`"content":"x"`), finish("stop"))
	require.NoError(t, err)
	assert.Equal(t, "x", r.Text)
	assert.Nil(t, r.Usage, "unknown")
}

func TestFinishThenBrokenConnection(t *testing.T) {
	t.Parallel()
	p, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		wiretest.Stream(textEvent("x"), stopEvent)(w, r)
		panic(http.ErrAbortHandler)
	})
	r, err := wiretest.Call(t, p, wiretest.NewRequest())
	require.NoError(t, err, "the reply is complete")
	assert.Equal(t, "x", r.Text)
}

func TestUsage(t *testing.T) {
	t.Parallel()
	const one, two = `"usage":{"prompt_tokens":9,"completion_tokens":1}`, `"usage":{"prompt_tokens":9,"completion_tokens":2}`
	x := delta(`"content":"x"`)
	with := func(chunk, usage string) string { return strings.TrimSuffix(chunk, "}") + "," + usage + "}" }
	for name, c := range map[string]struct {
		chunks []string
		want   *l0.Usage
	}{
		"never":  {[]string{x, finish("stop")}, nil},
		"null":   {[]string{with(x, `"usage":null`), finish("stop")}, nil},
		"zero":   {[]string{with(x, `"usage":{"prompt_tokens":0,"completion_tokens":0}`), finish("stop")}, nil},
		"first":  {[]string{with(x, one), finish("stop")}, &l0.Usage{InputTokens: 9, OutputTokens: 1}},
		"last":   {[]string{x, finish("stop"), `{"choices":[],` + two + `}`}, &l0.Usage{InputTokens: 9, OutputTokens: 2}},
		"both":   {[]string{with(x, one), finish("stop"), `{"choices":[],` + two + `}`}, &l0.Usage{InputTokens: 9, OutputTokens: 2}},
		"every":  {[]string{with(x, one), with(x, two), with(finish("stop"), two)}, &l0.Usage{InputTokens: 9, OutputTokens: 2}},
		"choice": {[]string{`{"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop",` + two + `}]}`}, &l0.Usage{InputTokens: 9, OutputTokens: 2}},
		"details": {
			[]string{with(finish("stop"), `"usage":{"prompt_tokens":9,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},`+
				`"completion_tokens_details":{"reasoning_tokens":5},"total_tokens":16}`)},
			&l0.Usage{InputTokens: 9, OutputTokens: 7, CachedTokens: 4, ReasoningTokens: 5},
		},
		"DeepSeek": {
			[]string{with(finish("stop"), `"usage":{"prompt_tokens":9,"completion_tokens":7,"prompt_cache_hit_tokens":6,"prompt_cache_miss_tokens":3}`)},
			&l0.Usage{InputTokens: 9, OutputTokens: 7, CachedTokens: 6},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := answer(t, wiretest.NewRequest(), append(c.chunks, "[DONE]")...)
			require.NoError(t, err)
			assert.Equal(t, c.want, r.Usage)
		})
	}
}

func TestReasoning(t *testing.T) {
	t.Parallel()
	for name, piece := range map[string]string{
		"DeepSeek":   `"content":null,"reasoning_content":"hm"`,
		"OpenRouter": `"content":"","reasoning":"hm","reasoning_details":[{"type":"reasoning.text","text":"hm"}]`,
		"both":       `"reasoning":"hm","reasoning_content":"hm"`,
		"one null":   `"reasoning_content":"hm","reasoning":null`,
		"Mistral":    `"content":[{"type":"thinking","thinking":[{"type":"text","text":"h"},{"type":"text","text":"m"}]}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := answer(t, wiretest.NewRequest(), delta(piece), delta(`"content":[{"type":"text","text":"x"}]`), finish("stop"))
			require.NoError(t, err)
			assert.Equal(t, "hm", r.Reasoning)
			assert.Equal(t, "x", r.Text)
		})
	}
}

func TestRefusal(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), delta(`"refusal":"I "`), delta(`"refusal":"won't."`), finish("stop"), "[DONE]")
	require.NoError(t, err)
	assert.Equal(t, "I won't.", r.Text)
	assert.Equal(t, l0.FinishContentFilter, r.Finish)
}

func TestOnlyFirstChoiceCounts(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(),
		`{"choices":[{"index":1,"delta":{"content":"no"},"finish_reason":null}]}`,
		`{"choices":[{"delta":{"content":"a","tool_calls":[]},"index":0},{"delta":{"content":"no","tool_calls":[{"index":0,"id":"no"}]},"index":1}]}`,
		`{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}`,
		`{"choices":[{"index":2,"delta":{"content":"no"}},{"index":0,"delta":{"content":"b"}}]}`,
		finish("stop"), "[DONE]")
	require.NoError(t, err)
	assert.Equal(t, "ab", r.Text)
	assert.Equal(t, l0.FinishStop, r.Finish)
	assert.Empty(t, r.Tools)
	_, err = answer(t, wiretest.NewRequest(), delta(`"content":"x"`), `{"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}`, "[DONE]")
	assert.Equal(t, io.ErrUnexpectedEOF, err, "the end of another choice is not that of the first")
}

func TestTools(t *testing.T) {
	t.Parallel()
	want := []l0.ToolDelta{{Index: 0, ID: "a", Name: "f", Arguments: `{"x":1}`}, {Index: 1, ID: "b", Name: "g", Arguments: `{}`}}
	for name, chunks := range map[string][]string{
		"pieces": {
			delta(`"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]`),
			delta(`"role":"assistant","tool_calls":[{"index":0,"function":{"arguments":"{\"x\""}}]`),
			delta(`"role":"assistant","tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}},{"index":0,"function":{"arguments":":1}"}}]`),
		},
		"whole": {
			delta(`"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}},{"index":null,"id":"b","function":{"name":"g","arguments":{}}}]`),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := answer(t, wiretest.NewRequest(), append(chunks, finish("tool_calls"), "[DONE]")...)
			require.NoError(t, err)
			assert.Equal(t, want, r.Tools)
			assert.Equal(t, l0.FinishTool, r.Finish)
			assert.Empty(t, r.Text)
		})
	}
}

func TestForcedTool(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.Schema, req.OutputMode = personSchema, l0.OutputTool
	for name, chunks := range map[string][]string{
		"pieces": {
			delta(`"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"Greet","arguments":""}}]`),
			delta(`"tool_calls":[{"index":0,"function":{"arguments":"{\"name\":"}}]`), delta(`"tool_calls":[{"index":0,"function":{"arguments":"\"Ann\"}"}}]`),
		},
		"whole":  {delta(`"tool_calls":[{"index":0,"function":{"name":"Greet","arguments":"{\"name\":\"Ann\"}"}}]`)},
		"object": {delta(`"tool_calls":[{"index":0,"function":{"name":"Greet","arguments":{"name":"Ann"}}}]`)},
		"old":    {delta(`"function_call":{"name":"Greet","arguments":"{\"name\":\"Ann\"}"}`)},
		"twice": {
			delta(`"tool_calls":[{"index":0,"function":{"arguments":"{\"name\":\"Ann\"}"}},{"index":1,"function":{"arguments":"{\"name\":\"Bob\"}"}}]`),
		},
	} {
		for _, reason := range []string{"stop", "tool_calls"} {
			t.Run(name+" "+reason, func(t *testing.T) {
				t.Parallel()
				r, err := answer(t, req, append(chunks, finish(reason), "[DONE]")...)
				require.NoError(t, err)
				assert.Equal(t, `{"name":"Ann"}`, r.Text)
				assert.Equal(t, l0.FinishStop, r.Finish)
				assert.Empty(t, r.Tools)
			})
		}
	}
}

func TestErrorsInTheStream(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]l0.ProviderError{
		`{"error":{"message":"m","type":"server_error"}}`:                          {StatusCode: 500, Type: "server_error", Message: "m"},
		`{"error":{"message":"m","type":"rate_limit_error","code":"slow"}}`:        {StatusCode: 429, Type: "rate_limit_error", Code: "slow", Message: "m"},
		`{"error":{"message":"m","type":"requests","code":"rate_limit_exceeded"}}`: {StatusCode: 429, Type: "requests", Code: "rate_limit_exceeded", Message: "m"},
		`{"error":{"message":"m","code":502},"choices":[]}`:                        {StatusCode: 502, Code: "502", Message: "m"},
		`{"error":"m"}`: {Message: "m"},
		`{"object":"error","message":"m","code":400,"type":"BadRequestError"}`: {StatusCode: 400, Code: "400", Type: "BadRequestError", Message: "m"},
		`{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error","error":{"code":502,"message":"m"}}]}`: {
			StatusCode: 502, Code: "502", Message: "m",
		},
	} {
		r, err := answer(t, wiretest.NewRequest(), delta(`"content":"x"`), data, finish("stop"), "[DONE]")
		failed, ok := errors.AsType[*l0.ProviderError](err)
		require.True(t, ok, "%s: %v", data, err)
		assert.Equal(t, want, *failed, data)
		assert.Equal(t, "x", r.Text)
	}
	r, err := answer(t, wiretest.NewRequest(), `{"error":null,"choices":[{"delta":{"content":"x"}}]}`, `{"error":{},"choices":[]}`, finish("stop"))
	require.NoError(t, err, "an empty error is none")
	assert.Equal(t, "x", r.Text)
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	p, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "req-7")
		wiretest.Stream(roleEvent, textEvent("x"), stopEvent)(w, r)
	})
	r, err := wiretest.Call(t, p, wiretest.NewRequest())
	require.NoError(t, err)
	assert.Equal(t, "req-7", r.RequestID)
	p, _ = serve(t, wiretest.Fail(500, `{}`, "X-Request-Id", "req-8"))
	_, err = wiretest.Call(t, p, wiretest.NewRequest())
	failed, ok := errors.AsType[*l0.ProviderError](err)
	require.True(t, ok)
	assert.Equal(t, "req-8", failed.RequestID)
	assert.Equal(t, "{}", failed.Message[len(failed.Message)-2:])
}
