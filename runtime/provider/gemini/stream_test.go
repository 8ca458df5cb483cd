package gemini_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

func serve(tb testing.TB, handler http.HandlerFunc, opts ...gemini.Option) (*gemini.GenerateContent, *wiretest.Server) {
	tb.Helper()
	s := wiretest.Serve(tb, handler)
	opts = append([]gemini.Option{gemini.WithBaseURL(s.URL + "/v1beta"), gemini.WithHTTPClient(s.Client())}, opts...)
	return gemini.Provider(opts...), s
}

func answer(t *testing.T, req *l0.Request, events ...string) (wiretest.Reply, error) {
	t.Helper()
	p, _ := serve(t, wiretest.Stream(strings.Join(events, "")))
	return wiretest.Call(t, p, req)
}

func TestFinishReasons(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]l0.FinishReason{
		"STOP": l0.FinishStop, "MAX_TOKENS": l0.FinishLength, "SAFETY": l0.FinishContentFilter, "RECITATION": l0.FinishContentFilter,
		"BLOCKLIST": l0.FinishContentFilter, "PROHIBITED_CONTENT": l0.FinishContentFilter, "SPII": l0.FinishContentFilter,
	} {
		r, err := answer(t, wiretest.NewRequest(), textEvent("x"), endEvent(word))
		require.NoError(t, err)
		assert.Equal(t, want, r.Finish, word)
	}
	for _, word := range []string{"MALFORMED_FUNCTION_CALL", "OTHER"} {
		_, err := answer(t, wiretest.NewRequest(), textEvent("x"), endEvent(word))
		failed, ok := errors.AsType[*l0.ProviderError](err)
		require.True(t, ok)
		assert.Equal(t, strings.ToLower(word), failed.Type)
	}
	_, err := answer(t, wiretest.NewRequest(), textEvent("x"), endEvent("FINISH_REASON_UNSPECIFIED"))
	assert.Equal(t, io.ErrUnexpectedEOF, err)
}

func TestBlockedPrompt(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), event(`{"promptFeedback":{"safetyRatings":[],"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}`))
	require.NoError(t, err)
	assert.Equal(t, l0.FinishContentFilter, r.Finish)
	assert.Equal(t, &l0.Usage{InputTokens: 4}, r.Usage)
}

func TestThoughtsAreApart(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(), parts(`{"text":"hm","thought":true},{"thought":false,"text":"x","thoughtSignature":"c2ln"}`), textEvent("y"),
		event(`{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":2,"thoughtsTokenCount":7,`+
			`"cachedContentTokenCount":6,"toolUsePromptTokenCount":1}}`))
	require.NoError(t, err)
	assert.Equal(t, "hm", r.Reasoning)
	assert.Equal(t, "xy", r.Text)
	assert.Equal(t, &l0.Usage{InputTokens: 11, OutputTokens: 9, ReasoningTokens: 7, CachedTokens: 6}, r.Usage)
	assert.Equal(t, "resp-1", r.RequestID)
}

func TestOnlyFirstCandidateCounts(t *testing.T) {
	t.Parallel()
	r, err := answer(t, wiretest.NewRequest(),
		event(`{"candidates":[{"index":1,"content":{"parts":[{"text":"no"},{"functionCall":{"name":"no"}}]},"finishReason":"STOP"},{"index":0,"content":{"parts":[{"text":"a"}]}}]}`),
		event(`{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"},{"content":{"parts":[{"text":"no"}]},"finishReason":"SAFETY","index":1}]}`))
	require.NoError(t, err)
	assert.Equal(t, "ab", r.Text)
	assert.Equal(t, l0.FinishStop, r.Finish)
	_, err = answer(t, wiretest.NewRequest(), textEvent("x"), event(`{"candidates":[{"index":1,"finishReason":"STOP"}]}`))
	assert.Equal(t, io.ErrUnexpectedEOF, err)
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	calls := parts(`{"functionCall":{"id":"a","name":"f","args":{"x": [1, "}"]}}},{"functionCall":{"name":"g"}}`)
	r, err := answer(t, wiretest.NewRequest(), calls, endEvent("STOP"))
	require.NoError(t, err)
	assert.Equal(t, []l0.ToolDelta{{Index: 0, ID: "a", Name: "f", Arguments: `{"x": [1, "}"]}`}, {Index: 1, Name: "g", Arguments: `{}`}}, r.Tools)
	assert.Equal(t, l0.FinishTool, r.Finish)

	req := wiretest.NewRequest()
	req.Schema, req.OutputMode = listSchema, l0.OutputTool
	r, err = answer(t, req, calls, endEvent("STOP"))
	require.NoError(t, err)
	assert.Equal(t, `{"x": [1, "}"]}`, r.Text)
	assert.Equal(t, l0.FinishStop, r.Finish)
}

func TestInlineData(t *testing.T) {
	t.Parallel()
	p, _ := serve(t, wiretest.Stream(parts(`{"inlineData":{"mimeType":"image/png","data":"Ynl0ZXM="}}`), endEvent("STOP")))
	src, err := p.Open(t.Context(), wiretest.NewRequest())
	require.NoError(t, err)
	c, err := src.Next()
	require.NoError(t, err)
	assert.Equal(t, &l0.Media{Type: "image/png", Bytes: []byte("bytes")}, c.Data)
	require.NoError(t, src.Close())
	_, err = answer(t, wiretest.NewRequest(), parts(`{"inlineData":{"mimeType":"image/png","data":"?"}}`), endEvent("STOP"))
	assert.ErrorContains(t, err, "not base64")
}

func TestErrorDetails(t *testing.T) {
	t.Parallel()
	const body = `{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},` +
		`{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}`
	want := l0.ProviderError{StatusCode: 429, Type: "RESOURCE_EXHAUSTED", Code: "429", Message: "Quota", RetryAfter: 34500 * time.Millisecond}
	for _, handler := range []http.HandlerFunc{wiretest.Fail(429, body), wiretest.Fail(429, "["+body+"]"), wiretest.Stream(textEvent("x"), event(body))} {
		p, _ := serve(t, handler)
		_, err := wiretest.Call(t, p, wiretest.NewRequest())
		failed, ok := errors.AsType[*l0.ProviderError](err)
		require.True(t, ok)
		assert.Equal(t, want, *failed)
	}
}
