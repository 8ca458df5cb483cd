package l0test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// faultKind is one row of the table of faults.
type faultKind struct {
	name string
	keys []string
	doc  string
}

func faultTable() []faultKind {
	at := func(keys ...string) []string { return append([]string{"after", "bytes"}, keys...) }
	return []faultKind{
		{faultNone, nil, "nothing goes wrong"},
		{faultStatus, []string{"retry-after", "as", "type", "code", "message"}, "written as the status itself, 400 to 599: that HTTP status"},
		{faultDelay, []string{"for"}, "silence before the headers"},
		{faultStall, at("for"), "silence in the stream; without for until the client goes"},
		{faultDrip, []string{"each"}, "silence before each token"},
		{faultCut, at(), "a clean end without the terminal event"},
		{faultDrop, at(), "the connection closes in the middle of the body"},
		{faultReset, at(), "the connection is reset"},
		{faultTruncate, at(), "the text stops early and says that it is complete"},
		{faultLength, at(), "the limit of tokens is reached"},
		{faultFilter, at(), "a content filter ends the text"},
		{faultError, at("type", "code", "message"), "an error object in the stream"},
		{faultMalformed, at(), "an event with broken JSON"},
		{faultGarbled, at(), "lines that belong to no event"},
		{faultEmpty, nil, "a complete reply without text"},
		{faultHTML, nil, "a web page with status 200"},
		{faultHuge, at("size"), "one event of this size"},
		{faultEndless, at(), "tokens without end"},
		{faultGarbage, at("size"), "bytes without a line end"},
		{faultUTF8, at(), "a token that is not UTF-8"},
		{faultSplit, nil, "each byte is written on its own"},
		{faultCRLF, nil, "lines end with CR LF"},
		{faultPing, []string{"every"}, "comments or pings between the events"},
		{faultNoBlank, nil, "no empty line behind the last event"},
		{faultUsage, []string{"when"}, "when usage is reported"},
		{faultRole, nil, "the role, or the start of the message, comes again"},
		{faultInterleave, nil, "a second choice is mixed in"},
		{faultRandom, []string{"p", "of"}, "strikes any request with probability p"},
	}
}

func kindOf(name string) (faultKind, bool) {
	table := faultTable()
	i := slices.IndexFunc(table, func(k faultKind) bool { return k.name == name })
	if i < 0 {
		return faultKind{}, false
	}
	return table[i], true
}

// Sizes of huge and endless things, unless a fault says otherwise.
const (
	defaultHuge    = 40 << 20
	defaultGarbage = 1 << 30
)

// retryable are the names that a random fault draws from: trying again mends them.
func retryable() []string {
	return []string{
		"429", "500", "503", "529", faultCut, faultDrop, faultReset, faultError,
		faultMalformed, faultEmpty, faultTruncate,
	}
}

// newPart returns a part of a kind with its defaults.
func newPart(name string) part {
	p := part{name: name}
	switch name {
	case faultDelay:
		p.wait = time.Second
	case faultDrip:
		p.wait = 50 * time.Millisecond
	case faultHuge:
		p.size = defaultHuge
	case faultGarbage:
		p.size = defaultGarbage
	case faultPing:
		p.every = 1
	case faultUsage:
		p.when = string(UsageNever)
	case faultStatus:
		p.form = string(RetrySeconds)
	case faultRandom:
		p.chance = 0.3
	}
	return p
}

// FaultHelp returns the grammar of [ParseFault] and the list of faults, for the help of a command.
func FaultHelp() string {
	var b strings.Builder
	b.WriteString(`SPEC is NAME[:KEY=VALUE,...], several joined with +. A leading "*:" has it hold
for every request; else the first SPEC is for the first request, the second for
the second, and so on. A value with any of , + : = " or a space stands in quotes.

`)
	for _, k := range faultTable() {
		name := k.name
		if name == faultStatus {
			name = "STATUS"
		}
		fmt.Fprintf(&b, "  %-11s%s%s\n", name, k.doc, keysHelp(k))
	}
	b.WriteString(`
  after        strikes after this many tokens of about 4 bytes (0)
  bytes        strikes after this many bytes of text, in place of after
  for          a duration such as 1500ms or 2s (delay: 1s; stall: without end)
  each         a duration (50ms)
  every        a number of tokens (1)
  size         bytes, or with a unit: 64KB, 40MB, 1GB (huge: 40MB; garbage: 1GB)
  retry-after  a duration; as=seconds, ms or date is its form (seconds)
  type, code, message  what the error object says (as usual for the wire)
  when         first, last, both, every or never (never)
  p            a probability from 0 to 1 (0.3)
  of           names of faults, joined with /; without it those that a retry mends

Examples: cut:after=5    429:retry-after=2s    *:split+crlf    random:p=0.3
`)
	return b.String()
}

func keysHelp(k faultKind) string {
	if len(k.keys) == 0 {
		return ""
	}
	return " (" + strings.Join(k.keys, ", ") + ")"
}
