// Package interop has the official SDKs talk to the simulated server of runtime/l0test, to prove
// that its wires are the real ones: what the SDKs of OpenAI, Anthropic and Google read from it is
// what it was told to say, streamed and not, as text, as structured output and as a call of a
// tool, with usage, and with errors that they know.
//
// It is a module of its own, so that nobody else pays for the SDKs: they are large, and a first
// build takes minutes. It has nothing but tests; make interop runs them.
package interop
