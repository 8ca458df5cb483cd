package l0test

import (
	"slices"
	"time"
)

// Fault is what goes wrong with one reply of a [Server]: nothing (the zero value), one thing,
// or several at once, joined with [Fault.And]. Its text form is what [ParseFault] reads and
// what the command l0gen sim takes. A Fault never changes once it is made.
//
// A fault that strikes in the text does so after a number of tokens, which are pieces of
// about four bytes, or of bytes ([Fault.AtByte]). In a shorter reply it strikes at the end of
// the text, before the finish reason.
type Fault struct {
	every bool
	parts []part
}

// part is one thing that goes wrong. Which fields count depends on its name; see faultTable.
type part struct {
	name       string
	status     int           // of a status fault, whose name is "status"
	after      int           // tokens
	bytes      int           // bytes, in place of tokens if it is not zero
	wait       time.Duration // zero is for ever in a stall
	size       int64
	every      int
	when       string
	retryAfter time.Duration
	form       string
	typ        string
	code       string
	message    string
	chance     float64
	of         []string
}

// The names of the faults, as ParseFault reads them.
const (
	faultNone       = "none"
	faultStatus     = "status" // written as the status itself
	faultDelay      = "delay"
	faultStall      = "stall"
	faultDrip       = "drip"
	faultCut        = "cut"
	faultDrop       = "drop"
	faultReset      = "reset"
	faultTruncate   = "truncate"
	faultLength     = "length"
	faultFilter     = "filter"
	faultError      = "error"
	faultMalformed  = "malformed"
	faultGarbled    = "garbled"
	faultEmpty      = "empty"
	faultHTML       = "html"
	faultHuge       = "huge"
	faultEndless    = "endless"
	faultGarbage    = "garbage"
	faultUTF8       = "utf8"
	faultSplit      = "split"
	faultCRLF       = "crlf"
	faultPing       = "ping"
	faultNoBlank    = "no-blank"
	faultUsage      = "usage"
	faultRole       = "role"
	faultInterleave = "interleave"
	faultRandom     = "random"
)

// UsageWhen says when a stream reports the tokens used.
type UsageWhen string

// When usage comes.
const (
	UsageFirst UsageWhen = "first" // in the first event only
	UsageLast  UsageWhen = "last"  // at the end only
	UsageBoth  UsageWhen = "both"  // in the first event, too low, and at the end
	UsageEvery UsageWhen = "every" // with every token, growing
	UsageNever UsageWhen = "never"
)

// RetryForm is how a server says when to try again.
type RetryForm string

// The forms of a Retry-After.
const (
	RetrySeconds RetryForm = "seconds" // Retry-After: 2
	RetryMillis  RetryForm = "ms"      // retry-after-ms: 1500
	RetryDate    RetryForm = "date"    // Retry-After: Fri, 02 Jan 2026 15:04:05 GMT
)

func one(p part) Fault { return Fault{parts: []part{p}} }

// Status has the server answer with an HTTP status from 400 to 599 and the error body of the wire.
func Status(code int) Fault {
	return one(part{name: faultStatus, status: code, form: string(RetrySeconds)})
}

// Delay waits before the headers of the answer.
func Delay(d time.Duration) Fault { return one(part{name: faultDelay, wait: d}) }

// Stall falls silent after n tokens for d. Zero n is before the first token, zero d until the
// client goes away.
func Stall(n int, d time.Duration) Fault { return one(part{name: faultStall, after: n, wait: d}) }

// Drip waits before each token.
func Drip(d time.Duration) Fault { return one(part{name: faultDrip, wait: d}) }

// CutAfter ends the stream cleanly after n tokens, without its terminal event: what a server
// does when its model process dies.
func CutAfter(n int) Fault { return one(part{name: faultCut, after: n}) }

// DropAfter closes the connection in the middle of the body after n tokens.
func DropAfter(n int) Fault { return one(part{name: faultDrop, after: n}) }

// ResetAfter resets the TCP connection after n tokens.
func ResetAfter(n int) Fault { return one(part{name: faultReset, after: n}) }

// TruncateAfter ends the text after n tokens as if it were complete.
func TruncateAfter(n int) Fault { return one(part{name: faultTruncate, after: n}) }

// LengthAfter ends the text after n tokens because the limit of tokens is reached.
func LengthAfter(n int) Fault { return one(part{name: faultLength, after: n}) }

// FilterAfter has a content filter end the text after n tokens.
func FilterAfter(n int) Fault { return one(part{name: faultFilter, after: n}) }

