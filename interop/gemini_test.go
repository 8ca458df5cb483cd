package interop

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/genai"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func google(tb testing.TB, opts ...l0test.ServerOption) (*genai.Client, *l0test.Server) {
	tb.Helper()
	srv := l0test.NewServer(tb, opts...)
	client, err := genai.NewClient(tb.Context(), &genai.ClientConfig{
		APIKey: "key", Backend: genai.BackendGeminiAPI, HTTPClient: newClient(tb),
		HTTPOptions: genai.HTTPOptions{BaseURL: srv.BaseURL(l0test.WireGemini)},
	})
	require.NoError(tb, err)
	return client, srv
}

// googled is what a stream said; the SDK does not put it together.
type googled struct {
	text, thought strings.Builder
	data          []byte
	calls         []*genai.FunctionCall
	finish        genai.FinishReason
	usage         *genai.GenerateContentResponseUsageMetadata
}

func (g *googled) add(r *genai.GenerateContentResponse) {
	if r.UsageMetadata != nil {
		g.usage = r.UsageMetadata
	}
	g.calls = append(g.calls, r.FunctionCalls()...)
	for _, c := range r.Candidates {
		if c.FinishReason != "" {
			g.finish = c.FinishReason
		}
		for _, p := range c.Content.Parts {
			switch {
			case p.InlineData != nil:
				g.data = append(g.data, p.InlineData.Data...)
			case p.Thought:
				g.thought.WriteString(p.Text)
			default:
				g.text.WriteString(p.Text)
			}
		}
	}
}

func googleStream(tb testing.TB, client *genai.Client, config *genai.GenerateContentConfig) (*googled, error) {
	tb.Helper()
	g := &googled{}
	for r, err := range client.Models.GenerateContentStream(tb.Context(), "gemini-x", genai.Text("Hello"), config) {
		if err != nil {
			return g, err
		}
		g.add(r)
	}
	return g, nil
}

func googleWhole(tb testing.TB, client *genai.Client, config *genai.GenerateContentConfig) (*googled, error) {
	tb.Helper()
	g := &googled{}
	r, err := client.Models.GenerateContent(tb.Context(), "gemini-x", genai.Text("Hello"), config)
	if err != nil {
		return g, err
	}
	g.add(r)
	return g, nil
}

func TestGeminiText(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, g *googled) {
		t.Helper()
		assert.Equal(t, said, g.text.String())
		assert.Equal(t, genai.FinishReasonStop, g.finish)
		require.NotNil(t, g.usage)
		assert.EqualValues(t, inputTokens, g.usage.PromptTokenCount)
		assert.EqualValues(t, outputTokens, g.usage.CandidatesTokenCount)
		assert.EqualValues(t, cachedTokens, g.usage.CachedContentTokenCount)
		assert.EqualValues(t, inputTokens+outputTokens, g.usage.TotalTokenCount)
	}
	for name, fault := range shapes() {
		if name == "pings" {
			continue // the API sends none, and its SDK takes a comment for an error
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := google(t, l0test.WithReplies(reply().With(fault)))
			g, err := googleStream(t, client, nil)
			require.NoError(t, err)
			check(t, g)
		})
	}
	client, srv := google(t, l0test.WithReplies(reply()))
	g, err := googleWhole(t, client, &genai.GenerateContentConfig{SystemInstruction: genai.NewContentFromText("Be brief.", genai.RoleUser)})
	require.NoError(t, err)
	check(t, g)
	assert.Equal(t, []l0.Message{l0.SystemMessage("Be brief."), l0.UserMessage("Hello")}, srv.Requests()[0].Messages)
}

func TestGeminiThinkingAndData(t *testing.T) {
	t.Parallel()
	mixed := l0test.Chunks(
		l0.Chunk{Reasoning: "Let me "}, l0.Chunk{Reasoning: "see."}, l0.Chunk{Text: "42"},
		l0.Chunk{Data: &l0.Media{Type: "image/png", Bytes: []byte{1, 2, 3}}}, l0.Chunk{Finish: l0.FinishStop},
	)
	client, _ := google(t, l0test.WithReplies(mixed, mixed))
	streamed, err := googleStream(t, client, nil)
	require.NoError(t, err)
	whole, err := googleWhole(t, client, nil)
	require.NoError(t, err)
	for _, g := range []*googled{streamed, whole} {
		assert.Equal(t, "Let me see.", g.thought.String())
		assert.Equal(t, "42", g.text.String())
		assert.Equal(t, []byte{1, 2, 3}, g.data)
	}
}

func TestGeminiStructured(t *testing.T) {
	t.Parallel()
	client, _ := google(t)
	config := &genai.GenerateContentConfig{ResponseMIMEType: "application/json", ResponseJsonSchema: schemaMap(t)}
	g, err := googleStream(t, client, config)
	require.NoError(t, err)
	requireTicket(t, g.text.String())
	g, err = googleWhole(t, client, config)
	require.NoError(t, err)
	requireTicket(t, g.text.String())
}

func TestGeminiTool(t *testing.T) {
	t.Parallel()
	client, _ := google(t)
	config := &genai.GenerateContentConfig{
		Tools: []*genai.Tool{{FunctionDeclarations: []*genai.FunctionDeclaration{{Name: "file", ParametersJsonSchema: schemaMap(t)}}}},
		ToolConfig: &genai.ToolConfig{FunctionCallingConfig: &genai.FunctionCallingConfig{
			Mode: genai.FunctionCallingConfigModeAny, AllowedFunctionNames: []string{"file"},
		}},
	}
	streamed, err := googleStream(t, client, config)
	require.NoError(t, err)
	whole, err := googleWhole(t, client, config)
	require.NoError(t, err)
	for _, g := range []*googled{streamed, whole} {
		require.Len(t, g.calls, 1)
		assert.Equal(t, "file", g.calls[0].Name)
		args, err := json.Marshal(g.calls[0].Args)
		require.NoError(t, err)
		requireTicket(t, string(args))
	}
}

func TestGeminiErrors(t *testing.T) {
	t.Parallel()
	for status, name := range map[int]string{
		http.StatusBadRequest: "INVALID_ARGUMENT", http.StatusForbidden: "PERMISSION_DENIED",
		http.StatusTooManyRequests: "RESOURCE_EXHAUSTED", http.StatusServiceUnavailable: "UNAVAILABLE", http.StatusInternalServerError: "INTERNAL",
	} {
		client, _ := google(t, l0test.WithFaults(l0test.Status(status), l0test.Status(status)))
		for _, ask := range []func(testing.TB, *genai.Client, *genai.GenerateContentConfig) (*googled, error){googleStream, googleWhole} {
			_, err := ask(t, client, nil)
			var failed genai.APIError
			require.ErrorAs(t, err, &failed)
			assert.Equal(t, status, failed.Code)
			assert.Equal(t, name, failed.Status)
			assert.NotEmpty(t, failed.Message)
		}
	}
	client, _ := google(t, l0test.WithReplies(reply().With(l0test.ErrorAfter(2, "UNAVAILABLE", "too much"))))
	_, err := googleStream(t, client, nil)
	require.ErrorContains(t, err, "too much")
	client, _ = google(t, l0test.WithReplies(reply().With(l0test.DropAfter(2))))
	_, err = googleStream(t, client, nil)
	require.Error(t, err)
}

func TestGeminiModels(t *testing.T) {
	t.Parallel()
	client, _ := google(t)
	page, err := client.Models.List(t.Context(), nil)
	require.NoError(t, err)
	require.NotEmpty(t, page.Items)
	assert.NotEmpty(t, page.Items[0].Name)
}
