package retry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how much of a text is looked at, in bytes. Errors that quote a whole page say
// what they are at their beginning.
const maxText = 16 << 10

// textRule is one row of the table of texts: it fits if all words of one of its patterns do.
type textRule struct {
	kind     ErrorType
	patterns [][]word
}

// word is text to look for, in lower case. It must begin where a word begins unless it is
// a part, and end where one ends if it is whole.
type word struct {
	text        string
	whole, part bool
}

// textRules returns the table. The first row that fits decides. Short words are whole words,
// or "processed" would be a broken stream ("sse") and "certain" a bad certificate ("cert").
func textRules() []textRule {
	return []textRule{
		{ConnectionDropped, anyOf(
			"connection dropped", "connection closed", "connection lost", "connection reset", "econnreset", "pipe broken", "broken pipe",
			"socket error", "eof occurred", "network unreachable", "host unreachable",
			"network is unreachable", "host is unreachable", "no route to host", "forcibly closed", "closed network connection",
			"connection broken", "server closed idle connection", "goaway", "stream error: stream id",
		)},
		{FetchError, [][]word{
			{{text: "typeerror"}, {text: "fetch"}},
			{{text: "typeerror"}, {text: "network request failed"}},
		}},
		{ECONNRESET, [][]word{{{text: "errno 104", whole: true}}}},
		{ECONNREFUSED, append(anyOf("econnrefused", "connection refused"), []word{{text: "errno 111", whole: true}})},
		{SSEAborted, append(
			anyOf("server-sent events", "stream aborted", "eventstream", "aborterror"),
			[]word{{text: "sse", whole: true}},
			[]word{{text: "stream", part: true}, {text: "abort"}},
		)},
		{NoBytes, append(
			anyOf("no bytes", "empty response", "zero bytes", "no data received"),
			[]word{{text: "content-length: 0", whole: true}},
		)},
		{PartialChunks, anyOf(
			"partial chunk", "incomplete chunk", "truncated", "premature close", "unexpected end of data", "incomplete data",
			"incomplete read", "incompleteread", "unexpected eof",
		)},
		{RuntimeKilled, append(
			anyOf("edge runtime", "lambda timeout", "function timeout", "execution timeout", "worker died", "process exited", "sigterm", "sigkill"),
			[]word{{text: "worker"}, {text: "terminated"}},
			[]word{{text: "runtime"}, {text: "killed"}},
		)},
		{BackgroundThrottle, append(
			anyOf("background throttle", "tab suspended", "page hidden", "visibility hidden", "inactive tab", "background tab"),
			[]word{{text: "background"}, {text: "suspend"}},
		)},
		{DNSError, append(
			anyOf("enotfound", "name resolution", "host not found", "getaddrinfo", "nodename nor servname provided", "no such host"),
			[]word{{text: "dns", whole: true}}, []word{{text: "errno -2", whole: true}},
		)},
		{SSLError, append(
			anyOf("certificate", "handshake", "self signed", "self-signed", "unable to verify"),
			[]word{{text: "ssl", whole: true}}, []word{{text: "tls", whole: true}}, []word{{text: "cert", whole: true}},
		)},
		{TimeoutError, timeoutPatterns()},
	}
}

func timeoutPatterns() [][]word {
	return [][]word{
		{{text: "timeout", part: true}}, // also in ReadTimeout
		{{text: "timed out"}},
		{{text: "time out", whole: true}},
		{{text: "deadline exceeded"}},
		{{text: "etimedout"}},
	}
}

// rateLimitPatterns is looked at before the table, since these phrases say more than any
// word around them. "Token limit exceeded" is none.
func rateLimitPatterns() [][]word {
	return anyOf("rate limit", "rate-limit", "rate_limit", "ratelimit", "too many requests")
}

// anyOf makes one pattern of each text.
func anyOf(texts ...string) [][]word {
	patterns := make([][]word, len(texts))
	for i, text := range texts {
		patterns[i] = []word{{text: text}}
	}
	return patterns
}

// classifyText classifies by what an error says, false if that tells nothing.
func classifyText(text string) (Failure, bool) {
	text = dropAddresses(strings.ToLower(text[:min(len(text), maxText)]))
	if fits(text, rateLimitPatterns()) {
		return NewFailure(CategoryTransient, RateLimit), true
	}
	for _, rule := range textRules() {
		if !fits(text, rule.patterns) {
			continue
		}
		if rule.kind == SSLError && fits(text, timeoutPatterns()) && has(text, word{text: "handshake"}) {
			return NewNetworkFailure(TimeoutError), true // nobody was refused, it only took long
		}
		return NewNetworkFailure(rule.kind), true
	}
	return Failure{}, false
}

// dropAddresses removes URLs: https://cert.example.com is no word about certificates.
func dropAddresses(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	words := strings.Fields(text)
	kept := words[:0]
	for _, w := range words {
		if !strings.Contains(w, "://") {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

func fits(text string, patterns [][]word) bool {
	for _, words := range patterns {
		all := true
		for _, w := range words {
			all = all && has(text, w)
		}
		if all {
			return true
		}
	}
	return false
}

// has reports whether w stands in text with the boundaries that it asks for.
func has(text string, w word) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], w.text)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(w.text)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (w.part || !inWord(before)) && (!w.whole || !inWord(after)) {
			return true
		}
		at = start + 1
	}
}

// inWord takes "_" for a boundary: ssl_error is about SSL.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
