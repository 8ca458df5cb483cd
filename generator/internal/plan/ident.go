package plan

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// exported returns the exported Go identifier for a name of the specs, "" when
// the name has nothing to make one of.
func exported(name string) string {
	fragment := fragment(name)
	first, _ := utf8.DecodeRuneInString(fragment)
	if fragment == "" || unicode.IsUpper(first) {
		return fragment
	}
	// Digits, and letters of scripts without case, cannot begin an exported name.
	return "X" + fragment
}

// fragment returns what a name adds to a longer Go name, such as the field in
// Parent+Field. It may begin with a digit.
func fragment(name string) string {
	quiet := isShouting(name) && len(strings.FieldsFunc(name, isSeparator)) > 1
	return joinWords(splitWords(name), quiet)
}

// joinWords joins words to a Go name. Two numbers do not melt into one.
func joinWords(words []string, quiet bool) string {
	name := ""
	for _, word := range words {
		name = joinNames(name, cased(word, quiet))
	}
	return name
}

// joinNames joins two parts of a Go name.
func joinNames(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if unicode.IsDigit(last) && unicode.IsDigit(first) {
		return a + "_" + b
	}
	return a + b
}

// shortShout is the length up to which an enum member in capitals is taken for
// a code, such as a currency, and stays in capitals.
const shortShout = 3

// memberFragment returns what an enum member adds to the name of its type.
// Members are any text, and a spec cannot give them Go names of their own, so
// that symbols are spelled where they would be lost: "+1", "C#", ">=".
func memberFragment(text string) string {
	if text == "" {
		return "Empty"
	}
	spelled := spellSymbols(strings.ToValidUTF8(text, "\uFFFD"))
	quiet := isShouting(text) &&
		(len(strings.FieldsFunc(text, isSeparator)) > 1 || utf8.RuneCountInString(text) > shortShout)
	name := ""
	for _, part := range spelled {
		if part.symbol {
			name = joinNames(name, part.text)
			continue
		}
		name = joinNames(name, joinWords(splitWords(part.text), quiet))
	}
	return name
}

// memberPart is a run of plain text of an enum member, or a symbol's name.
type memberPart struct {
	text   string
	symbol bool
}

// spellSymbols replaces the symbols of an enum member by their names. A sign is
// spelled only before a number at the beginning; elsewhere a dash separates. If
// nothing else is there, separators are spelled as well.
func spellSymbols(text string) []memberPart {
	bare := !strings.ContainsFunc(text, func(r rune) bool {
		return !isSeparator(r) || symbolName(r) != ""
	})
	var parts []memberPart
	plain := 0
	for i, r := range text {
		name := symbolName(r)
		if r == '-' && i == 0 && startsNumber(text[1:]) {
			name = "Minus"
		}
		if bare {
			name = bareName(r)
		}
		if name == "" {
			continue
		}
		parts = append(parts, memberPart{text: text[plain:i]}, memberPart{text: name, symbol: true})
		plain = i + utf8.RuneLen(r)
	}
	return append(parts, memberPart{text: text[min(plain, len(text)):]})
}

func startsNumber(s string) bool { return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '.') }

// symbolName returns the name of a symbol that carries meaning, "" for others.
func symbolName(r rune) string {
	switch r {
	case '+':
		return "Plus"
	case '#':
		return "Hash"
	case '%':
		return "Percent"
	case '&':
		return "And"
	case '=':
		return "Equal"
	case '<':
		return "Less"
	case '>':
		return "Greater"
	case '!':
		return "Not"
	case '?':
		return "Question"
	case '*':
		return "Star"
	case '@':
		return "At"
	case '$':
		return "Dollar"
	case '^':
		return "Caret"
	case '~':
		return "Tilde"
	case '|':
		return "Or"
	}
	return ""
}

// bareName names a character of a member that has no letter, digit or symbol.
func bareName(r rune) string {
	switch r {
	case '-':
		return "Dash"
	case '_':
		return "Underscore"
	case '.':
		return "Dot"
	case ',':
		return "Comma"
	case ':':
		return "Colon"
	case ';':
		return "Semicolon"
	case '/':
		return "Slash"
	case '\\':
		return "Backslash"
	case ' ':
		return "Space"
	case '\'':
		return "Quote"
	case '"':
		return "DoubleQuote"
	case '(', '[', '{':
		return "Open"
	case ')', ']', '}':
		return "Close"
	}
	return "U" + strings.ToUpper(hex(r))
}

func hex(r rune) string {
	const digits = "0123456789ABCDEF"
	out := ""
	for ; r > 0 || len(out) < 4; r >>= 4 {
		out = string(digits[r&15]) + out
	}
	return out
}

// unexported returns an exported Go name with its first word in lower case.
func unexported(name string) string {
	words := splitCase([]rune(name))
	if len(words) == 0 {
		return ""
	}
	return strings.ToLower(words[0]) + name[len(words[0]):]
}

// isExportedIdent reports whether a name can be declared and is exported.
func isExportedIdent(name string) bool { return token.IsIdentifier(name) && token.IsExported(name) }
