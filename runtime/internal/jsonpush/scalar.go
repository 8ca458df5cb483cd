package jsonpush

// numberState is the place in the grammar of a number.
type numberState uint8

const (
	numberStart    numberState = iota // a minus or a digit must come
	numberMinus                       // a digit must come
	numberZero                        // behind a leading zero
	numberWhole                       // in the digits before the point
	numberPoint                       // a digit must come
	numberFraction                    // in the digits behind the point
	numberE                           // a sign or a digit must come
	numberSign                        // a digit must come
	numberExponent                    // in the digits of the exponent
	numberOver                        // the byte does not belong to the number
)

// complete reports whether the number may end here.
func (s numberState) complete() bool {
	return s == numberZero || s == numberWhole || s == numberFraction || s == numberExponent
}

// next returns the state behind c.
func (s numberState) next(c byte) numberState {
	digit := c-'0' <= 9
	switch s {
	case numberStart, numberMinus:
		switch {
		case c == '0':
			return numberZero
		case digit:
			return numberWhole
		case c == '-' && s == numberStart:
			return numberMinus
		}
	case numberZero, numberWhole, numberFraction:
		switch {
		case digit && s != numberZero:
			return s
		case c == '.' && s != numberFraction:
			return numberPoint
		case c == 'e' || c == 'E':
			return numberE
		}
	case numberPoint:
		if digit {
			return numberFraction
		}
	case numberE, numberSign, numberExponent:
		switch {
		case digit:
			return numberExponent
		case s == numberE && (c == '+' || c == '-'):
			return numberSign
		}
	default:
	}
	return numberOver
}

// readNumber reads a number as far as data has it and returns where to go on.
func (p *Parser) readNumber(data []byte, i int) int {
	from := i
	for ; i < len(data); i++ {
		next := p.number.next(data[i])
		if next != numberOver {
			p.number = next
			continue
		}
		if !p.number.complete() {
			p.fail(BadNumber, i, data[i], p.expected())
			return i
		}
		text := data[from:i]
		if len(p.held) > 0 {
			p.held = append(p.held, text...)
			text = p.held
		}
		p.endNumber(text, p.base+i)
		return i
	}
	p.held = append(p.held, data[from:]...)
	return i
}

func (p *Parser) endNumber(text []byte, end int) {
	p.valueDone()
	p.emit(Number, p.start, end, text)
	p.held = p.held[:0]
}

func (p *Parser) beginLiteral(i int, word string, k Kind) {
	p.start, p.rest, p.literal, p.mode, p.inKey = p.base+i, word, k, modeLiteral, false
}

// readLiteral reads a literal as far as data has it and returns where to go on.
func (p *Parser) readLiteral(data []byte, i int) int {
	for ; i < len(data) && p.rest != ""; i++ {
		if data[i] != p.rest[0] {
			p.fail(BadLiteral, i, data[i], p.expected())
			return i
		}
		p.rest = p.rest[1:]
	}
	if p.rest == "" {
		p.valueDone()
		p.emit(p.literal, p.start, p.base+i, nil)
	}
	return i
}
