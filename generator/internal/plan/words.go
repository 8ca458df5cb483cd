package plan

import (
	"strings"
	"unicode"
)

// splitWords cuts a name into the words that a reader sees: at everything that
// is neither letter nor digit, and where the case changes ("userID", "HTTPPort",
// "page_count"). Marks that combine with a letter are dropped, because Go does
// not allow them in identifiers.
func splitWords(name string) []string {
	var words []string
	for _, part := range strings.FieldsFunc(dropMarks(name), isSeparator) {
		words = append(words, splitCase([]rune(part))...)
	}
	return words
}

func isSeparator(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func dropMarks(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, name)
}

// splitCase cuts a run of letters and digits where its case changes.
func splitCase(run []rune) []string {
	var words []string
	start := 0
	for i := 1; i < len(run); i++ {
		if startsWord(run, i) {
			words = append(words, string(run[start:i]))
			start = i
		}
	}
	if start < len(run) {
		words = append(words, string(run[start:]))
	}
	return words
}

// startsWord reports whether a word begins at run[i], i > 0.
func startsWord(run []rune, i int) bool {
	if !unicode.IsUpper(run[i]) {
		return false
	}
	if !unicode.IsUpper(run[i-1]) {
		return true
	}
	// The last capital of a run belongs to the word that it begins ("HTTPPort"),
	// unless all that follows is the s of a plural ("userIDs").
	return i+1 < len(run) && unicode.IsLower(run[i+1]) && !endsPlural(run, i+1)
}

// endsPlural reports whether run[i] is an s that ends a word of capitals.
func endsPlural(run []rune, i int) bool {
	return run[i] == 's' && (i+1 == len(run) || !unicode.IsLower(run[i+1]))
}

// isShouting reports whether a name has letters, but no lower-case ones.
func isShouting(name string) bool {
	return strings.ContainsFunc(name, unicode.IsUpper) && !strings.ContainsFunc(name, unicode.IsLower)
}

// cased returns a word as it stands in a Go name: initialisms in capitals, else
// the first letter in upper case. The other letters stay as they were written,
// unless the whole name shouts.
func cased(word string, quiet bool) string {
	base := strings.TrimRightFunc(word, unicode.IsDigit)
	digits := word[len(base):]
	upper := strings.ToUpper(base)
	switch {
	case isInitialism(upper + digits):
		return upper + digits
	case isInitialism(upper):
		return upper + digits
	case isInitialism(strings.TrimSuffix(upper, "S")) && strings.HasSuffix(upper, "S"):
		return strings.TrimSuffix(upper, "S") + "s" + digits
	}
	runes := []rune(word)
	rest := string(runes[1:])
	if quiet {
		rest = strings.ToLower(rest)
	}
	return string(unicode.ToUpper(runes[0])) + rest
}

// isInitialism reports whether Go code spells a word in capitals throughout.
func isInitialism(upper string) bool {
	switch upper {
	case "ACL", "API", "ASCII", "CPU", "CSS", "DNS", "EOF", "GUID", "HTML",
		"HTTP", "HTTPS", "ID", "IP", "JSON", "LHS", "QPS", "RAM", "RHS", "RPC",
		"SLA", "SMTP", "SQL", "SSH", "TCP", "TLS", "TTL", "UDP", "UI", "UID",
		"UUID", "URI", "URL", "UTF8", "VM", "XML", "XMPP", "XSRF", "XSS":
		return true
	}
	return false
}
