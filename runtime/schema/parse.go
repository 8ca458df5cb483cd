package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on what is parsed. They are far above what a model writes and keep hostile text
// from costing more than its length.
const (
	maxDepth        = 512
	maxNumberLength = 1024 // characters of a number
	maxExponent     = 1024
)

// Parse returns the JSON value that text is, as encoding/json decodes into an any with
// numbers as [json.Number]. White space and a byte order mark around it are ignored;
// anything else beside the value, and a property given twice, is a problem.
func Parse(text string) (any, []Problem) {
	text = Trim(text)
	if problem, ok := syntax(text); !ok {
		return nil, []Problem{problem}
	}
	p := parser{text: text}
	v := p.value("", 0)
	return v, sorted(p.problems)
}

// Trim returns text without the white space and the byte order mark around it.
func Trim(text string) string {
	return strings.Trim(text, " \t\r\n\uFEFF")
}

// syntax checks text with encoding/json, so that there is one opinion on what JSON is.
func syntax(text string) (Problem, bool) {
	if text == "" {
		return Problem{Keyword: "json", Message: "there is no JSON"}, false
	}
	if json.Valid([]byte(text)) {
		return Problem{}, true
	}
	var raw json.RawMessage
	err := json.Unmarshal([]byte(text), &raw)
	problem := Problem{Keyword: "json", Message: "is not JSON"}
	if bad, ok := errors.AsType[*json.SyntaxError](err); ok {
		problem.Message = fmt.Sprintf("is not JSON at byte %d: %s", bad.Offset, bad.Error())
	}
	return problem, false
}

// parser builds values from text that is known to be JSON.
type parser struct {
	text     string
	pos      int
	problems []Problem
}

func (p *parser) report(path, keyword, message string) {
	p.problems = append(p.problems, Problem{Path: path, Keyword: keyword, Message: message})
}

func (p *parser) value(path string, depth int) any {
	p.space()
	if depth > maxDepth {
		if len(p.problems) == 0 || p.problems[len(p.problems)-1].Keyword != "depth" {
			p.report("", "depth", fmt.Sprintf("is nested more than %d deep", maxDepth))
		}
		p.pos = len(p.text)
		return nil
	}
	if p.pos >= len(p.text) {
		return nil // only after the depth was exceeded
	}
	switch p.text[p.pos] {
	case '{':
		return p.object(path, depth)
	case '[':
		return p.array(path, depth)
	case '"':
		return p.str()
	case 't':
		p.pos += len("true")
		return true
	case 'f':
		p.pos += len("false")
		return false
	case 'n':
		p.pos += len("null")
		return nil
	}
	return p.number(path)
}

func (p *parser) object(path string, depth int) any {
	object := map[string]any{}
	p.pos++ // {
	for p.more('}') {
		name := p.str()
		p.space()
		p.pos++ // :
		at := Pointer(path, name)
		if _, twice := object[name]; twice {
			p.report(at, "duplicate", "is given twice")
		}
		object[name] = p.value(at, depth+1)
	}
	return object
}

func (p *parser) array(path string, depth int) any {
	array := []any{}
	p.pos++ // [
	for p.more(']') {
		array = append(array, p.value(path+"/"+strconv.Itoa(len(array)), depth+1))
	}
	return array
}

// more moves to the next element and reports whether there is one before the closer.
func (p *parser) more(closer byte) bool {
	p.space()
	if p.pos < len(p.text) && p.text[p.pos] == ',' {
		p.pos++
		p.space()
	}
	if p.pos >= len(p.text) {
		return false
	}
	if p.text[p.pos] == closer {
		p.pos++
		return false
	}
	return true
}

func (p *parser) str() string {
	start := p.pos
	plain := true
	for p.pos++; p.pos < len(p.text) && p.text[p.pos] != '"'; p.pos++ {
		if p.text[p.pos] == '\\' {
			plain = false
			p.pos++
		}
	}
	p.pos++
	quoted := p.text[start:min(p.pos, len(p.text))]
	if plain && utf8.ValidString(quoted) {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if err := json.Unmarshal([]byte(quoted), &s); err != nil {
		p.report("", "json", "has a string that cannot be read")
	}
	return s
}

func (p *parser) number(path string) any {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[p.pos]) >= 0 {
		p.pos++
	}
	n := p.text[start:p.pos]
	if tooLarge(n) {
		p.report(path, "number", "is a number of more digits than can be handled")
		return json.Number("0") // the problem ends the parse; nobody sees the 0
	}
	return json.Number(n)
}

// tooLarge reports whether arithmetic on n would cost out of proportion.
func tooLarge(n string) bool {
	if len(n) > maxNumberLength {
		return true
	}
	i := strings.IndexAny(n, "eE")
	if i < 0 {
		return false
	}
	exponent, err := strconv.Atoi(n[i+1:])
	return err != nil || exponent > maxExponent || exponent < -maxExponent
}

func (p *parser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}
