package jsonpush

// State says how far a [Parser] has come.
type State uint8

// The states.
const (
	Before   State = iota // nothing but white space has come
	Inside                // in the value
	Complete              // behind the value; only white space may follow
	Broken                // something was wrong; there will be no further events
)

// Limits bound what a [Parser] reads. The zero value has the defaults.
type Limits struct {
	// Depth is how many objects and arrays may be open at a time. 512 unless set.
	Depth int
	// Bytes is how long the input may be. 8 MiB unless set.
	Bytes int
}

const (
	defaultDepth = 512
	defaultBytes = 8 << 20
)

// mode is what the parser is in the middle of, or what must come next.
type mode uint8

const (
	modeRoot       mode = iota // the value
	modeValue                  // a value, behind a colon or a comma
	modeFirst                  // a value or ]
	modeFirstKey               // a name or }
	modeKey                    // a name, behind a comma
	modeColon                  // :
	modeNext                   // a comma or the closer
	modeDone                   // white space
	modeString                 // inside a string, as the next five are
	modeEscape                 // behind \
	modeHex                    // in the digits of \u
	modeHigh                   // behind an escape that is the first half of a surrogate pair
	modeHighEscape             // behind such a half and \
	modeRune                   // in a UTF-8 sequence that was cut
	modeNumber
	modeLiteral
)

// Parser reads one JSON value. The zero value is not ready for use: see [New]. A Parser is
// for one goroutine.
type Parser struct {
	handler Handler
	limits  Limits
	err     *Error
	base    int    // offset of the first byte of the piece that is being read
	stack   []byte // the openers of what is open
	mode    mode

	// Of the string, number or literal that is under way.
	inKey   bool
	start   int    // offset of its first byte
	held    []byte // its text so far that no event has brought
	rest    string // of a literal: what must still come
	literal Kind
	number  numberState
	hex     rune // of \u: the digits so far
	digits  int  // and how many
	high    rune // the first half of a surrogate pair
	cut     [4]byte
	cutLen  int // bytes in cut

	buf [512]byte // of FeedString
}

// New returns a Parser that calls h, which may be nil if only the errors matter.
func New(h Handler, limits Limits) *Parser {
	if h == nil {
		h = ignore{}
	}
	if limits.Depth <= 0 {
		limits.Depth = defaultDepth
	}
	if limits.Bytes <= 0 {
		limits.Bytes = defaultBytes
	}
	return &Parser{handler: h, limits: limits}
}

// Reset makes p as [New] returned it; its buffers stay.
func (p *Parser) Reset() {
	p.err, p.base, p.mode, p.cutLen = nil, 0, modeRoot, 0
	p.stack, p.held = p.stack[:0], p.held[:0]
}

// State returns how far p has come. A number that is the whole value is complete only when
// something follows it or End was called: until then another digit may come.
func (p *Parser) State() State {
	switch {
	case p.err != nil:
		return Broken
	case p.mode == modeRoot:
		return Before
	case p.mode == modeDone:
		return Complete
	}
	return Inside
}

// Offset returns how many bytes were read. Behind an error it is that of the offending byte.
func (p *Parser) Offset() int { return p.base }

// Depth returns how many objects and arrays are open.
func (p *Parser) Depth() int { return len(p.stack) }

// InScalar reports whether p is inside a string that is a value, a number or a literal.
func (p *Parser) InScalar() bool { return p.err == nil && p.mode >= modeString && !p.inKey }

// InString reports whether p is inside a string that is a value.
func (p *Parser) InString() bool { return p.InScalar() && p.mode <= modeRune }

// Feed reads the next piece of the input. The error is an [*Error]; once there is one, all
// later calls return it and read nothing.
func (p *Parser) Feed(data []byte) error {
	if p.err != nil {
		return p.err
	}
	room := p.limits.Bytes - p.base
	if len(data) <= room {
		p.feed(data)
	} else if p.feed(data[:room]); p.err == nil {
		p.fail(TooLong, 0, 0, "longer than it may be")
	}
	if p.err != nil {
		return p.err
	}
	return nil
}

// FeedString is Feed for a string.
func (p *Parser) FeedString(text string) error {
	for text != "" {
		n := copy(p.buf[:], text)
		if err := p.Feed(p.buf[:n]); err != nil {
			return err
		}
		text = text[n:]
	}
	return nil
}

// End tells p that the input has ended. The error is an [*Error]. Behind it, only Reset is of use.
func (p *Parser) End() error {
	if p.err == nil && p.mode == modeNumber && p.number.complete() {
		p.endNumber(p.held, p.base)
	}
	if p.err == nil && p.mode != modeDone {
		p.fail(Incomplete, p.base, 0, p.expected())
	}
	if p.err != nil {
		return p.err
	}
	return nil
}

// feed reads data and moves base behind it.
func (p *Parser) feed(data []byte) {
	i := 0
	for i < len(data) && p.err == nil {
		switch p.mode {
		case modeString:
			i = p.readString(data, i)
		case modeNumber:
			i = p.readNumber(data, i)
		case modeLiteral:
			i = p.readLiteral(data, i)
		case modeEscape, modeHex, modeHigh, modeHighEscape, modeRune:
			i = p.readInString(data[i], i)
		default:
			i = p.readStructure(data, i)
		}
	}
	if p.err != nil {
		p.base = p.err.Offset
		return
	}
	p.base += len(data)
	if len(p.held) > 0 && !p.inKey && p.mode >= modeString && p.mode <= modeRune {
		p.emit(StringPiece, p.start, p.base, p.held)
		p.held = p.held[:0]
	}
}

func (p *Parser) emit(k Kind, start, end int, text []byte) {
	p.handler.Event(Event{Kind: k, Start: start, End: end, Text: text})
}

// fail breaks the parser at byte i of the piece, unless it is broken.
func (p *Parser) fail(f Fault, i int, c byte, expected string) {
	if f != Incomplete {
		i += p.base
	}
	p.err = &Error{Fault: f, Offset: i, Byte: c, Expected: expected}
}

// expected says what could come next.
func (p *Parser) expected() string {
	switch p.mode {
	case modeRoot, modeValue:
		return "a value"
	case modeFirst:
		return "a value or ]"
	case modeFirstKey:
		return "a name in quotes or }"
	case modeKey:
		return "a name in quotes"
	case modeColon:
		return "a colon"
	case modeNext:
		return "a comma or " + string(rune(closer(p.stack[len(p.stack)-1])))
	case modeDone:
		return "nothing more"
	case modeNumber:
		return "a digit"
	case modeLiteral:
		return "true, false or null"
	default:
		return "the rest of a string"
	}
}
