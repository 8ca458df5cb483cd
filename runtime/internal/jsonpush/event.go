package jsonpush

// Kind says what an [Event] is.
type Kind uint8

// The kinds of events. A value is one of: ObjectBegin … ObjectEnd, ArrayBegin … ArrayEnd,
// StringBegin … StringEnd, Number, True, False, Null. In an object a Key is before each value.
const (
	ObjectBegin Kind = iota + 1
	ObjectEnd
	ArrayBegin
	ArrayEnd
	// Key is the name of a property. Text is all of it.
	Key
	// StringBegin is the opening quote.
	StringBegin
	// StringPiece is some text of a string that goes on. Text is never empty. How a string is
	// cut into pieces depends on how the input was, but each piece holds whole characters.
	StringPiece
	// StringEnd is the closing quote. Text is what no StringPiece has brought, so for a string
	// without pieces it is all of it.
	StringEnd
	// Number has the number as it was written in Text.
	Number
	True
	False
	Null
)

// String returns the name of the kind, for messages and tests.
func (k Kind) String() string {
	const names = "? ObjectBegin ObjectEnd ArrayBegin ArrayEnd Key StringBegin StringPiece StringEnd Number True False Null"
	return word(names, int(k))
}

// Event is one thing that was read.
type Event struct {
	Kind Kind
	// Start and End are offsets in bytes from the beginning of the input: of the event's
	// first byte and behind its last. StringPiece and StringEnd start at the opening quote; the
	// End of a StringPiece is how far the input was read.
	Start, End int
	// Text is text without quotes and escapes. It is valid until Event returns: copy
	// it to keep it.
	Text []byte
}

// Handler is told what a [Parser] reads, in order. It is called on the goroutine that feeds.
type Handler interface {
	Event(ev Event)
}

// Tee is a Handler that passes each event to all its members, in order.
type Tee []Handler

// Event implements [Handler].
func (t Tee) Event(ev Event) {
	for _, h := range t {
		h.Event(ev)
	}
}

// ignore is the Handler of a parser that only checks.
type ignore struct{}

func (ignore) Event(Event) {}
