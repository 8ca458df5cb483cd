package anthropic_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

const personSchema = `{"type":"object","properties":{"name":{"type":"string","minLength":1}},"required":["name"],"additionalProperties":false}`

func serve(tb testing.TB, handler http.HandlerFunc, opts ...anthropic.Option) (*anthropic.Messages, *wiretest.Server) {
	tb.Helper()
	s := wiretest.Serve(tb, handler)
	opts = append([]anthropic.Option{anthropic.WithBaseURL(s.URL), anthropic.WithHTTPClient(s.Client())}, opts...)
	return anthropic.Provider(opts...), s
}

func answer(t *testing.T, req *l0.Request, events ...string) (wiretest.Reply, error) {
	t.Helper()
	p, _ := serve(t, wiretest.Stream(strings.Join(events, "")))
	return wiretest.Call(t, p, req)
}

func toolRequest() *l0.Request {
	req := wiretest.NewRequest()
	req.Schema, req.OutputMode = personSchema, l0.OutputTool
	return req
}

func TestStopReasons(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]l0.FinishReason{
		"end_turn": l0.FinishStop, "stop_sequence": l0.FinishStop, "max_tokens": l0.FinishLength, "tool_use": l0.FinishTool,
		"refusal": l0.FinishContentFilter, "pause_turn": l0.FinishLength, "model_context_window_exceeded": l0.FinishLength,
	} {
		r, err := answer(t, wiretest.NewRequest(), startEvent, textEvent("x"), blockEnd, stopEvent(word), lastEvent)
		require.NoError(t, err)
		assert.Equal(t, want, r.Finish, word)
	}
}

func TestThinkingIsApart(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), startEvent, delta(`"type":"thinking_delta","thinking":"h"`), delta(`"type":"thinking_delta","thinking":"m"`),
		delta(`"type":"signature_delta","signature":"c2ln"`), blockEnd, textEvent("x"), blockEnd, stopEvent("end_turn"), lastEvent)
	require.NoError(t, err)
	assert.Equal(t, "hm", r.Reasoning)
	assert.Equal(t, "x", r.Text)
}

func TestUsage(t *testing.T) {
	t.Parallel()
	start := event("message_start", `"message":{"usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":30,"output_tokens":1}}`)
	for name, c := range map[string]struct {
		start, end string
		want       *l0.Usage
	}{
		"both":        {start, `,"usage":{"output_tokens":7}`, &l0.Usage{InputTokens: 60, OutputTokens: 7, CachedTokens: 30}},
		"end repeats": {start, `,"usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":30,"output_tokens":7}`, &l0.Usage{InputTokens: 60, OutputTokens: 7, CachedTokens: 30}},
		"end zero":    {start, `,"usage":{"input_tokens":0,"output_tokens":7}`, &l0.Usage{InputTokens: 60, OutputTokens: 7, CachedTokens: 30}},
		"only start":  {start, ``, &l0.Usage{InputTokens: 60, OutputTokens: 1, CachedTokens: 30}},
		"only end":    {event("message_start", `"message":{}`), `,"usage":{"input_tokens":3,"output_tokens":7}`, &l0.Usage{InputTokens: 3, OutputTokens: 7}},
		"never":       {event("message_start", `"message":{}`), ``, nil},
		"zero":        {event("message_start", `"message":{"usage":{"input_tokens":0,"output_tokens":0}}`), `,"usage":null`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := answer(t, wiretest.NewRequest(), c.start, textEvent("x"), event("message_delta", `"delta":{"stop_reason":"end_turn"}`+c.end), lastEvent)
			require.NoError(t, err)
			assert.Equal(t, c.want, r.Usage)
		})
	}
}

func toolStart(index, name string) string {
	return event("content_block_start", `"index":`+index+`,"content_block":{"type":"tool_use","id":"id-`+name+`","name":"`+name+`","input":{}}`)
}

func TestForcedTool(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"tool_use", "end_turn"} {
		r, err := answer(t, toolRequest(), startEvent, toolStart("0", "Greet"), delta(`"type":"input_json_delta","partial_json":""`),
			delta(`"type":"input_json_delta","partial_json":"{\"name\":"`), delta(`"type":"input_json_delta","partial_json":"\"Ann\"}"`),
			blockEnd, stopEvent(reason), lastEvent)
		require.NoError(t, err)
		assert.Equal(t, `{"name":"Ann"}`, r.Text)
		assert.Equal(t, l0.FinishStop, r.Finish)
		assert.Empty(t, r.Tools)
	}
	p, _ := serve(t, wiretest.Body("application/json",
		`{"type":"message","content":[{"type":"tool_use","id":"a","name":"Greet","input":{"name":"Ann"}}],"stop_reason":"tool_use"}`))
	r, err := wiretest.Call(t, p, toolRequest())
	require.NoError(t, err)
	assert.Equal(t, `{"name":"Ann"}`, r.Text)
}

func TestTools(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), startEvent, textEvent("Let me see."), blockEnd,
		toolStart("1", "f"), delta(`"type":"input_json_delta","partial_json":"{\"x\""`), delta(`"type":"input_json_delta","partial_json":":1}"`), blockEnd,
		toolStart("2", "g"), delta(`"type":"input_json_delta","partial_json":"{}"`), blockEnd, stopEvent("tool_use"), lastEvent)
	require.NoError(t, err)
	assert.Equal(t, "Let me see.", r.Text)
	assert.Equal(t, l0.FinishTool, r.Finish)
	assert.Equal(t, []l0.ToolDelta{
		{Index: 0, ID: "id-f", Name: "f", Arguments: `{"x":1}`}, {Index: 1, ID: "id-g", Name: "g", Arguments: `{}`},
	}, r.Tools)
}

func TestErrorsCountByType(t *testing.T) {
	t.Parallel()
	for kind, status := range map[string]int{
		"invalid_request_error": 400, "authentication_error": 401, "billing_error": 402, "permission_error": 403, "not_found_error": 404,
		"request_too_large": 413, "rate_limit_error": 429, "api_error": 500, "timeout_error": 504, "overloaded_error": 529, "new_error": 0,
	} {
		for _, name := range []string{"event: error\n", ""} {
			_, err := answer(t, wiretest.NewRequest(), startEvent, textEvent("x"),
				name+`data: {"type":"error","error":{"details":null,"type":"`+kind+`","message":"m"},"request_id":"req_9"}`+"\n\n")
			failed, ok := errors.AsType[*l0.ProviderError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, l0.ProviderError{StatusCode: status, Type: kind, Message: "m", RequestID: "req_9"}, *failed)
		}
	}
}

func TestUnknownEventsAreIgnored(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), startEvent, event("something_new", `"delta":{"text":"no"}`), textEvent("x"),
		delta(`"type":"citations_delta","citation":{"type":"char_location","cited_text":"y"}`), stopEvent("end_turn"), lastEvent)
	require.NoError(t, err)
	assert.Equal(t, "x", r.Text)
}
