package openai_test

import (
	"encoding/json"
	"net/http"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

const (
	roleEvent = `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}` + "\n\n"
	stopEvent = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	useEvent  = `data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}` + "\n\n"
	doneEvent = "data: [DONE]\n\n"
)

func textEvent(text string) string {
	quoted, _ := json.Marshal(text)
	return `data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":` + string(quoted) +
		`},"logprobs":null,"finish_reason":null}],"usage":null}` + "\n\n"
}

func format() wiretest.Format {
	return wiretest.Format{
		Provider: func(url string, client *http.Client) l0.Provider {
			return openai.Provider(openai.WithBaseURL(url+"/v1"), openai.WithHTTPClient(client))
		},
		Start:   roleEvent,
		Text:    textEvent,
		End:     stopEvent + useEvent + doneEvent,
		Partial: []string{doneEvent, useEvent, useEvent + doneEvent},
		Error:   `data: {"error":{"message":"busy","type":"overloaded_error","code":null}}` + "\n\n",
		Status:  529,
		Whole: `{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],` +
			`"usage":{"prompt_tokens":10,"completion_tokens":5}}`,
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	format().Conform(t)
}

func FuzzReply(f *testing.F) { format().Fuzz(f) }
