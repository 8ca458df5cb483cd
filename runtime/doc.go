// Package l0 is the runtime under the code that l0gen writes: it sends a declared prompt to
// a language model, reads the reply as a stream, checks it, and returns a value of the
// declared Go type or an error that says what was wrong.
//
// # Calls
//
// A program makes one [Client] with its providers and options, and gives it to the
// constructor of each generated package:
//
//	base := l0.NewClient(openai.Provider(), l0.WithLogger(slog.Default()))
//	client, err := support.New(base)
//	ticket, err := client.ClassifyTicket(ctx, support.ClassifyTicketInput{Subject: s, Body: b})
//
// A generated package holds each prompt as a [Function], which is data. [Option] values set
// things for all calls of a client or for one call. Streams that no spec describes go through
// [Run] and [JSON] with the same care.
//
// # Streams
//
// Each function has a variant that returns a [Stream]. It sends nothing before it is read, and
// has one reader, which chooses how to read:
//
//   - Events yields each [Event]: pieces of text, and restarts, which void text that was delivered.
//   - Partials yields the typed value while it is written, as a [Partial].
//   - Text yields pieces of text alone, and ends with [ErrRestarted] if some become void.
//   - Result waits for the end and returns the value. It may also be called behind a loop.
//
// Leaving a loop, Stream.Close and the end of the context stop the request.
//
// # Reliability
//
// A [Policy] holds the timeouts, retries, continuation and limits of a call. The spec declares
// it, [WithPolicy] lays another above it, and [DefaultPolicy] is below both. A failed
// attempt is made again as the policy says, and then on the function's next model. An invalid
// reply is made again with word of what was wrong with it.
//
// [Batch], [BatchSeq], [Parallel] and [Race] make several calls at a time, within bounds, and
// leave no goroutine behind. The guide docs/guides/parallel.md shows when to use which.
//
// # What happened
//
// Every error of a call is an [*Error], but for what a fake returns. Compare it by errors.Is
// with the Err constants such as [ErrTimeout]. Its message is safe to log; text of the prompt and the reply is in its fields.
// A [Report] lists the attempts of a call with models, failures, decisions, times and tokens;
// Stream.Report returns it, and [Capture] stores it for a call without a stream.
//
// An [Observer] is told each step of a call as a [Record], beside the call and without an
// effect on it. An [Interceptor] wraps whole calls and may refuse them.
//
// # Who calls what
//
// Programs call what is above. Generated code calls [Bind], [Call] and [StreamOf]. Providers
// implement [Provider] and [Source]. Clients, bindings and functions are safe for concurrent
// use; a stream belongs to its reader.
//
// The package knows no provider, reads no files, keeps no state between calls beside compiled
// schemas, and never panics on behalf of somebody else: what user code, a provider or a template
// throws becomes an [*Error].
package l0
