package l0test

import "unicode/utf8"

// tokenBytes is about how long a token is.
const tokenBytes = 4

// tokenLen returns the length of the first token of text: about four bytes, not more than
// limit if that is not zero, and always whole runes.
func tokenLen(text string, limit int) int {
	n := tokenBytes
	if limit > 0 && limit < n {
		n = limit
	}
	if len(text) <= n {
		return len(text)
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	if n == 0 {
		_, n = utf8.DecodeRuneInString(text)
	}
	return n
}

// appendString appends text as a JSON string. Bytes that are not UTF-8 go in as they are,
// which is what a fault wants.
func appendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	return append(appendEscaped(dst, text), '"')
}

func appendEscaped(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	from := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(dst, text[from:]...)
}
