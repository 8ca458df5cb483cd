package l0test

import (
	"io"
	"slices"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Reply is what a [Provider] or a [Server] answers to one request. Its zero value is a stream that ends at
// once, without a finish reason.
type Reply struct {
	// OpenErr makes the request itself fail; the other fields do not count then. A [Server]
	// answers with the status of an [*l0.ProviderError], and 500 for any other error.
	OpenErr error
	// Chunks are what comes, in order.
	Chunks []l0.Chunk
	// Err is what comes after them. Nil is io.EOF, the clean end. A [Server] sends an
	// [*l0.ProviderError] as an error object and resets the connection for any other error.
	Err error
	// Hang makes the stream fall silent after the chunks, until it is closed.
	Hang bool
	// Pumped has the runtime read the stream on a goroutine of its own, as it does with
	// sources that it does not trust. It means nothing to a [Server].
	Pumped bool
	// Exact has a [Server] send each of the Chunks as one event. Without it, text is cut into
	// pieces of about four bytes, as a model's tokens are.
	Exact bool
	// Faults are what goes wrong with the reply on its way. Only a [Server] can play them; to
	// a [Provider] they are an error.
	Faults []Fault

	auto bool // the server makes up the reply
}

// Auto returns a reply that a [Server] makes up: JSON that fits the schema that the request
// asks for, else a plausible text. It is the same for the same seed and request.
func Auto() Reply { return Reply{auto: true} }

// With returns the reply with faults added.
func (r Reply) With(faults ...Fault) Reply {
	r.Faults = slices.Concat(r.Faults, faults)
	return r
}

// Text returns a reply that is complete: text in pieces of about a token.
func Text(text string) Reply {
	return Reply{Chunks: append(Pieces(text), l0.Chunk{Finish: l0.FinishStop})}
}

// Chunks returns a reply of these chunks with a clean end behind them.
func Chunks(chunks ...l0.Chunk) Reply { return Reply{Chunks: chunks, Exact: true} }

// Cut returns a reply whose connection breaks after text.
func Cut(text string) Reply { return Reply{Chunks: Pieces(text), Err: io.ErrUnexpectedEOF} }

// Fail returns a reply that ends with err after text.
func Fail(text string, err error) Reply { return Reply{Chunks: Pieces(text), Err: err} }

// Refuse returns a reply whose request fails with err.
func Refuse(err error) Reply { return Reply{OpenErr: err} }

// Hang returns a reply that falls silent after text.
func Hang(text string) Reply { return Reply{Chunks: Pieces(text), Hang: true} }

// Pieces cuts text into chunks of about a token: in front of every space.
func Pieces(text string) []l0.Chunk {
	chunks := make([]l0.Chunk, 0, strings.Count(text, " ")+2) // room for the end
	for text != "" {
		end := len(text)
		if i := strings.IndexByte(text[1:], ' '); i >= 0 {
			end = i + 1
		}
		chunks = append(chunks, l0.Chunk{Text: text[:end]})
		text = text[end:]
	}
	return chunks
}
