package jsonpush

// readStructure reads what is between strings, numbers and literals, up to the first byte of
// one. It returns where to go on.
func (p *Parser) readStructure(data []byte, i int) int {
	for i < len(data) {
		c := data[i]
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
			i++
			continue
		}
		switch {
		case c == ',' && p.mode == modeNext:
			p.mode = modeValue
			if p.stack[len(p.stack)-1] == '{' {
				p.mode = modeKey
			}
		case c == ':' && p.mode == modeColon:
			p.mode = modeValue
		case c == '"' && p.mode <= modeKey:
			p.beginString(i)
			return i + 1
		case (c == '}' || c == ']') && p.mayClose():
			p.end(c, i)
		case p.mode <= modeFirst:
			if !p.begin(c, i) {
				return i // a scalar, whose first byte is still to be read
			}
		default:
			p.unexpected(c, i)
		}
		if p.err != nil {
			return i
		}
		i++
	}
	return i
}

// begin handles the first byte of a value that is no string. It reports whether it has
// consumed it.
func (p *Parser) begin(c byte, i int) bool {
	switch c {
	case '{':
		p.open(c, i, ObjectBegin, modeFirstKey)
		return true
	case '[':
		p.open(c, i, ArrayBegin, modeFirst)
		return true
	case 't':
		p.beginLiteral(i, "true", True)
	case 'f':
		p.beginLiteral(i, "false", False)
	case 'n':
		p.beginLiteral(i, "null", Null)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		p.start, p.number, p.mode, p.inKey = p.base+i, numberStart, modeNumber, false
	default:
		p.unexpected(c, i)
	}
	return false
}

func (p *Parser) open(c byte, i int, k Kind, next mode) {
	if len(p.stack) >= p.limits.Depth {
		p.fail(TooDeep, i, 0, "nested too deep")
		return
	}
	p.stack = append(p.stack, c)
	p.mode = next
	p.emit(k, p.base+i, p.base+i+1, nil)
}

// mayClose reports whether a closing bracket, of either kind, can be next.
func (p *Parser) mayClose() bool {
	return p.mode == modeNext || p.mode == modeFirst || p.mode == modeFirstKey
}

func (p *Parser) end(c byte, i int) {
	last := len(p.stack) - 1
	if c != closer(p.stack[last]) {
		p.fail(Mismatch, i, c, p.expected())
		return
	}
	p.stack = p.stack[:last]
	p.valueDone()
	k := ObjectEnd
	if c == ']' {
		k = ArrayEnd
	}
	p.emit(k, p.base+i, p.base+i+1, nil)
}

// valueDone moves on behind a value.
func (p *Parser) valueDone() {
	p.mode = modeNext
	if len(p.stack) == 0 {
		p.mode = modeDone
	}
}

func (p *Parser) unexpected(c byte, i int) {
	f := Unexpected
	if p.mode == modeDone {
		f = Trailing
	}
	p.fail(f, i, c, p.expected())
}

func closer(opener byte) byte {
	return opener + 2 // of [ and { in ASCII
}
