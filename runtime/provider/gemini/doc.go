// Package gemini is the provider for Google's Gemini API, by streamGenerateContent.
//
//	base := l0.NewClient(gemini.Provider()) // the key is in GEMINI_API_KEY or GOOGLE_API_KEY
//
// The address is the base URL of the model in the spec, else that of [WithBaseURL], else
// Google's own. No environment variable sets it.
//
// It reads the stream itself over net/http, and makes one attempt; retries are l0's. A reply is
// complete only with a finish reason: a stream that ends without one ends with
// [io.ErrUnexpectedEOF].
//
// A model's params go into the request as they are. The parameters of generationConfig may
// also stand at the top, so that params: {temperature: 0} means the same for every provider.
//
// A schema is enforced natively where the API's part of JSON Schema suffices, else by a function
// that the model has to call. A prompt or a reply that a filter blocked ends with
// [l0.FinishContentFilter].
package gemini
