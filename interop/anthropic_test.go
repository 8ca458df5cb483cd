package interop

import (
	"testing"
	"time"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func claude(tb testing.TB, opts ...l0test.ServerOption) (anthropic.Client, *l0test.Server) {
	tb.Helper()
	srv := l0test.NewServer(tb, opts...)
	return anthropic.NewClient(
		option.WithBaseURL(srv.BaseURL(l0test.WireAnthropic)), option.WithAPIKey("key"), option.WithHTTPClient(newClient(tb)),
	), srv
}

func claudeParams() anthropic.MessageNewParams {
	return anthropic.MessageNewParams{
		Model: "claude-x", MaxTokens: 1000, System: []anthropic.TextBlockParam{{Text: "Be brief."}},
		Messages: []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock("Hello"))},
	}
}

// claudeStream reads a stream to its end, as the SDK puts it together.
func claudeStream(tb testing.TB, client *anthropic.Client, params anthropic.MessageNewParams) (anthropic.Message, error) {
	tb.Helper()
	var acc anthropic.Message
	stream := client.Messages.NewStreaming(tb.Context(), params)
	for stream.Next() {
		event := stream.Current()
		require.NoError(tb, acc.Accumulate(event), "%s", event.RawJSON())
	}
	require.NoError(tb, stream.Close())
	return acc, stream.Err()
}

func TestAnthropicText(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, m *anthropic.Message) {
		t.Helper()
		require.Len(t, m.Content, 1)
		assert.Equal(t, said, m.Content[0].AsText().Text)
		assert.Equal(t, anthropic.StopReasonEndTurn, m.StopReason)
		assert.EqualValues(t, "claude-x", m.Model)
		assert.EqualValues(t, inputTokens-cachedTokens, m.Usage.InputTokens)
		assert.EqualValues(t, cachedTokens, m.Usage.CacheReadInputTokens)
		assert.EqualValues(t, outputTokens, m.Usage.OutputTokens)
	}
	for name, fault := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := claude(t, l0test.WithReplies(reply().With(fault)))
			acc, err := claudeStream(t, &client, claudeParams())
			require.NoError(t, err)
			check(t, &acc)
		})
	}
	client, srv := claude(t, l0test.WithReplies(reply()))
	whole, err := client.Messages.New(t.Context(), claudeParams())
	require.NoError(t, err)
	check(t, whole)
	assert.Equal(t, []l0.Message{l0.SystemMessage("Be brief."), l0.UserMessage("Hello")}, srv.Requests()[0].Messages)
}

func TestAnthropicThinking(t *testing.T) {
	t.Parallel()
	thought := l0test.Chunks(l0.Chunk{Reasoning: "Let me "}, l0.Chunk{Reasoning: "see."}, l0.Chunk{Text: "42"}, l0.Chunk{Finish: l0.FinishStop})
	client, _ := claude(t, l0test.WithReplies(thought, thought))
	acc, err := claudeStream(t, &client, claudeParams())
	require.NoError(t, err)
	whole, err := client.Messages.New(t.Context(), claudeParams())
	require.NoError(t, err)
	for _, m := range []*anthropic.Message{&acc, whole} {
		require.Len(t, m.Content, 2)
		assert.Equal(t, "Let me see.", m.Content[0].AsThinking().Thinking)
		assert.Equal(t, "42", m.Content[1].AsText().Text)
	}
}

func TestAnthropicStructured(t *testing.T) {
	t.Parallel()
	client, _ := claude(t)
	params := claudeParams()
	params.OutputConfig = anthropic.OutputConfigParam{Format: anthropic.JSONOutputFormatParam{Schema: schemaMap(t)}}
	acc, err := claudeStream(t, &client, params)
	require.NoError(t, err)
	requireTicket(t, acc.Content[0].AsText().Text)
	whole, err := client.Messages.New(t.Context(), params)
	require.NoError(t, err)
	requireTicket(t, whole.Content[0].AsText().Text)
}

func TestAnthropicTool(t *testing.T) {
	t.Parallel()
	client, _ := claude(t)
	params := claudeParams()
	whole := schemaMap(t)
	input := anthropic.ToolInputSchemaParam{Properties: whole["properties"], Required: []string{"title", "priority", "tags"}}
	params.Tools = []anthropic.ToolUnionParam{anthropic.ToolUnionParamOfTool(input, "file")}
	params.ToolChoice = anthropic.ToolChoiceParamOfTool("file")
	acc, err := claudeStream(t, &client, params)
	require.NoError(t, err)
	message, err := client.Messages.New(t.Context(), params)
	require.NoError(t, err)
	for _, m := range []*anthropic.Message{&acc, message} {
		assert.Equal(t, anthropic.StopReasonToolUse, m.StopReason)
		require.Len(t, m.Content, 1)
		call := m.Content[0].AsToolUse()
		assert.Equal(t, "file", call.Name)
		assert.NotEmpty(t, call.ID)
		requireTicket(t, string(call.Input))
	}
}

func TestAnthropicErrors(t *testing.T) {
	t.Parallel()
	client, srv := claude(t, l0test.WithReplies(reply(), reply()),
		l0test.WithFaults(l0test.Status(529).WithRetryAfter(300*time.Millisecond, l0test.RetryMillis)))
	start := time.Now()
	_, err := claudeStream(t, &client, claudeParams())
	require.NoError(t, err, "the SDK tries again")
	assert.GreaterOrEqual(t, time.Since(start), 300*time.Millisecond, "when it is told to")
	assert.Len(t, srv.Requests(), 2)

	for status, typ := range map[int]anthropic.ErrorType{
		400: anthropic.ErrorTypeInvalidRequestError, 401: anthropic.ErrorTypeAuthenticationError,
		429: anthropic.ErrorTypeRateLimitError, 529: anthropic.ErrorTypeOverloadedError, 500: anthropic.ErrorTypeAPIError,
	} {
		client, _ := claude(t, l0test.WithFaults(l0test.Status(status).WithRetryAfter(2*time.Second, l0test.RetrySeconds)))
		_, err := client.Messages.New(t.Context(), claudeParams(), option.WithMaxRetries(0))
		var failed *anthropic.Error
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, status, failed.StatusCode)
		assert.Equal(t, typ, failed.Type())
		assert.NotEmpty(t, failed.RequestID)
		assert.Equal(t, "2", failed.Response.Header.Get("Retry-After"))
	}
	client, _ = claude(t, l0test.WithReplies(reply().With(l0test.ErrorAfter(2, "overloaded_error", "too much"))))
	_, err = claudeStream(t, &client, claudeParams())
	require.ErrorContains(t, err, "overloaded_error")
	client, _ = claude(t, l0test.WithReplies(reply().With(l0test.ResetAfter(2))))
	_, err = claudeStream(t, &client, claudeParams())
	require.Error(t, err)
}

func TestAnthropicModels(t *testing.T) {
	t.Parallel()
	client, _ := claude(t)
	page, err := client.Models.List(t.Context(), anthropic.ModelListParams{})
	require.NoError(t, err)
	require.NotEmpty(t, page.Data)
	assert.NotEmpty(t, page.Data[0].ID)
}
