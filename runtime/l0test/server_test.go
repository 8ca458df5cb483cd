package l0test_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

const reply = `Grüße aus Köln: "12 Äpfel", \ and 世界 — that is all.` + "\n\tEnd."

func TestTextStreams(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		srv := l0test.NewServer(t, l0test.WithReplies(l0test.Text(reply)))
		resp, text, err := ask(t, srv, w, true, "Hello, world", "")
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, resp.StatusCode)
		assert.Equal(t, "text/event-stream; charset=utf-8", resp.Header.Get("Content-Type"))
		s := read(t, w, text)
		assert.Equal(t, reply, s.text)
		assert.Equal(t, finishes(w)[0], s.finish)
		assert.True(t, s.done)
		assert.Empty(t, s.other)
		require.NotEmpty(t, s.usage)
		assert.InDelta(t, len(reply)/3, s.usage[len(s.usage)-1], 8)
		assert.True(t, strings.HasSuffix(text, "\n\n"))
	})
}

func TestWholeReplies(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		srv := l0test.NewServer(t, l0test.WithReplies(l0test.Chunks(l0.Chunk{Reasoning: "hm"}, l0.Chunk{Text: reply}, l0.Chunk{
			Finish: l0.FinishLength, Usage: &l0.Usage{InputTokens: 9, OutputTokens: 8, ReasoningTokens: 3, CachedTokens: 2},
		})))
		resp, text, err := ask(t, srv, w, false, "Hello", "")
		require.NoError(t, err)
		assert.Equal(t, "application/json", resp.Header.Get("Content-Type"))
		var v any
		require.NoError(t, json.Unmarshal([]byte(text), &v), text)
		switch w {
		case l0test.WireOpenAI:
			assert.Equal(t, reply, str(v, "choices", 0, "message", "content"))
			assert.Equal(t, "hm", str(v, "choices", 0, "message", "reasoning_content"))
			assert.Equal(t, "length", str(v, "choices", 0, "finish_reason"))
			assert.InDelta(t, 17, dig(v, "usage", "total_tokens"), 0)
		case l0test.WireAnthropic:
			assert.Equal(t, "hm", str(v, "content", 0, "thinking"))
			assert.Equal(t, reply, str(v, "content", 1, "text"))
			assert.Equal(t, "max_tokens", str(v, "stop_reason"))
			assert.InDelta(t, 7, dig(v, "usage", "input_tokens"), 0, "without what was cached")
		case l0test.WireGemini:
			assert.Equal(t, "hm", str(v, "candidates", 0, "content", "parts", 0, "text"))
			assert.Equal(t, reply, str(v, "candidates", 0, "content", "parts", 1, "text"))
			assert.Equal(t, "MAX_TOKENS", str(v, "candidates", 0, "finishReason"))
			assert.InDelta(t, 5, dig(v, "usageMetadata", "candidatesTokenCount"), 0)
		}
	})
}

const ticket = `{"type":"object","properties":{"email":{"type":"string","format":"email"},"priority":{"enum":["low","high"]}},"required":["email","priority"],"additionalProperties":false}`

// forms says in each of the ways of a wire that the reply must fit the schema.
func forms(w l0test.Wire) map[l0.OutputMode]string {
	switch w {
	case l0test.WireAnthropic:
		return map[l0.OutputMode]string{
			l0.OutputNative: `"output_config":{"format":{"type":"json_schema","schema":` + ticket + `}}`,
			l0.OutputTool:   `"tools":[{"name":"x","input_schema":{}},{"name":"reply","input_schema":` + ticket + `}],"tool_choice":{"type":"tool","name":"reply"}`,
		}
	case l0test.WireGemini:
		return map[l0.OutputMode]string{
			l0.OutputNative: `"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":` + ticket + `}`,
			l0.OutputTool: `"tools":[{"functionDeclarations":[{"name":"reply","parametersJsonSchema":` + ticket + `}]}],` +
				`"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["reply"]}}`,
		}
	default:
		return map[l0.OutputMode]string{
			l0.OutputNative: `"response_format":{"type":"json_schema","json_schema":{"name":"reply","strict":true,"schema":` + ticket + `}}`,
			l0.OutputTool: `"tools":[{"type":"function","function":{"name":"reply","parameters":` + ticket + `}}],` +
				`"tool_choice":{"type":"function","function":{"name":"reply"}}`,
		}
	}
}

