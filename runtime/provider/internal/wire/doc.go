// Package wire is what the built-in providers have in common: it sends a request, tells a
// stream from everything else that a server may answer, and turns the stream's events into
// chunks.
//
// It knows HTTP and the ways in which servers fail, and no provider's format: a provider
// builds the body, and gives a [Decoder] for the events.
package wire
