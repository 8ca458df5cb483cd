// Package openai is the provider for OpenAI's chat completions and for the many servers that
// speak the same: Azure OpenAI, vLLM, Ollama, DeepSeek, Mistral, Groq, OpenRouter, LiteLLM and
// more.
//
//	base := l0.NewClient(
//		openai.Provider(), // the key is in OPENAI_API_KEY
//		openai.Provider(openai.WithName("vllm"), openai.WithBaseURL("http://localhost:8000/v1"), openai.WithAPIKeyEnv("")),
//	)
//
// The address is the base URL of the model in the spec, else that of [WithBaseURL], else the
// one in OPENAI_BASE_URL, else OpenAI's own. Azure has [WithAzure].
//
// It reads the stream itself over net/http. Nothing of the reply is guessed: a stream that
// ends without a finish reason is cut, and ends with [io.ErrUnexpectedEOF]. It makes one
// attempt; retries are l0's.
//
// A schema is enforced by strict structured outputs where they can express it without
// loss, else by a function that the model has to call; see [WithOutputModes] for servers that
// have neither.
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
