package gemini_test

import (
	"encoding/json"
	"net/http"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

func event(json string) string { return "data: " + json + "\n\n" }

func parts(parts string) string {
	return event(`{"candidates":[{"content":{"parts":[` + parts + `],"role":"model"},"index":0}],"modelVersion":"m","responseId":"resp-1"}`)
}

func textEvent(text string) string {
	quoted, _ := json.Marshal(text)
	return parts(`{"text":` + string(quoted) + `}`)
}

const usageMember = `"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}`

func endEvent(reason string) string {
	return event(`{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"` + reason + `","index":0}],` + usageMember + `}`)
}

func format() wiretest.Format {
	return wiretest.Format{
		Provider: func(url string, client *http.Client) l0.Provider {
			return gemini.Provider(gemini.WithBaseURL(url+"/v1beta"), gemini.WithHTTPClient(client))
		},
		Start:   event(`{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"index":0}]}`),
		Text:    textEvent,
		End:     endEvent("STOP"),
		Partial: []string{event(`{` + usageMember + `}`), event("[DONE]")},
		Error:   event(`{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}`),
		Status:  503,
		Whole:   `[{"candidates":[{"content":{"parts":[{"text":"H"}]}}]},{"candidates":[{"content":{"parts":[{"text":"i"}]},"finishReason":"STOP"}],` + usageMember + `}]`,
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	format().Conform(t)
}

func FuzzReply(f *testing.F) { format().Fuzz(f) }
