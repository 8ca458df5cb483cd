// Package l0test helps to test code that calls language models, from the smallest to the whole:
//
//   - [Provider] answers from a script, in the same process and without a network.
//   - [Server] is a simulated model server on the loopback interface. It speaks the wires of
//     OpenAI, Anthropic and Gemini, makes up replies that fit the requested JSON Schema, and
//     has any [Fault] that real servers have. [Handler] is the same without the listener.
//   - [TestProvider] checks that an [l0.Provider] reads a wire right, faults included.
//   - [TestIterator] checks that an iterator behaves.
//
// To replace a whole generated client, use the fake that is generated beside it; use this
// package to run the real one. The command l0gen sim runs the server on its own.
//
// It is not a model: what it makes up fits its schema and means nothing. Nothing here talks to
// any other machine, unless [TestProvider] is told to by its environment variables.
package l0test
