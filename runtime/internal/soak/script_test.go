package soak

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// script is what the server does in one attempt, and what may come of it.
type script struct {
	fault string // the name of what goes wrong
	reply l0test.Reply
	// kept is what the attempt goes on from.
	kept string
	// text is what is new in the reply, endless says that pad follows without end.
	text    string
	endless string
	dirty   bool // bytes that are no UTF-8 are somewhere in it
	whole   bool // the server calls the reply complete
	may     []l0.Code
}

// String shows the script in a report of a failure.
func (s *script) String() string {
	if s == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s: %q + %q %q", s.fault, s.kept, s.text, s.endless)
}

// name says what goes wrong.
func (s *script) name() string {
	if s == nil {
		return "nothing"
	}
	return s.fault
}

// holds reports whether text is what a consumer may have: a beginning of what the server sent, or
// all of it.
func (s *script) holds(text string, all bool) bool {
	if s.dirty {
		text, want := clean(text), clean(s.kept+s.text)
		return strings.HasPrefix(want, text) && (!all || text == want)
	}
	return s.holdsAt(0, text) && (!all || len(text) == len(s.kept)+len(s.text) && s.endless == "")
}

// holdsAt reports whether a piece may stand at an offset. It takes the time of the piece alone.
func (s *script) holdsAt(offset int, piece string) bool {
	for i := range len(piece) {
		at := offset + i
		var want byte
		switch n := at - len(s.kept) - len(s.text); {
		case at < len(s.kept):
			want = s.kept[at]
		case n < 0:
			want = s.text[at-len(s.kept)]
		case s.endless == "":
			return false
		default:
			want = s.endless[n%len(s.endless)]
		}
		if piece[i] != want {
			return false
		}
	}
	return true
}

// clean takes out what is made of bytes that are no UTF-8.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\ufffd", "")
}

// script draws what happens in an attempt that goes on behind a checkpoint, if it is not empty.
// ok is false if it cannot be told what the result should be.
func (p *plan) script(attempt int, checkpoint string) (s *script, ok bool) {
	r := p.source(forAttempts + uint64(attempt)) //nolint:gosec // it is small
	text, repeated := p.text(attempt), 0
	s = &script{kept: checkpoint}
	if checkpoint != "" {
		if text, repeated, ok = goOn(r, text, checkpoint); !ok {
			return nil, false
		}
	}
	s.reply.Exact = true
	chunks := pieces(r, text)
	thinks := one(r, 4)
	p.strike(r, s, chunks, repeated, thinks)
	const most = 50 // chunks, of some hundred bytes each on the wire
	if one(r, 20) && len(chunks) < most && s.fault != "garbage" && s.fault != "huge" && s.fault != "endless" {
		s.reply.Faults = append(s.reply.Faults, l0test.Split())
	}
	for _, shape := range shapes() {
		if one(r, 10) {
			s.reply.Faults = append(s.reply.Faults, shape)
		}
	}
	if thinks {
		chunks = append([]l0.Chunk{{Reasoning: "hm "}}, chunks...)
	}
	s.reply.Chunks = append(chunks, l0.Chunk{Finish: l0.FinishStop})
	return s, true
}

// goOn returns the rest of text behind checkpoint, with some of its end repeated.
func goOn(r *rand.Rand, text, checkpoint string) (rest string, repeated int, ok bool) {
	if !strings.HasPrefix(text, checkpoint) {
		return "", 0, false
	}
	for range 20 {
		repeated = r.IntN(min(len(checkpoint), 300) + 1)
		if one(r, 3) {
			repeated = 0
		}
		rest = text[len(checkpoint)-repeated:]
		if valid(rest) && overlap(checkpoint, rest) == repeated {
			return rest, repeated, true
		}
	}
	return "", 0, false
}

func valid(text string) bool { return strings.ToValidUTF8(text, "") == text }

// shapes are odd ways to send a reply that change nothing of it.
func shapes() []l0test.Fault {
	return []l0test.Fault{
		l0test.CRLF(), l0test.Ping(1), l0test.Ping(3), l0test.NoBlankLine(), l0test.ReportUsage(l0test.UsageFirst),
		l0test.ReportUsage(l0test.UsageBoth), l0test.ReportUsage(l0test.UsageEvery), l0test.ReportUsage(l0test.UsageNever),
		l0test.RepeatRole(), l0test.Interleave(), l0test.Delay(3 * time.Millisecond),
	}
}

