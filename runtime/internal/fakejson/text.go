package fakejson

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text makes up a text: by pattern, format, encoding or name, in this order.
func (g *generator) text(s *object, name string) (any, error) {
	least, most := s.count("minLength", 0), s.count("maxLength", 1<<20)
	if least > most {
		return nil, fmt.Errorf("no text fits the lengths of %q", name)
	}
	if pattern := s.text("pattern"); pattern != "" {
		// What the name or the format suggests is nicer, if it happens to match.
		if re, err := regexp.Compile(pattern); err == nil {
			if v := g.fitted(g.suggestion(s, name), least, most); re.MatchString(v) {
				return v, nil
			}
		}
		return g.matching(pattern, least, most)
	}
	v := g.suggestion(s, name)
	if s.text("format") != "" && utf8.RuneCountInString(v) >= least {
		return v, nil // cutting would break it
	}
	if strings.HasPrefix(s.text("contentEncoding"), "base64") {
		return base64.StdEncoding.EncodeToString([]byte(g.fitted(g.words(name), least*3/4, max(most*3/4-2, 0)))), nil
	}
	if s.text("contentMediaType") == "application/json" {
		return `{"ok":true}`, nil
	}
	return g.fitted(v, least, most), nil
}

func (g *generator) suggestion(s *object, name string) string {
	if v := g.formatted(s.text("format")); v != "" {
		return v
	}
	return g.words(name)
}

// fitted brings a text to a length in characters.
func (g *generator) fitted(text string, least, most int) string {
	n := utf8.RuneCountInString(text)
	if n > most {
		return strings.TrimRight(string([]rune(text)[:most]), " ") + strings.Repeat("x", trimmed(text, most))
	}
	var b strings.Builder
	b.WriteString(text)
	for n < least {
		more := " " + one(g, filler())
		if left := least - n; len(more) > left {
			more = more[:left]
			if more == " " {
				more = "s"
			}
		}
		b.WriteString(more)
		n += len(more)
	}
	return b.String()
}

// trimmed counts the spaces that a cut leaves at the end, so that the length stays.
func trimmed(text string, most int) int {
	cut := string([]rune(text)[:most])
	return len(cut) - len(strings.TrimRight(cut, " "))
}

// formatted makes up a text of a format, empty for those it does not know.
func (g *generator) formatted(format string) string {
	n := g.rng.IntN
	switch format {
	case "date-time":
		return fmt.Sprintf("2026-%02d-%02dT%02d:%02d:00Z", 1+n(12), 1+n(28), n(24), n(60))
	case "date":
		return fmt.Sprintf("2026-%02d-%02d", 1+n(12), 1+n(28))
	case "time":
		return fmt.Sprintf("%02d:%02d:00Z", n(24), n(60))
	case "duration":
		return fmt.Sprintf("PT%dH%dM", 1+n(8), 5*n(12))
	case "email", "idn-email":
		return g.words("email")
	case "hostname", "idn-hostname":
		return one(g, []string{"www", "api", "shop", "mail"}) + ".example.com"
	case "ipv4":
		return fmt.Sprintf("192.0.2.%d", 1+n(254))
	case "ipv6":
		return fmt.Sprintf("2001:db8::%x", 1+n(65535))
	case "uri", "url", "iri", "uri-template":
		return g.words("url")
	case "uri-reference", "iri-reference":
		return "/" + one(g, filler())
	case "uuid":
		return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", g.rng.Uint32(), n(1<<16), n(1<<12), n(1<<12), g.rng.Uint64N(1<<48))
	case "json-pointer":
		return "/" + one(g, filler())
	case "relative-json-pointer":
		return "1/" + one(g, filler())
	case "regex":
		return "^[a-z]+$"
	case "byte":
		return base64.StdEncoding.EncodeToString([]byte(one(g, filler())))
	}
	return ""
}

// matching makes up a text that a regular expression matches.
func (g *generator) matching(pattern string, least, most int) (string, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return "", fmt.Errorf("the pattern %q is not supported: %w", pattern, err)
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", fmt.Errorf("the pattern %q is not supported: %w", pattern, err)
	}
	const patience = 200
	for i := range patience {
		var b strings.Builder
		// Later tries repeat more, to reach a least length, and now and then as little as they can.
		g.match(&b, tree, (i*max(least, 6)/patience+2)*(1+i%3)-2)
		text := b.String()
		if n := utf8.RuneCountInString(text); n < least && !strings.HasSuffix(pattern, "$") {
			text = g.fitted(text, least, most)
		}
		if n := utf8.RuneCountInString(text); n >= least && n <= most && re.MatchString(text) {
			return text, nil
		}
	}
	return "", errors.New("no text was found for the pattern " + pattern)
}

// match writes what a regular expression matches, repeating at most more times than it must.
func (g *generator) match(b *strings.Builder, re *syntax.Regexp, more int) {
	const longest = 1 << 16
	if b.Len() > longest {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(g.runeOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(byte('a' + g.rng.IntN(26)))
	case syntax.OpStar:
		g.repeat(b, re.Sub[0], 0, -1, more)
	case syntax.OpPlus:
		g.repeat(b, re.Sub[0], 1, -1, more)
	case syntax.OpQuest:
		g.repeat(b, re.Sub[0], 0, 1, more)
	case syntax.OpRepeat:
		g.repeat(b, re.Sub[0], re.Min, re.Max, more)
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			g.match(b, sub, more)
		}
	case syntax.OpAlternate:
		g.match(b, re.Sub[g.rng.IntN(len(re.Sub))], more)
	default: // places such as ^ and \b, which take no text
	}
}

func (g *generator) repeat(b *strings.Builder, re *syntax.Regexp, least, most, more int) {
	if most < 0 {
		most = least + max(more, 1)
	}
	most = min(most, least+max(more, 0))
	for range least + g.rng.IntN(most-least+1) {
		g.match(b, re, more)
	}
}

// runeOf picks a character of a class: a letter or digit if it has one, else a printable one.
func (g *generator) runeOf(ranges []rune) rune {
	var nice, printable []rune
	for r := ' '; r <= unicode.MaxLatin1; r++ {
		if !inRanges(ranges, r) {
			continue
		}
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			nice = append(nice, r)
		} else if unicode.IsPrint(r) {
			printable = append(printable, r)
		}
	}
	switch {
	case len(nice) > 0:
		return one(g, nice)
	case len(printable) > 0:
		return one(g, printable)
	case len(ranges) > 0:
		return ranges[0]
	}
	return 'x'
}

func inRanges(ranges []rune, r rune) bool {
	for pair := range slices.Chunk(ranges, 2) {
		if r >= pair[0] && r <= pair[1] {
			return true
		}
	}
	return false
}

func one[T any](g *generator, list []T) T { return list[g.rng.IntN(len(list))] }
