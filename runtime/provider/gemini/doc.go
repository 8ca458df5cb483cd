// Package gemini is the provider for Google's Gemini API, by streamGenerateContent.
//
// It reads the stream itself over net/http. A reply is complete only with a finish reason: a
// stream that ends without one ends with [io.ErrUnexpectedEOF].
//
// A model's params go into the request as they are. The parameters of generationConfig may
// also stand at the top, so that params: {temperature: 0} means the same for every provider.
//
// A schema is enforced natively where the API's part of JSON Schema suffices, else by a function
// that the model has to call. A prompt or a reply that a filter blocked ends with
// [l0.FinishContentFilter].
package gemini