// strike draws what goes wrong.
func (p *plan) strike(r *rand.Rand, s *script, chunks []l0.Chunk, repeated int, thinks bool) {
	all := strikes(r)
	f := all[r.IntN(len(all))]
	n := r.IntN(len(chunks) + 2)
	size := int64(1 + r.IntN(200))
	if one(r, 4) {
		size <<= 12
	}
	if !p.wrong || one(r, 3) {
		f, n = strike{name: "none", whole: true}, 0
	}
	if p.continues && f.alters {
		f, n = strike{name: "none", whole: true}, 0 // where to go on could not be told
	}
	for repeated > 0 && f.ends && length(chunks, n) <= repeated && n < len(chunks) {
		n++ // a model that ends within what it repeats has not said that it repeats it
	}
	s.fault, s.whole, s.dirty, s.may = f.name, f.whole, f.name == "utf8", f.may
	if f.make != nil {
		at := n
		if thinks {
			at++ // the thinking is a token too
		}
		s.reply.Faults = append(s.reply.Faults, f.make(at, size))
	}
	s.text = joined(chunks)[repeated:]
	before := joined(chunks[:min(n, len(chunks))])
	after := joined(chunks)[len(before):]
	before = before[min(repeated, len(before)):]
	switch {
	case f.nothing:
		s.text = ""
	case f.stops:
		s.text = before
	case f.name == "utf8":
		s.text = before + "\xff\xfe\xc3" + after
	case f.name == "huge":
		s.text = before + strings.Repeat("x", int(size)) + after
	case f.name == "endless":
		s.text, s.endless = before, " and"
	case f.name == "hang":
		s.reply.Hang = true
	}
}

func length(chunks []l0.Chunk, n int) int { return len(joined(chunks[:min(n, len(chunks))])) }

func joined(chunks []l0.Chunk) string {
	var b strings.Builder
	for _, c := range chunks {
		b.WriteString(c.Text)
	}
	return b.String()
}

// strike is one thing that can go wrong.
type strike struct {
	name    string
	make    func(n int, size int64) l0test.Fault
	nothing bool // no text comes
	stops   bool // no text comes behind it
	ends    bool // the reply ends as a model ends it
	alters  bool // it changes the text
	whole   bool // the reply may be accepted
	may     []l0.Code
}

// strikes returns all that can go wrong, with some of the statuses that a server answers with.
func strikes(r *rand.Rand) []strike {
	at := func(f func(int) l0test.Fault) func(int, int64) l0test.Fault {
		return func(n int, _ int64) l0test.Fault { return f(n) }
	}
	is := func(f l0test.Fault) func(int, int64) l0test.Fault {
		return func(int, int64) l0test.Fault { return f }
	}
	lost := []l0.Code{l0.CodeIncomplete, l0.CodeNetworkError}
	refused := []l0.Code{l0.CodeProviderError}
	out := []strike{
		{name: "cut", make: at(l0test.CutAfter), stops: true, may: lost},
		{name: "drop", make: at(l0test.DropAfter), stops: true, may: lost},
		{name: "reset", make: at(l0test.ResetAfter), stops: true, may: lost},
		{name: "truncate", make: at(l0test.TruncateAfter), stops: true, ends: true, whole: true},
		{name: "length", make: at(l0test.LengthAfter), stops: true, ends: true, may: []l0.Code{l0.CodeIncomplete}},
		{name: "filter", make: at(l0test.FilterAfter), stops: true, ends: true, may: []l0.Code{l0.CodeGuardrailViolation}},
		{name: "error", make: func(n int, _ int64) l0test.Fault { return l0test.ErrorAfter(n, "", "") }, stops: true, may: refused},
		{name: "malformed", make: at(l0test.MalformedAfter), stops: true, may: refused},
		{name: "garbled", make: at(l0test.GarbledAfter), whole: true},
		{name: "empty", make: is(l0test.Empty()), nothing: true, ends: true, whole: true},
		{name: "html", make: is(l0test.HTML()), nothing: true, may: refused},
		{name: "garbage", make: l0test.GarbageAfter, stops: true, may: append(lost, refused...)},
		{name: "utf8", make: at(l0test.InvalidUTF8), alters: true, whole: true},
		{name: "huge", make: l0test.Huge, alters: true, whole: true},
		{name: "endless", make: at(l0test.EndlessAfter), alters: true, may: []l0.Code{l0.CodeReplyTooLarge, l0.CodeIncomplete}},
		{name: "stall", make: func(n int, size int64) l0test.Fault {
			return l0test.Stall(n, time.Duration(size%20+1)*time.Millisecond)
		}, whole: true},
		{name: "silence", make: func(n int, _ int64) l0test.Fault { return l0test.Stall(n, 0) }, stops: true},
		{name: "drip", make: is(l0test.Drip(time.Millisecond)), whole: true},
		{name: "hang"},
	}
	statuses := []int{400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529}
	for range 3 {
		status := statuses[r.IntN(len(statuses))]
		f := l0test.Status(status)
		if one(r, 2) {
			f = f.WithRetryAfter(5*time.Millisecond, l0test.RetryMillis)
		}
		out = append(out, strike{name: fmt.Sprint("status ", status), make: is(f), nothing: true, may: refused})
	}
	return out
}
