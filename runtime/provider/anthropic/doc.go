// Package anthropic is the provider for Anthropic's Messages API.
//
//	base := l0.NewClient(anthropic.Provider()) // the key is in ANTHROPIC_API_KEY
//
// The address is the base URL of the model in the spec, else that of [WithBaseURL], else the
// one in ANTHROPIC_BASE_URL, else Anthropic's own. [WithHeader] sends headers such as
// anthropic-beta.
//
// It reads the stream itself over net/http, and makes one attempt; retries are l0's. A reply is
// complete only with the event message_stop: a stream that ends before it ends with
// [io.ErrUnexpectedEOF], even if the reason to stop has come.
//
// The API takes system messages apart from the conversation: they are joined, in their order,
// whatever stands between them. It demands a limit of output tokens, which is
// [DefaultMaxTokens] unless the policy or the model's params set one.
//
// A schema is enforced by a tool that the model has to call, whose arguments are the reply.
// The API does not allow that while the model thinks, so with the param thinking the schema
// goes into the prompt.
package anthropic
