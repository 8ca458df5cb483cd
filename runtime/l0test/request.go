package l0test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Wire is how a client and a server of a model talk.
type Wire string

// The wires that a [Server] speaks.
const (
	WireOpenAI    Wire = "openai"    // chat completions, also as Azure has them
	WireAnthropic Wire = "anthropic" // messages
	WireGemini    Wire = "gemini"    // generateContent and streamGenerateContent
)

// Wires returns all wires.
func Wires() []Wire { return []Wire{WireOpenAI, WireAnthropic, WireGemini} }

// ServerRequest is a request for a reply that a [Server] received. It is read only.
type ServerRequest struct {
	// Number counts the requests for a reply from 1, those that were refused included.
	Number int
	// Wire is the wire it came on.
	Wire Wire
	// Method, Path and Header are those of the HTTP request.
	Method, Path string
	Header       http.Header
	// Body is the body as it came.
	Body []byte
	// Model is the requested model.
	Model string
	// Messages are the conversation, a system prompt outside of it included, as a first
	// message. Parts that are not text are left out.
	Messages []l0.Message
	// Stream says whether the reply shall be streamed.
	Stream bool
	// Schema is the JSON Schema that the reply shall fit, empty if there is none, and
	// OutputMode where it was found: [l0.OutputNative], [l0.OutputTool] or [l0.OutputPrompt].
	Schema     string
	OutputMode l0.OutputMode
	// JSON says whether the reply shall be JSON: there is a schema, or any JSON will do.
	JSON bool
	// Tool is the name of the tool that must be called, empty if there is none.
	Tool string
	// MaxOutputTokens is the limit of the reply, zero if the request has none.
	MaxOutputTokens int
	// APIKey is the key of the request.
	APIKey l0.Secret

	usage bool // a stream ends with usage (OpenAI)
	any   bool // any tool was demanded, not one by name (OpenAI)
	seed  uint64
	id    string
}

// Prompt returns the text of all messages, one after another.
func (r *ServerRequest) Prompt() string {
	texts := make([]string, len(r.Messages))
	for i, m := range r.Messages {
		texts[i] = m.Content()
	}
	return strings.Join(texts, "\n")
}

// findSchema looks for a schema in the prompt, where the runtime puts it when the provider
// does not enforce it.
func (r *ServerRequest) findSchema() {
	if r.Schema != "" || r.JSON {
		return
	}
	for _, m := range slices.Backward(r.Messages) {
		if schema := schemaIn(m.Content()); schema != "" {
			r.Schema, r.OutputMode, r.JSON = schema, l0.OutputPrompt, true
			return
		}
	}
}

// schemaIn returns the last JSON object that begins a line after the words "JSON Schema".
func schemaIn(text string) string {
	at := strings.LastIndex(text, "JSON Schema")
	for ; at >= 0; at = strings.LastIndex(text[:at], "JSON Schema") {
		open := strings.Index(text[at:], "\n{")
		if open < 0 {
			continue
		}
		var schema json.RawMessage
		if json.NewDecoder(strings.NewReader(text[at+open:])).Decode(&schema) == nil {
			return string(schema)
		}
	}
	return ""
}

// estimate is about how many tokens a text has.
func estimate(text string) int { return (len(text) + tokenBytes - 1) / tokenBytes }
