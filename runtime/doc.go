// Package l0 is the runtime under the code that l0gen writes: it sends a declared prompt to
// a language model, reads the reply as a stream, checks it, and hands out a value of the
// declared Go type or an error that says what was wrong.
//
// A program makes one [Client] with its providers and gives it to the constructor of each
// generated package:
//
//	base := l0.NewClient(openai.Provider(), l0.WithLogger(slog.Default()))
//	client, err := support.New(base)
//	ticket, err := client.ClassifyTicket(ctx, support.ClassifyTicketInput{Subject: s, Body: b})
//
// Every generated function has a variant that returns a [Stream]. Calls without a spec go
// through [Run] and [JSON].
//
// Generated code calls [Bind], [Call] and [StreamOf] and carries its prompts as [Function]
// values; providers implement [Provider] and [Source]. The package knows no provider, reads
// no files, keeps no state between calls beside compiled schemas, and never panics on behalf
// of somebody else: what user code, a provider or a template throws becomes an [*Error].
package l0