func TestRepliesFitTheSchema(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		modes := forms(w)
		modes[l0.OutputPrompt] = ""
		for mode, extra := range modes {
			prompt := "Classify."
			if mode == l0.OutputPrompt {
				f := l0.Function[string, any]{Schema: ticket, Render: func(in, format string) []l0.Message {
					return []l0.Message{l0.UserMessage(in + "\n\n" + format)}
				}}
				prompt = f.Messages("Classify.")[0].Text
			}
			srv := l0test.NewServer(t)
			_, text, err := ask(t, srv, w, true, prompt, extra)
			require.NoError(t, err)
			s := read(t, w, text)
			value := s.text
			if mode == l0.OutputTool {
				value = s.args
				assert.Empty(t, s.text)
			}
			assert.Regexp(t, `^\{"email":"\w+\.\w+@example\.com","priority":"(low|high)"\}$`, value, mode)
			assert.True(t, s.done)
			req := srv.Requests()[0]
			assert.Equal(t, mode, req.OutputMode)
			assert.JSONEq(t, ticket, req.Schema)
			assert.Equal(t, map[bool]string{true: "reply"}[mode == l0.OutputTool], req.Tool)

			_, text, err = ask(t, srv, w, false, prompt, extra)
			require.NoError(t, err)
			assert.True(t, json.Valid([]byte(text)), text)
			assert.Contains(t, text, "@example.com")
		}
	})
}

func TestReplyIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	get := func(seed uint64) string {
		srv := l0test.NewServer(t, l0test.WithSeed(seed))
		_, text, err := ask(t, srv, l0test.WireOpenAI, true, "Hi", forms(l0test.WireOpenAI)[l0.OutputNative])
		require.NoError(t, err)
		return text
	}
	assert.Equal(t, get(7), get(7))
	assert.NotEqual(t, get(7), get(8))
}

func TestWhichReplyIsGiven(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t,
		l0test.WithReplies(l0test.Text("first"), l0test.Auto()),
		l0test.WithReplyTo("weather", l0test.Text("sunny")),
		l0test.WithReplyToMatch(regexp.MustCompile(`\d+ \+ \d+`), l0test.Text("a sum")))
	for _, c := range [][2]string{{"hello", "first"}, {"the weather?", "sunny"}, {"1 + 22", "a sum"}, {"hello", ""}} {
		_, text, err := ask(t, srv, l0test.WireOpenAI, true, c[0], "")
		require.NoError(t, err)
		got := read(t, l0test.WireOpenAI, text).text
		if c[1] == "" {
			assert.Greater(t, len(got), 50, "made up")
		} else {
			assert.Equal(t, c[1], got)
		}
	}
	srv = l0test.NewServer(t, l0test.WithReplyFunc(func(r *l0test.ServerRequest) l0test.Reply {
		return l0test.Text(fmt.Sprint(r.Number, r.Model, r.Prompt(), r.Stream, r.Wire))
	}))
	_, text, err := ask(t, srv, l0test.WireGemini, true, "ping", "")
	require.NoError(t, err)
	assert.Equal(t, "1mpingtruegemini", read(t, l0test.WireGemini, text).text)
}

