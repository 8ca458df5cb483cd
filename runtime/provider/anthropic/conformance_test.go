package anthropic_test

import (
	"encoding/json"
	"net/http"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
)

// event returns an event of a type with more members.
func event(kind, members string) string {
	if members != "" {
		members = "," + members
	}
	return "event: " + kind + "\ndata: {\"type\":\"" + kind + "\"" + members + "}\n\n"
}

func delta(members string) string {
	return event("content_block_delta", `"index":0,"delta":{`+members+`}`)
}

func textEvent(text string) string {
	quoted, _ := json.Marshal(text)
	return delta(`"type":"text_delta","text":` + string(quoted))
}

func stopEvent(reason string) string {
	return event("message_delta", `"delta":{"stop_reason":"`+reason+`","stop_sequence":null},"usage":{"output_tokens":5}`)
}

var (
	startEvent = event("message_start", `"message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"m","stop_reason":null,`+
		`"usage":{"input_tokens":10,"output_tokens":1}}`) + event("content_block_start", `"index":0,"content_block":{"type":"text","text":""}`) + event("ping", "")
	blockEnd  = event("content_block_stop", `"index":0`)
	lastEvent = event("message_stop", "")
)

func format() wiretest.Format {
	return wiretest.Format{
		Provider: func(url string, client *http.Client) l0.Provider {
			return anthropic.Provider(anthropic.WithBaseURL(url), anthropic.WithHTTPClient(client))
		},
		Start:   startEvent,
		Text:    textEvent,
		End:     blockEnd + stopEvent("end_turn") + lastEvent,
		Partial: []string{blockEnd, blockEnd + stopEvent("end_turn"), blockEnd + lastEvent},
		Error:   event("error", `"error":{"type":"overloaded_error","message":"Overloaded"}`),
		Status:  529,
		Whole: `{"type":"message","role":"assistant","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn",` +
			`"usage":{"input_tokens":10,"output_tokens":5}}`,
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	format().Conform(t)
}

func FuzzReply(f *testing.F) { format().Fuzz(f) }
