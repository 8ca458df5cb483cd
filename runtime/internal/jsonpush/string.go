package jsonpush

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

func (p *Parser) beginString(i int) {
	p.inKey = p.mode == modeKey || p.mode == modeFirstKey
	p.start, p.mode = p.base+i, modeString
	if !p.inKey {
		p.emit(StringBegin, p.start, p.start+1, nil)
	}
}

// endString ends the string at its closing quote, byte i. text is what comes behind p.held.
func (p *Parser) endString(text []byte, i int) {
	if len(p.held) > 0 {
		p.held = append(p.held, text...)
		text = p.held
	}
	k := Key
	if p.inKey {
		p.mode = modeColon
	} else {
		k = StringEnd
		p.valueDone()
	}
	p.emit(k, p.start, p.base+i+1, text)
	p.held = p.held[:0]
}

// readString reads inside a string up to its end, an escape, or the end of data, and returns
// where to go on.
func (p *Parser) readString(data []byte, i int) int {
	from := i
	for {
		i += plain(data[i:])
		if i >= len(data) {
			break
		}
		c := data[i]
		switch {
		case c == '"':
			p.endString(data[from:i], i)
			return i + 1
		case c == '\\':
			p.held = append(p.held, data[from:i]...)
			p.mode = modeEscape
			return i + 1
		case c < ' ':
			p.fail(BadString, i, c, "an escape, as control characters have,")
			return i
		default:
			size := p.runeSize(data[i:])
			if size > 0 {
				i += size
				continue
			}
			p.held = append(p.held, data[from:i]...)
			if p.mode == modeRune {
				return len(data)
			}
			p.held = utf8.AppendRune(p.held, utf8.RuneError)
			i++
			from = i
		}
	}
	p.stringCut(data[from:])
	return i
}

// plain returns how many bytes at the beginning of data are ASCII that means itself inside a
// string: no quote, no backslash, no control character. It looks at eight bytes at a time.
func plain(data []byte) int {
	i := 0
	for ; len(data)-i >= 8; i += 8 {
		if hit := special(binary.LittleEndian.Uint64(data[i:])); hit != 0 {
			return i + bits.TrailingZeros64(hit)/8
		}
	}
	for i < len(data) {
		c := data[i]
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			break
		}
		i++
	}
	return i
}

// special sets the top bit of the lowest byte of eight that is not plain, and may set those
// of higher bytes. A byte is below n if subtracting n borrows, and is c if its xor with c is
// below 1.
func special(eight uint64) uint64 {
	const (
		ones = 0x0101010101010101
		tops = 0x8080808080808080
	)
	quote, backslash := eight^ones*'"', eight^ones*'\\'
	return (eight | (eight-ones*' ')&^eight | (quote-ones)&^quote | (backslash-ones)&^backslash) & tops
}

// stringCut handles the end of the input in the middle of a string, behind text.
func (p *Parser) stringCut(text []byte) {
	if p.inKey || len(p.held) > 0 {
		p.held = append(p.held, text...)
	} else if len(text) > 0 {
		p.emit(StringPiece, p.start, p.base+len(text), text)
	}
}

// runeSize returns the size of the UTF-8 sequence that data begins with, 0 if it is none or
// is cut; in the latter case it keeps the sequence and enters modeRune.
func (p *Parser) runeSize(data []byte) int {
	if !utf8.FullRune(data) {
		p.cutLen = copy(p.cut[:], data)
		p.mode = modeRune
		return 0
	}
	if r, size := utf8.DecodeRune(data); r != utf8.RuneError || size > 1 {
		return size
	}
	return 0
}

// readInString reads byte i, c, inside an escape or a cut sequence, and returns where to go on:
// at the same byte if it belongs to what follows.
func (p *Parser) readInString(c byte, i int) int {
	switch p.mode {
	case modeRune:
		return p.readRune(c, i)
	case modeHex:
		return p.readHex(c, i)
	case modeHigh:
		if c != '\\' {
			p.dropHigh(modeString)
			return i
		}
		p.mode = modeHighEscape
	case modeHighEscape:
		if c != 'u' {
			p.dropHigh(modeEscape)
			return i
		}
		p.mode, p.hex, p.digits = modeHex, 0, 0
	default:
		p.readEscape(c, i)
	}
	return i + 1
}

// dropHigh writes the first half of a pair whose second does not follow.
func (p *Parser) dropHigh(next mode) {
	p.held = utf8.AppendRune(p.held, utf8.RuneError)
	p.high, p.mode = 0, next
}

// readRune adds c to the sequence that was cut.
func (p *Parser) readRune(c byte, i int) int {
	p.cut[p.cutLen] = c
	text := p.cut[:p.cutLen+1]
	if !utf8.FullRune(text) {
		p.cutLen++
		return i + 1
	}
	p.mode = modeString
	if _, size := utf8.DecodeRune(text); size > 1 {
		p.held = append(p.held, text...)
		return i + 1
	}
	for range p.cutLen { // each byte by itself is invalid, and c is whatever it is
		p.held = utf8.AppendRune(p.held, utf8.RuneError)
	}
	return i
}

// readEscape reads the byte behind a backslash.
func (p *Parser) readEscape(c byte, i int) {
	p.mode = modeString
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		p.mode, p.hex, p.digits, p.high = modeHex, 0, 0, 0
		return
	default:
		p.fail(BadString, i, c, `one of "\/bfnrtu behind a backslash`)
		return
	}
	p.held = append(p.held, c)
}

// readHex reads a digit of \u.
func (p *Parser) readHex(c byte, i int) int {
	digit, ok := hexDigit(c)
	if !ok {
		p.fail(BadString, i, c, "a hexadecimal digit")
		return i
	}
	p.hex = p.hex<<4 | digit
	p.digits++
	if p.digits == 4 {
		p.endHex()
	}
	return i + 1
}

// endHex handles a complete \u escape.
func (p *Parser) endHex() {
	r := p.hex
	p.mode = modeString
	if p.high != 0 {
		if pair := utf16.DecodeRune(p.high, r); pair != utf8.RuneError {
			p.held = utf8.AppendRune(p.held, pair)
			p.high = 0
			return
		}
		p.dropHigh(modeString)
	}
	const firstLow, firstHigh = 0xDC00, 0xD800
	if r >= firstHigh && r < firstLow {
		p.high, p.mode = r, modeHigh
		return
	}
	p.held = utf8.AppendRune(p.held, r) // writes U+FFFD for a second half
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}
