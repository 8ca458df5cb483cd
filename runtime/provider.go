package l0

import (
	"context"
	"encoding"
	"fmt"
	"log/slog"
)

// Provider opens streams of model replies. It must be safe for concurrent use.
//
// A package that implements one should export a constructor whose result fits
// [NewClient]: make it with [WithProvider], or embed that option in the provider's type.
type Provider interface {
	// Name is what specs call the provider.
	Name() string
	// Open starts one model call and returns as soon as the request is under way. The
	// context covers the whole stream: when it ends, the request must end. Open is called
	// once for each attempt and does not retry by itself.
	Open(ctx context.Context, req *Request) (Source, error)
}

// KeyUser is a [Provider] that needs an API key.
type KeyUser interface {
	// APIKeyEnv names the environment variable that usually holds the key, such as OPENAI_API_KEY.
	APIKeyEnv() string
}

// SchemaEnforcer is a [Provider] that can hold a reply to a JSON Schema by itself. For any
// other provider the schema goes into the prompt.
type SchemaEnforcer interface {
	// OutputModes returns in which of the modes [OutputNative] and [OutputTool] this schema
	// can be enforced for this model, best first.
	OutputModes(model Model, schema string) []OutputMode
}

// Source is one stream of chunks. The runtime calls Next from one goroutine at a time.
type Source interface {
	// Next returns the next chunk, waiting for it if need be. It returns io.EOF after the
	// clean end of a stream and io.ErrUnexpectedEOF when the stream was cut; with an error,
	// the chunk is ignored. A stream whose last chunks gave no finish reason counts as cut
	// even when it ends with io.EOF.
	Next() (Chunk, error)
	// Close ends the stream and frees what it holds. It may be called several times, from
	// any goroutine, and makes a waiting Next return.
	Close() error
}

// DirectSource is a [Source] that keeps the promise that Close makes a waiting Next return
// soon, whatever the network does. The runtime then reads it on the consumer's goroutine;
// any other source is read on a goroutine of its own, so that a call can end while Next is
// stuck, for about 50 ns more per chunk.
type DirectSource interface {
	Source
	// UnblocksOnClose reports whether the promise holds.
	UnblocksOnClose() bool
}

// Request is one model call. It is made for one attempt; a provider may keep it until the
// stream ends but must not change it.
type Request struct {
	// Function and Version name the prompt.
	Function string
	Version  int
	// Attempt counts the attempts of the call from 1.
	Attempt int
	// Model is the endpoint, with its parameters and base URL.
	Model Model
	// APIKey is the key to use, empty if there is none.
	APIKey Secret
	// Messages are the conversation so far; the reply follows.
	Messages []Message
	// Schema is the JSON Schema of the reply, empty for text.
	Schema string
	// OutputMode is how the reply must be held to Schema: native, tool, or prompt, where the
	// messages already ask for it. It is empty for text.
	OutputMode OutputMode
	// MaxOutputTokens is the limit for the reply. Zero is the model's own.
	MaxOutputTokens int
	// MaxReplyBytes is the size in bytes at which the runtime cuts the reply off, so that a provider need
	// not hold more of it at once. Zero is unknown.
	MaxReplyBytes int
}

// Chunk is one piece of a stream. Several fields may be set at once. It is passed by value,
// so that a token costs no allocation.
type Chunk struct {
	// Text is the next piece of the reply. The arguments of a forced tool call count as text.
	Text string
	// Reasoning is the next piece of the model's thinking, which is no part of the reply.
	Reasoning string
	// Data is a piece of the reply that is not text.
	Data *Media
	// Tool is a piece of a tool call that the model makes on its own account. l0 runs no tools;
	// it reports them, and a reply that is only tool calls is not an empty one.
	Tool *ToolDelta
	// Usage is the token count so far; the last one of a stream counts.
	Usage *Usage
	// Finish is set when the model has finished.
	Finish FinishReason
	// RequestID is what the provider calls the request.
	RequestID string
}

// ToolDelta is a piece of a tool call. The pieces of one call share an Index.
type ToolDelta struct {
	// Index tells the calls of one reply apart.
	Index int
	// ID and Name come with the first piece of a call.
	ID, Name string
	// Arguments is the next piece of the call's arguments, which are a JSON object.
	Arguments string
}

// FinishReason is why a model stopped. Values that are not listed here are allowed.
type FinishReason string

// The finish reasons with a meaning to the runtime.
const (
	FinishStop          FinishReason = "stop"           // the reply is complete
	FinishLength        FinishReason = "length"         // the limit of tokens was reached: the reply is cut
	FinishContentFilter FinishReason = "content_filter" // a filter cut the reply
	FinishTool          FinishReason = "tool"           // the model called a tool; the reply is complete
)

// complete reports whether a reply that ended so is whole.
func (f FinishReason) complete() bool {
	return f != "" && f != FinishLength && f != FinishContentFilter
}

// Usage counts tokens as the provider reports them.
type Usage struct {
	InputTokens  int // all tokens of the prompt
	OutputTokens int // all tokens of the reply, reasoning included
	// ReasoningTokens is the part of OutputTokens that was spent on reasoning.
	ReasoningTokens int
	// CachedTokens is the part of InputTokens that the provider had in its cache.
	CachedTokens int
}

func (u Usage) plus(o Usage) Usage {
	return Usage{
		InputTokens:     u.InputTokens + o.InputTokens,
		OutputTokens:    u.OutputTokens + o.OutputTokens,
		ReasoningTokens: u.ReasoningTokens + o.ReasoningTokens,
		CachedTokens:    u.CachedTokens + o.CachedTokens,
	}
}

// Secret is a text that no log, error or JSON shows. Convert it to string to use it.
type Secret string

var (
	_ fmt.Stringer           = Secret("")
	_ fmt.GoStringer         = Secret("")
	_ slog.LogValuer         = Secret("")
	_ encoding.TextMarshaler = Secret("")
)

const redacted = "[secret]"

// String returns a placeholder.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString returns a placeholder.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// LogValue returns a placeholder.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns a placeholder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