func TestRequestsAreKept(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t)
	in := `{"model":"gpt","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]},{"role":"assistant","content":null}],"max_completion_tokens":3}`
	post(t.Context(), t, srv.URL+"/v1/chat/completions", in, "Authorization", "Bearer sk-1", "X-Mine", "yes")
	post(t.Context(), t, srv.URL+"/openai/deployments/gpt-5/chat/completions?api-version=1", `{"messages":[{"role":"user","content":"x"}]}`, "Api-Key", "azure")
	reqs := srv.Requests()
	require.Len(t, reqs, 2)
	assert.Equal(t, in, string(reqs[0].Body))
	assert.Equal(t, "yes", reqs[0].Header.Get("X-Mine"))
	assert.Equal(t, "sk-1", string(reqs[0].APIKey))
	assert.Equal(t, 3, reqs[0].MaxOutputTokens)
	assert.Equal(t, []l0.Message{l0.SystemMessage("Be brief."), l0.UserMessage("ab"), l0.AssistantMessage("")}, reqs[0].Messages)
	assert.Equal(t, "gpt-5", reqs[1].Model)
	assert.Equal(t, "azure", string(reqs[1].APIKey))
}

func TestOldRequestsAreForgotten(t *testing.T) {
	t.Parallel()
	h, err := l0test.NewHandler(l0test.WithReplyFunc(func(*l0test.ServerRequest) l0test.Reply { return l0test.Text("x") }))
	require.NoError(t, err)
	send := func(content string) {
		_, text := body(l0test.WireOpenAI, false, content, "")
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/chat/completions", strings.NewReader(text))
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
	for range 1500 {
		send("x")
	}
	reqs := h.Requests()
	require.Len(t, reqs, 1000)
	assert.Equal(t, 501, reqs[0].Number)
	assert.Equal(t, 1500, reqs[999].Number)
	for range 3 {
		send(strings.Repeat("x", 30<<20))
	}
	reqs = h.Requests()
	require.Len(t, reqs, 2, "by their size")
	assert.Equal(t, 1503, reqs[1].Number)
}

func TestRequestsThatTheAPIWouldRefuse(t *testing.T) {
	t.Parallel()
	const openAI, anthropic, gemini = "/v1/chat/completions", "/v1/messages", "/v1beta/models/m:generateContent"
	tests := []struct{ path, body, want string }{
		{openAI, `{"model":`, "parse the JSON body"},
		{openAI, `{"messages":[{"role":"user","content":"x"}]}`, "you must provide a model parameter"},
		{openAI, `{"model":"m"}`, "Missing required parameter: 'messages'"},
		{openAI, `{"model":"m","messages":[]}`, "empty array"},
		{openAI, `{"model":"m","messages":[{"role":"robot","content":"x"}]}`, "Invalid value: 'robot'"},
		{openAI, `{"model":"m","messages":[{"role":"user","content":"x"}],"stream_options":{}}`, "only allowed when 'stream'"},
		{openAI, `{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}`, "the word 'json'"},
		{openAI, `{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema"}}`, "response_format.json_schema"},
		{openAI, `{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}`, "Invalid value: 'xml'"},
		{openAI, `{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"function","function":{"name":"f"}}}`, "not found in 'tools'"},
		{anthropic, `[]`, "parse the JSON body"},
		{anthropic, `{"max_tokens":1}`, "model: Field required"},
		{anthropic, `{"model":"m","messages":[{"role":"user","content":"x"}]}`, "max_tokens: Field required"},
		{anthropic, `{"model":"m","max_tokens":0}`, "greater than or equal to 1"},
		{anthropic, `{"model":"m","max_tokens":1}`, "at least one message"},
		{anthropic, `{"model":"m","max_tokens":1,"messages":[{"role":"system","content":"x"}]}`, "'user' or 'assistant'"},
		{anthropic, `{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"tool","name":"f"}}`, "Tool 'f' not found"},
		{gemini, `nope`, "parse the JSON body"},
		{gemini, `{}`, "contents is not specified"},
		{gemini, `{"contents":[{"role":"system","parts":[{"text":"x"}]}]}`, "valid role"},
		{gemini, `{"contents":[{"role":"user"}]}`, "parts must not be empty"},
		{gemini, `{"contents":[{"parts":[{"text":"x"}]}],"generationConfig":{"responseSchema":{}}}`, "application/json"},
		{"/v1beta/models/m:streamGenerateContent", `{"contents":[{"parts":[{"text":"x"}]}]}`, "alt=sse"},
	}
	srv := l0test.NewServer(t, l0test.WithFaults(l0test.Status(500)))
	for _, c := range tests {
		resp := post(t.Context(), t, srv.URL+c.path, c.body)
		var v any
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&v), c.body)
		assert.Equal(t, http.StatusBadRequest, resp.StatusCode, c.body)
		assert.Contains(t, str(v, "error", "message"), c.want, c.body)
	}
	assert.Len(t, srv.Requests(), len(tests))
	// None of them took the fault that was meant for the first good one.
	for _, status := range []int{500, 400} {
		resp, text, err := ask(t, srv, l0test.WireOpenAI, true, "x", `"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"$ref":"#/no"}}}`)
		require.NoError(t, err)
		assert.Equal(t, status, resp.StatusCode)
		assert.Equal(t, status == 400, strings.Contains(text, "Invalid schema"))
	}
	resp := post(t.Context(), t, srv.URL+anthropic, `{}`, "Anthropic-Version", "")
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"anthropic-version: header is required"`)
}

func TestKeysAndPaths(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t, l0test.WithAPIKey("right"))
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		header := map[l0test.Wire]string{l0test.WireOpenAI: "Authorization", l0test.WireAnthropic: "X-Api-Key", l0test.WireGemini: "X-Goog-Api-Key"}[w]
		prefix := map[l0test.Wire]string{l0test.WireOpenAI: "Bearer "}[w]
		path, in := body(w, true, "x", "")
		for key, status := range map[string]int{"": 401, prefix + "wrong": 401, prefix + "right": 200} {
			resp := post(t.Context(), t, srv.URL+path, in, header, key)
			text, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			assert.Equal(t, status, resp.StatusCode, "%s %s", key, text)
		}
	})
	get := func(method, path string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, http.NoBody)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer right")
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return resp.StatusCode, string(text)
	}
	status, text := get(http.MethodGet, "/v1/models")
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, text, `"object":"list"`)
	status, text = get(http.MethodPost, "/v1/completions")
	assert.Equal(t, http.StatusNotFound, status)
	assert.Contains(t, text, "Unknown request URL: POST /v1/completions")
	status, _ = get(http.MethodGet, "/v1/chat/completions")
	assert.Equal(t, http.StatusMethodNotAllowed, status)
}

func TestReasoningAndToolCalls(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		srv := l0test.NewServer(t, l0test.WithReplies(l0test.Chunks(
			l0.Chunk{Reasoning: "let me "}, l0.Chunk{Reasoning: "see"}, l0.Chunk{Text: "I call "},
			l0.Chunk{Tool: &l0.ToolDelta{Index: 0, ID: "c1", Name: "search", Arguments: `{"q":`}},
			l0.Chunk{Tool: &l0.ToolDelta{Index: 0, Arguments: `"x"}`}}, l0.Chunk{Finish: l0.FinishTool})))
		_, text, err := ask(t, srv, w, true, "x", "")
		require.NoError(t, err)
		s := read(t, w, text)
		assert.Equal(t, "let me see", s.reasoning)
		assert.Equal(t, "I call ", s.text)
		assert.Equal(t, `{"q":"x"}`, s.args)
		assert.Equal(t, map[l0test.Wire]string{l0test.WireOpenAI: "tool_calls", l0test.WireAnthropic: "tool_use", l0test.WireGemini: "STOP"}[w], s.finish)
		assert.Contains(t, text, `"name":"search"`)
	})
}

func TestTheLimitOfTokensHolds(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t, l0test.WithReplies(l0test.Text("aaaabbbbccccdddd")))
	_, text, err := ask(t, srv, l0test.WireOpenAI, true, "x", `"max_tokens":3`)
	require.NoError(t, err)
	s := read(t, l0test.WireOpenAI, text)
	assert.Equal(t, "aaaabbbbcccc", s.text)
	assert.Equal(t, "length", s.finish)
}

func TestScriptedErrors(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		srv := l0test.NewServer(t, l0test.WithReplies(
			l0test.Refuse(&l0.ProviderError{StatusCode: 429, Message: "slow down", RetryAfter: 1500 * time.Millisecond}),
			l0test.Refuse(errors.New("odd")),
			l0test.Fail("some text", &l0.ProviderError{StatusCode: 503}),
			l0test.Cut("some text"), l0test.Reply{}))
		resp, text, err := ask(t, srv, w, true, "x", "")
		require.NoError(t, err)
		assert.Equal(t, 429, resp.StatusCode)
		assert.Equal(t, "1500", resp.Header.Get("Retry-After-Ms"))
		assert.Contains(t, text, "slow down")
		resp, text, err = ask(t, srv, w, true, "x", "")
		require.NoError(t, err)
		assert.Equal(t, 500, resp.StatusCode)
		assert.Contains(t, text, "odd")
		resp, text, err = ask(t, srv, w, true, "x", "")
		require.NoError(t, err)
		assert.Equal(t, 200, resp.StatusCode)
		s := read(t, w, text)
		assert.Equal(t, "some text", s.text)
		assert.NotEmpty(t, s.errType)
		assert.False(t, s.done)
		_, _, err = ask(t, srv, w, true, "x", "")
		require.Error(t, err, "the connection breaks")
		_, text, err = ask(t, srv, w, true, "x", "")
		require.NoError(t, err)
		assert.False(t, read(t, w, text).done, "no finish reason, no end")
	})
}

func TestCancelledRequestsAreCounted(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		var observed []l0test.Exchange
		seen := make(chan l0test.Exchange, 2)
		srv := l0test.NewServer(t, l0test.WithFaults(l0test.EndlessAfter(2), l0test.Stall(2, 0)),
			l0test.WithObserver(func(x l0test.Exchange) { seen <- x }))
		for range 2 {
			ctx, cancel := context.WithCancel(t.Context())
			path, in := body(w, true, "x", "")
			resp := post(ctx, t, srv.URL+path, in)
			_, err := bufio.NewReader(resp.Body).ReadString('\n')
			require.NoError(t, err)
			assert.Equal(t, 1, srv.Open())
			cancel()
			require.NoError(t, srv.WaitIdle(t.Context()))
			observed = append(observed, <-seen)
		}
		require.NoError(t, srv.WaitCancelled(t.Context(), 2))
		assert.Equal(t, 2, srv.Cancelled())
		for _, x := range observed {
			assert.True(t, x.Cancelled)
			assert.Positive(t, x.Tokens)
		}
		assert.Equal(t, "endless:after=2", observed[0].Fault.String())
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, srv.WaitCancelled(gone, 3), context.Canceled)
	})
}

func TestCloseEndsEndlessStreams(t *testing.T) {
	t.Parallel()
	srv, err := l0test.StartServer(t.Context(), "127.0.0.1:0", l0test.WithFaults(l0test.EndlessAfter(0), l0test.Stall(0, 0)))
	require.NoError(t, err)
	for range 2 {
		path, in := body(l0test.WireOpenAI, true, "x", "")
		post(t.Context(), t, srv.URL+path, in)
	}
	assert.Equal(t, 2, srv.Open())
	srv.Close()
	srv.Close()
	assert.Zero(t, srv.Open())
}

func TestPace(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t, l0test.WithReplies(l0test.Text(strings.Repeat("word", 10))),
		l0test.WithDelay(20*time.Millisecond), l0test.WithTokensPerSecond(500))
	start := time.Now()
	_, text, err := ask(t, srv, l0test.WireOpenAI, true, "x", "")
	require.NoError(t, err)
	assert.GreaterOrEqual(t, time.Since(start), 38*time.Millisecond, "20 ms and nine tokens 2 ms apart")
	assert.Len(t, read(t, l0test.WireOpenAI, text).text, 40)
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for want, opt := range map[string]l0test.ServerOption{
		"status 999":        l0test.WithFaults(l0test.Status(999)),
		"not a whole":       l0test.WithReplies(l0test.Text("x").With(l0test.CutAfter(-1))),
		"not a duration":    l0test.WithReplyTo("x", l0test.Text("x").With(l0test.Delay(-1))),
		`did you mean "cut`: l0test.WithFaults(l0test.Random(0.5, "cutt")),
		"negative":          l0test.WithTokensPerSecond(-1),
	} {
		_, err := l0test.NewHandler(opt)
		require.ErrorContains(t, err, want)
	}
	_, err := l0test.StartServer(t.Context(), "nowhere:x")
	require.Error(t, err)
	srv := l0test.NewServer(t, l0test.WithReplyFunc(func(*l0test.ServerRequest) l0test.Reply {
		return l0test.Text("x").With(l0test.Status(7))
	}))
	resp, text, err := ask(t, srv, l0test.WireOpenAI, true, "x", "")
	require.NoError(t, err)
	assert.Equal(t, 500, resp.StatusCode)
	assert.Contains(t, text, "status 7")
}

