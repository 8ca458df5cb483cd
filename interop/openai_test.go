package interop

import (
	"testing"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/l0test"
)

func openAI(tb testing.TB, opts ...l0test.ServerOption) (openai.Client, *l0test.Server) {
	tb.Helper()
	srv := l0test.NewServer(tb, opts...)
	return openai.NewClient(
		option.WithBaseURL(srv.BaseURL(l0test.WireOpenAI)), option.WithAPIKey("key"), option.WithHTTPClient(newClient(tb)),
	), srv
}

func openAIParams() openai.ChatCompletionNewParams {
	return openai.ChatCompletionNewParams{
		Model: "gpt-x", Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Hello")},
		StreamOptions: openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
	}
}

// openAIStream reads a stream to its end, as the SDK puts it together.
func openAIStream(tb testing.TB, client *openai.Client, params openai.ChatCompletionNewParams) (openai.ChatCompletionAccumulator, error) {
	tb.Helper()
	var acc openai.ChatCompletionAccumulator
	stream := client.Chat.Completions.NewStreaming(tb.Context(), params)
	for stream.Next() {
		require.True(tb, acc.AddChunk(stream.Current()), "%s", stream.Current().RawJSON())
	}
	require.NoError(tb, stream.Close())
	return acc, stream.Err()
}

func TestOpenAIText(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, c *openai.ChatCompletion) {
		t.Helper()
		require.Len(t, c.Choices, 1)
		assert.Equal(t, said, c.Choices[0].Message.Content)
		assert.Equal(t, "stop", c.Choices[0].FinishReason)
		assert.Equal(t, "gpt-x", c.Model)
		assert.NotEmpty(t, c.ID)
		assert.EqualValues(t, inputTokens, c.Usage.PromptTokens)
		assert.EqualValues(t, outputTokens, c.Usage.CompletionTokens)
		assert.EqualValues(t, inputTokens+outputTokens, c.Usage.TotalTokens)
	}
	for name, fault := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := openAI(t, l0test.WithReplies(reply().With(fault)))
			acc, err := openAIStream(t, &client, openAIParams())
			require.NoError(t, err)
			check(t, &acc.ChatCompletion)
		})
	}
	client, srv := openAI(t, l0test.WithReplies(reply()))
	params := openAIParams()
	params.StreamOptions = openai.ChatCompletionStreamOptionsParam{}
	whole, err := client.Chat.Completions.New(t.Context(), params)
	require.NoError(t, err)
	check(t, whole)
	assert.EqualValues(t, cachedTokens, whole.Usage.PromptTokensDetails.CachedTokens)
	assert.Equal(t, "Hello", srv.Requests()[0].Prompt())
}

func TestOpenAIStructured(t *testing.T) {
	t.Parallel()
	client, _ := openAI(t)
	params := openAIParams()
	params.ResponseFormat = openai.ChatCompletionNewParamsResponseFormatUnion{OfJSONSchema: &shared.ResponseFormatJSONSchemaParam{
		JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "ticket", Strict: openai.Bool(true), Schema: schemaMap(t)},
	}}
	acc, err := openAIStream(t, &client, params)
	require.NoError(t, err)
	requireTicket(t, acc.Choices[0].Message.Content)
	params.StreamOptions = openai.ChatCompletionStreamOptionsParam{}
	whole, err := client.Chat.Completions.New(t.Context(), params)
	require.NoError(t, err)
	requireTicket(t, whole.Choices[0].Message.Content)
}

func TestOpenAITool(t *testing.T) {
	t.Parallel()
	client, _ := openAI(t)
	params := openAIParams()
	params.Tools = []openai.ChatCompletionToolUnionParam{openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{
		Name: "file", Parameters: schemaMap(t),
	})}
	params.ToolChoice = openai.ToolChoiceOptionFunctionToolChoice(openai.ChatCompletionNamedToolChoiceFunctionParam{Name: "file"})
	acc, err := openAIStream(t, &client, params)
	require.NoError(t, err)
	params.StreamOptions = openai.ChatCompletionStreamOptionsParam{}
	whole, err := client.Chat.Completions.New(t.Context(), params)
	require.NoError(t, err)
	for _, c := range []openai.ChatCompletion{acc.ChatCompletion, *whole} {
		calls := c.Choices[0].Message.ToolCalls
		require.Len(t, calls, 1)
		assert.Equal(t, "file", calls[0].Function.Name)
		assert.NotEmpty(t, calls[0].ID)
		requireTicket(t, calls[0].Function.Arguments)
	}
}

func TestOpenAIErrors(t *testing.T) {
	t.Parallel()
	client, srv := openAI(t, l0test.WithReplies(reply(), reply()),
		l0test.WithFaults(l0test.Status(429).WithRetryAfter(300*time.Millisecond, l0test.RetryMillis)))
	start := time.Now()
	_, err := openAIStream(t, &client, openAIParams())
	require.NoError(t, err, "the SDK tries again")
	assert.GreaterOrEqual(t, time.Since(start), 300*time.Millisecond, "when it is told to")
	assert.Len(t, srv.Requests(), 2)

	for status, typ := range map[int]string{401: "authentication_error", 400: "invalid_request_error", 429: "requests", 500: "server_error"} {
		client, _ := openAI(t, l0test.WithFaults(l0test.Status(status).WithRetryAfter(2*time.Second, l0test.RetrySeconds)))
		_, err := client.Chat.Completions.New(t.Context(), openAIParamsWhole(), option.WithMaxRetries(0))
		var failed *openai.Error
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, status, failed.StatusCode)
		assert.Equal(t, typ, failed.Type)
		assert.NotEmpty(t, failed.Message)
		assert.Equal(t, "2", failed.Response.Header.Get("Retry-After"))
	}
	client, _ = openAI(t, l0test.WithReplies(reply().With(l0test.ErrorAfter(2, "server_error", "it broke"))))
	_, err = openAIStream(t, &client, openAIParams())
	require.ErrorContains(t, err, "it broke")
	client, _ = openAI(t, l0test.WithReplies(reply().With(l0test.DropAfter(2))))
	_, err = openAIStream(t, &client, openAIParams())
	require.Error(t, err)
}

func openAIParamsWhole() openai.ChatCompletionNewParams {
	params := openAIParams()
	params.StreamOptions = openai.ChatCompletionStreamOptionsParam{}
	return params
}

func TestOpenAIModels(t *testing.T) {
	t.Parallel()
	client, _ := openAI(t)
	page, err := client.Models.List(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, page.Data)
	assert.NotEmpty(t, page.Data[0].ID)
}