// ErrorAfter sends an error object of this type after n tokens, with the HTTP status 200.
// An empty type is what the wire calls an overloaded server, an empty message a usual text.
func ErrorAfter(n int, typ, message string) Fault {
	return one(part{name: faultError, after: n, typ: typ, message: message})
}

// MalformedAfter sends an event whose JSON is broken after n tokens.
func MalformedAfter(n int) Fault { return one(part{name: faultMalformed, after: n}) }

// GarbledAfter sends lines that belong to no event after n tokens.
func GarbledAfter(n int) Fault { return one(part{name: faultGarbled, after: n}) }

// Empty ends the reply properly without any text.
func Empty() Fault { return one(part{name: faultEmpty}) }

// HTML answers with a web page and the status 200, as a proxy does.
func HTML() Fault { return one(part{name: faultHTML}) }

// Huge sends one event with size bytes of text after n tokens, in pieces: it costs the server
// no memory.
func Huge(n int, size int64) Fault { return one(part{name: faultHuge, after: n, size: size}) }

// EndlessAfter sends tokens without end after n tokens, until the client goes away.
func EndlessAfter(n int) Fault { return one(part{name: faultEndless, after: n}) }

// GarbageAfter sends size bytes without a line end after n tokens, then ends the stream.
func GarbageAfter(n int, size int64) Fault {
	return one(part{name: faultGarbage, after: n, size: size})
}

// InvalidUTF8 sends a token that is not UTF-8 after n tokens.
func InvalidUTF8(n int) Fault { return one(part{name: faultUTF8, after: n}) }

// Split writes each byte of the answer on its own.
func Split() Fault { return one(part{name: faultSplit}) }

// CRLF ends lines with \r\n.
func CRLF() Fault { return one(part{name: faultCRLF}) }

// Ping puts a comment, or the ping event of the wire, before every n-th token.
func Ping(n int) Fault { return one(part{name: faultPing, every: n}) }

// NoBlankLine leaves out the empty line behind the last event.
func NoBlankLine() Fault { return one(part{name: faultNoBlank}) }

// ReportUsage changes when the tokens used are reported. [UsageLast] reports them even to a
// client that did not ask.
func ReportUsage(when UsageWhen) Fault { return one(part{name: faultUsage, when: string(when)}) }

// RepeatRole sends the beginning again: the role in every chunk, or a second message_start.
func RepeatRole() Fault { return one(part{name: faultRole}) }

// Interleave mixes a second choice into the stream, which is no part of the reply.
func Interleave() Fault { return one(part{name: faultInterleave}) }

// Random strikes each request with probability p, with one of the named faults, which are
// names of ParseFault such as "cut" or "429". Without names it is one of those that trying
// again mends. Which requests it strikes, with what and where, depends on the seed of the
// server alone.
func Random(p float64, of ...string) Fault {
	return Fault{every: true, parts: []part{{name: faultRandom, chance: p, of: of}}}
}

// And returns a fault that is f and g at once. Where both strike at the same place, f comes first.
func (f Fault) And(g Fault) Fault {
	return Fault{every: f.every || g.every, parts: slices.Concat(f.parts, g.parts)}
}

// Every returns f for every request, not just for one.
func (f Fault) Every() Fault {
	f.every = true
	return f
}

// AtByte returns f striking after n bytes of text, at the border of a rune, in place of a
// number of tokens. Faults that strike nowhere in the text stay as they are.
func (f Fault) AtByte(n int) Fault {
	return f.edit("bytes", func(p *part) { p.after, p.bytes = 0, n })
}

// WithRetryAfter returns f, a [Status], with a hint when to try again.
func (f Fault) WithRetryAfter(d time.Duration, form RetryForm) Fault {
	return f.edit("retry-after", func(p *part) { p.retryAfter, p.form = d, string(form) })
}

// WithError returns f, a [Status] or [ErrorAfter], with this type, code and message in its
// error object. What is empty is as usual for the wire.
func (f Fault) WithError(typ, code, message string) Fault {
	return f.edit("message", func(p *part) { p.typ, p.code, p.message = typ, code, message })
}

// edit changes the parts that have a key.
func (f Fault) edit(key string, change func(*part)) Fault {
	f.parts = slices.Clone(f.parts)
	for i := range f.parts {
		if kind, ok := kindOf(f.parts[i].name); ok && slices.Contains(kind.keys, key) {
			change(&f.parts[i])
		}
	}
	return f
}