func TestData(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		srv := l0test.NewServer(t, l0test.WithReplyTo("", l0test.Chunks(
			l0.Chunk{Data: &l0.Media{Type: "image/png", Bytes: []byte("hi")}}, l0.Chunk{Finish: l0.FinishStop})))
		for _, stream := range []bool{true, false} {
			resp, text, err := ask(t, srv, w, stream, "x", "")
			require.NoError(t, err)
			if w == l0test.WireGemini {
				assert.Contains(t, text, `{"inlineData":{"mimeType":"image/png","data":"aGk="}}`)
			} else {
				assert.Equal(t, 500, resp.StatusCode)
				assert.Contains(t, text, "cannot send data")
			}
		}
	})
}

func TestProviderRefusesWhatTakesAServer(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p", l0test.Text("x").With(l0test.CRLF()), l0test.Auto())
	for range 2 {
		_, err := p.Open(t.Context(), &l0.Request{})
		require.ErrorContains(t, err, "takes a Server")
	}
}

func BenchmarkServer(b *testing.B) {
	const tokens = 100_000
	text := l0test.Text(strings.Repeat(" tok", tokens))
	for _, w := range l0test.Wires() {
		b.Run(string(w), func(b *testing.B) {
			srv := l0test.NewServer(b, l0test.WithReplyTo("", text))
			path, in := body(w, true, "x", "")
			b.ReportAllocs()
			for b.Loop() {
				resp := post(b.Context(), b, srv.URL+path, in)
				n, err := countEvents(resp.Body)
				if err != nil || n < tokens {
					b.Fatal(n, err)
				}
				resp.Body.Close()
			}
			b.ReportMetric(float64(b.N)*tokens/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

func countEvents(r io.Reader) (int, error) {
	n, buf := 0, make([]byte, 64<<10)
	for {
		k, err := r.Read(buf)
		n += bytes.Count(buf[:k], []byte("\n\n"))
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// Gemini sends the arguments of a forced call as a value at the end, whatever pieces and lines they are in.
func TestForcedCallOfGemini(t *testing.T) {
	t.Parallel()
	args := "{\n\t\"a\": \"b\",\n\t\"c\": \"d\"\n}"
	srv := l0test.NewServer(t, l0test.WithReplies(
		l0test.Text(args), l0test.Chunks(l0.Chunk{Text: `{"a":"`}, l0.Chunk{Text: `"}`}, l0.Chunk{Finish: l0.FinishStop}),
	), l0test.WithFaults(l0test.Fault{}, l0test.Huge(1, 1000)))
	for _, want := range []string{`{"a":"b","c":"d"}`, `{"a":"` + strings.Repeat("x", 1000) + `"}`} {
		_, text, err := ask(t, srv, l0test.WireGemini, true, "call it", forms(l0test.WireGemini)[l0.OutputTool])
		require.NoError(t, err)
		assert.Contains(t, text, `"args":`+want+"}")
		assert.NotContains(t, text, "\n\t")
	}
}
