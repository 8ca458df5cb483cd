// Package openai is the provider for OpenAI's chat completions and for the many servers that
// speak the same: Azure OpenAI, vLLM, Ollama, DeepSeek, Mistral, Groq, OpenRouter, LiteLLM and
// more.
//
// It reads the stream itself over net/http. Nothing of the reply is guessed: a stream that
// ends without a finish reason is cut, and ends with [io.ErrUnexpectedEOF].
//
// A model's params go into the request as they are. They cannot set what the request is made
// of: messages, model, stream, the limit of output tokens, and in the output modes native and
// tool what enforces the schema. A param stream_options replaces the request for token counts,
// and null leaves it out, for servers that do not know it.
//
// The limit of output tokens is sent as max_completion_tokens to OpenAI and Azure, and as
// max_tokens to any other server, which most of them know alone; see [WithMaxTokensParam].
//
// A refusal is text of the reply, and its finish reason is [l0.FinishContentFilter].
package openai
