package openai_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

// A provider is an option of a client. One client can have several: OpenAI's own, and any
// server that speaks the same.
func ExampleProvider() {
	base := l0.NewClient(
		openai.Provider(), // with the key in OPENAI_API_KEY
		openai.Provider(openai.WithName("vllm"), openai.WithBaseURL("http://localhost:8000/v1"), openai.WithAPIKeyEnv("")),
	)
	fmt.Println(base != nil)
	// Output: true
}

// Without a spec, a provider opens any stream.
func ExampleChatCompletions_Open() {
	server := httptest.NewServer(http.HandlerFunc(wiretest.Stream(
		`data: {"choices":[{"delta":{"content":"Hello"}}]}`+"\n\n",
		`data: {"choices":[{"delta":{"content":" there."},"finish_reason":"stop"}]}`+"\n\n",
		"data: [DONE]\n\n",
	)))
	defer server.Close()
	p := openai.Provider(openai.WithBaseURL(server.URL), openai.WithHTTPClient(server.Client()))
	text, err := l0.Run(context.Background(), func(ctx context.Context) (l0.Source, error) {
		return p.Open(ctx, &l0.Request{
			Model:    l0.Model{ID: "gpt-4o"},
			Messages: []l0.Message{l0.UserMessage("Hi")},
		})
	}).Result()
	fmt.Println(text, err)
	// Output: Hello there. <nil>
}
