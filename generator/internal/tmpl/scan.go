package tmpl

import "strings"

// action is one {{…}} of a text, found without parsing it.
type action struct {
	start, end int    // of the delimiters; end is -1 when the closing one is missing
	word       string // the first word: if, end, define …
	wordStart  int
	next       string // the second word, behind "else"
}

// scanActions finds the actions of a text. The parser of text/template stops at
// the first mistake and names a line only; this finds the columns.
func scanActions(text string) []action {
	var actions []action
	for at := 0; ; {
		i := strings.Index(text[at:], "{{")
		if i < 0 {
			return actions
		}
		a := scanAction(text, at+i)
		actions = append(actions, a)
		if a.end < 0 {
			return actions
		}
		at = a.end
	}
}

// scanAction reads the action whose opening delimiter stands at start.
func scanAction(text string, start int) action {
	a := action{start: start, end: -1}
	at := start + 2
	if strings.HasPrefix(text[at:], "- ") || strings.HasPrefix(text[at:], "-\n") {
		at += 2
	}
	if strings.HasPrefix(text[at:], "/*") {
		if i := strings.Index(text[at:], "*/"); i >= 0 {
			if j := strings.Index(text[at+i:], "}}"); j >= 0 {
				a.end = at + i + j + 2
			}
		}
		return a
	}
	a.word, a.wordStart, at = scanWord(text, at)
	if a.word == "else" {
		a.next, _, at = scanWord(text, at)
	}
	a.end = scanEnd(text, at)
	return a
}

// scanWord reads a word behind white space, and returns where it begins and
// ends.
func scanWord(text string, at int) (word string, start, end int) {
	for at < len(text) && strings.IndexByte(" \t\r\n", text[at]) >= 0 {
		at++
	}
	end = at
	for end < len(text) && (text[end] >= 'a' && text[end] <= 'z') {
		end++
	}
	return text[at:end], at, end
}

// scanEnd returns the offset behind the delimiter that closes an action, -1
// when there is none. Delimiters in strings do not count.
func scanEnd(text string, at int) int {
	for at < len(text) {
		switch c := text[at]; {
		case strings.HasPrefix(text[at:], "}}"):
			return at + 2
		case c == '"' || c == '\'':
			at = skipQuoted(text, at)
		case c == '`':
			i := strings.IndexByte(text[at+1:], '`')
			if i < 0 {
				return -1
			}
			at += i + 2
		default:
			at++
		}
	}
	return -1
}

// skipQuoted returns the offset behind the quoted string at an offset.
func skipQuoted(text string, at int) int {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case quote:
			return at + 1
		case '\n':
			return at
		}
	}
	return len(text)
}

// openBlocks returns the blocks that have no end, outermost first, and how
// deeply blocks are nested at most.
func openBlocks(actions []action) (open []action, depth int) {
	level, levels := 0, []int{}
	for _, a := range actions {
		switch a.word {
		case "if", "with", "range", "define", "block":
			open, levels = append(open, a), append(levels, level)
			level++
		case "else":
			if a.next != "" { // {{else if}} nests without an end of its own
				level++
			}
		case "end":
			if len(open) > 0 {
				level = levels[len(levels)-1]
				open, levels = open[:len(open)-1], levels[:len(levels)-1]
			}
		}
		depth = max(depth, level)
	}
	return open, depth
}
