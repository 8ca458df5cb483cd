package syntax

import (
	"bytes"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// scalarOffsets finds where each byte of a scalar stands in the file. yaml.v3
// says only where a scalar begins; templates inside it are shown by column.
//
// start is the offset of the node's line and column: the scalar itself, or the
// anchor or tag in front of it. value is what yaml.v3 decoded. The raw text is
// decoded a second time, by the same rules, with the places kept; should the
// outcome ever differ from value, offsets is nil and span is the best guess.
func scalarOffsets(f *source.File, start int, style yaml.Style, value string) (span source.Span, offsets []int) {
	d := &scalarDecoder{src: f.Bytes, want: len(value)}
	d.pos = min(max(start, 0), len(d.src))
	const shown = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if style&shown != 0 || value != "" {
		d.skipProperties()
	}
	begin := d.pos
	switch {
	case style&yaml.LiteralStyle != 0:
		d.block(value, true)
	case style&yaml.FoldedStyle != 0:
		d.block(value, false)
	case style&yaml.SingleQuotedStyle != 0:
		d.quoted('\'')
	case style&yaml.DoubleQuotedStyle != 0:
		d.quoted('"')
	default:
		d.plain()
	}
	span = source.Span{File: f, Start: begin, End: max(begin, d.pos)}
	if string(d.value) != value {
		return span, nil
	}
	return span, d.offsets
}

// scalarDecoder decodes one scalar and remembers where each byte came from.
type scalarDecoder struct {
	src []byte
	pos int
	// want is the length of the decoded value. Plain and block scalars end
	// where the indentation of their parent says; this is simpler to know.
	want    int
	value   []byte
	offsets []int
}

// emit adds text that stands at one place of the file, such as an escape.
func (d *scalarDecoder) emit(text string, offset int) {
	for i := range len(text) {
		d.value = append(d.value, text[i])
		d.offsets = append(d.offsets, offset)
	}
}

// copyTo adds the bytes up to end as they stand.
func (d *scalarDecoder) copyTo(end int) {
	for ; d.pos < end; d.pos++ {
		d.value = append(d.value, d.src[d.pos])
		d.offsets = append(d.offsets, d.pos)
	}
}

// full reports whether there is nothing left to decode.
func (d *scalarDecoder) full() bool {
	return len(d.value) >= d.want || d.pos >= len(d.src)
}

// peek returns the byte at the given distance, 0 behind the end.
func (d *scalarDecoder) peek(distance int) byte {
	if d.pos+distance < len(d.src) {
		return d.src[d.pos+distance]
	}
	return 0
}

// blank reports whether a space or tab comes next.
func (d *scalarDecoder) blank() bool { return d.peek(0) == ' ' || d.peek(0) == '\t' }

// lineBreak is a line break in the file, and the text that YAML makes of it.
type lineBreak struct {
	text   string
	offset int
	width  int
}

// breakAt returns the line break at a distance; its width is 0 when none is
// there. YAML 1.1, which yaml.v3 follows, has three more than Go's editors do.
func (d *scalarDecoder) breakAt(distance int) lineBreak {
	at := min(d.pos+distance, len(d.src))
	rest := d.src[at:]
	switch {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return lineBreak{"\n", at, 2}
	case bytes.HasPrefix(rest, []byte("\n")), bytes.HasPrefix(rest, []byte("\r")):
		return lineBreak{"\n", at, 1}
	case bytes.HasPrefix(rest, []byte("\u0085")):
		return lineBreak{"\n", at, 2}
	case bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
		return lineBreak{string(rest[:3]), at, 3}
	}
	return lineBreak{}
}

// skipProperties moves from an anchor or tag to the scalar behind it, which
// may stand on a later line.
func (d *scalarDecoder) skipProperties() {
	for d.peek(0) == '&' || d.peek(0) == '!' {
		anchor := d.peek(0) == '&'
		d.pos++
		for d.pos < len(d.src) && !d.blank() && d.breakAt(0).width == 0 && (!anchor || isAnchorByte(d.peek(0))) {
			d.pos++
		}
		d.skipSpace()
	}
}

// isAnchorByte reports whether the name of an anchor goes on: behind it the
// scalar may follow without a space, as in "&a:b".
func isAnchorByte(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// skipSpace skips blanks, line breaks and comments.
func (d *scalarDecoder) skipSpace() {
	for d.pos < len(d.src) {
		width := d.breakAt(0).width
		switch {
		case d.blank():
			d.pos++
		case width > 0:
			d.pos += width
		case d.peek(0) == '#':
			d.skipLine()
		default:
			return
		}
	}
}

// skipLine moves to the end of the line, in front of its break.
func (d *scalarDecoder) skipLine() {
	for d.pos < len(d.src) && d.breakAt(0).width == 0 {
		d.pos++
	}
}

// plain decodes a scalar without quotes.
func (d *scalarDecoder) plain() {
	for !d.full() {
		if d.blank() || d.breakAt(0).width > 0 {
			d.fold(false)
			continue
		}
		d.copyTo(d.pos + 1)
	}
}

// fold decodes white space inside a plain or quoted scalar. Blanks alone stay;
// a line break becomes a space, and those that follow it stay. An escaped line
// break, which the caller has skipped, becomes nothing.
func (d *scalarDecoder) fold(escaped bool) {
	blanks := d.pos
	var breaks []lineBreak
	for {
		br := d.breakAt(0)
		if br.width == 0 && !d.blank() {
			break
		}
		if br.width > 0 {
			breaks = append(breaks, br)
		}
		d.pos += max(br.width, 1)
	}
	if len(breaks) == 0 && !escaped {
		end := d.pos
		d.pos = blanks
		d.copyTo(end)
		return
	}
	d.emitFolded(breaks, escaped)
}

// emitFolded adds what a run of line breaks comes to: the first one becomes a
// space if it is alone and nothing otherwise, unless all are to be kept.
func (d *scalarDecoder) emitFolded(breaks []lineBreak, keep bool) {
	if !keep && len(breaks) > 0 && breaks[0].text == "\n" {
		if len(breaks) == 1 {
			d.emit(" ", breaks[0].offset)
		}
		breaks = breaks[1:]
	}
	for _, br := range breaks {
		d.emit(br.text, br.offset)
	}
}

// quoted decodes a scalar in quotes, up to and with the closing one.
func (d *scalarDecoder) quoted(quote byte) {
	if d.peek(0) != quote {
		return
	}
	d.pos++
	for d.pos < len(d.src) {
		switch c := d.peek(0); {
		case c == quote && quote == '\'' && d.peek(1) == '\'':
			d.emit("'", d.pos)
			d.pos += 2
		case c == quote:
			d.pos++
			return
		case c == '\\' && quote == '"':
			d.escape()
		case d.blank() || d.breakAt(0).width > 0:
			d.fold(false)
		default:
			d.copyTo(d.pos + 1)
		}
	}
}

// escape decodes a backslash and what belongs to it.
func (d *scalarDecoder) escape() {
	if br := d.breakAt(1); br.width > 0 {
		d.pos += 1 + br.width
		d.fold(true)
		return
	}
	at, letter := d.pos, d.peek(1)
	d.pos = min(d.pos+2, len(d.src))
	switch letter {
	case 'x':
		d.hex(at, 2)
	case 'u':
		d.hex(at, 4)
	case 'U':
		d.hex(at, 8)
	default:
		d.emit(unescape(letter), at)
	}
}

// unescape returns what an escape of one letter stands for.
func unescape(letter byte) string {
	switch letter {
	case '0':
		return "\x00"
	case 'a':
		return "\a"
	case 'b':
		return "\b"
	case 't':
		return "\t"
	case 'n':
		return "\n"
	case 'v':
		return "\v"
	case 'f':
		return "\f"
	case 'r':
		return "\r"
	case 'e':
		return "\x1b"
	case 'N':
		return "\u0085"
	case '_':
		return "\u00a0"
	case 'L':
		return "\u2028"
	case 'P':
		return "\u2029"
	}
	return string(rune(letter)) // a quote, backslash, blank: itself
}

// hex decodes the digits of a numeric escape that began at offset at.
func (d *scalarDecoder) hex(at, digits int) {
	var r rune
	for range digits {
		r = r<<4 | hexDigit(d.peek(0))
		d.pos = min(d.pos+1, len(d.src))
	}
	d.emit(string(utf8.AppendRune(nil, r)), at)
}

func hexDigit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return 0
}

// block decodes a literal or folded block scalar.
func (d *scalarDecoder) block(value string, literal bool) {
	d.skipLine()
	header := d.pos
	defer func() { d.pos = d.blockEnd(header) }()
	d.pos += d.breakAt(0).width
	indent := d.blockIndent(value)
	pending, inside := d.blockBreaks(nil, indent)
	blankBefore, first := false, true
	for inside && len(d.value) < d.want {
		blank := d.blank()
		d.emitFolded(pending, literal || first || blank || blankBefore)
		for d.pos < len(d.src) && d.breakAt(0).width == 0 {
			d.copyTo(d.pos + 1)
		}
		blankBefore, first = blank, false
		pending, inside = d.blockBreaks(pending[:0], indent)
	}
	// What is left is the breaks that chomping keeps.
	for _, br := range pending {
		if len(d.value) < d.want {
			d.emit(br.text, br.offset)
		}
	}
}

// blockEnd returns where a block scalar ends: behind its last byte, or, when
// it is empty, at the end of its header.
func (d *scalarDecoder) blockEnd(header int) int {
	if len(d.offsets) == 0 {
		return header
	}
	return d.offsets[len(d.offsets)-1] + 1
}

// blockIndent returns how many spaces indent a block scalar. The indicator in
// its header counts from a parent that is not known here, so the first line of
// the value that is not empty is laid beside its line in the file.
func (d *scalarDecoder) blockIndent(value string) int {
	begin := d.pos
	defer func() { d.pos = begin }()
	for len(value) > 0 {
		br := (&scalarDecoder{src: []byte(value[:min(3, len(value))])}).breakAt(0)
		if br.width == 0 {
			break
		}
		value = value[br.width:]
		d.skipLine()
		d.pos += d.breakAt(0).width
	}
	if value == "" {
		return len(d.src) // nothing but line breaks, however they are indented
	}
	spaces := 0
	for d.peek(spaces) == ' ' {
		spaces++
	}
	inValue := 0
	for inValue < len(value) && value[inValue] == ' ' {
		inValue++
	}
	return max(0, spaces-inValue)
}

// blockBreaks moves to the content of the next line that is not empty, adds
// the line breaks on the way to list, and reports whether there is such a line.
func (d *scalarDecoder) blockBreaks(list []lineBreak, indent int) ([]lineBreak, bool) {
	for {
		if br := d.breakAt(0); br.width > 0 {
			list = append(list, br)
			d.pos += br.width
		}
		begin := d.pos
		for d.pos < begin+indent && d.peek(0) == ' ' {
			d.pos++
		}
		if d.breakAt(0).width == 0 {
			return list, d.pos == begin+indent && d.pos < len(d.src)
		}
	}
}
