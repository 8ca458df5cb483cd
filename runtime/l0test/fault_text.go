package l0test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseFault reads the text form of a fault:
//
//	SPEC  = [ "*:" ] FAULT { "+" FAULT }
//	FAULT = NAME [ ":" KEY "=" VALUE { "," KEY "=" VALUE } ]
//
// such as cut:after=5, 429:retry-after=2s, *:split+crlf or random:p=0.3. A leading "*:" is
// [Fault.Every]. A value with one of , + : = " or a space stands in double quotes, with the
// escapes of Go. [FaultHelp] lists the names and keys. The error says what was probably meant.
func ParseFault(text string) (Fault, error) {
	p := faultParser{rest: strings.TrimSpace(text)}
	f, err := p.spec()
	if err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return f, nil
}

type faultParser struct{ rest string }

func (p *faultParser) spec() (Fault, error) {
	var f Fault
	f.every = p.skip("*:")
	for {
		one, err := p.fault()
		if err != nil {
			return f, err
		}
		f.every = f.every || one.name == faultRandom
		if one.name != faultNone {
			f.parts = append(f.parts, one)
		}
		if p.rest == "" {
			return f, nil
		}
		if !p.skip("+") {
			return f, fmt.Errorf("expected + or the end, got %q", p.rest)
		}
	}
}

func (p *faultParser) skip(prefix string) bool {
	rest, ok := strings.CutPrefix(p.rest, prefix)
	p.rest = rest
	return ok
}

// word takes what stands before the next separator.
func (p *faultParser) word() string {
	end := strings.IndexAny(p.rest, ":=,+\" ")
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	return word
}

func (p *faultParser) fault() (part, error) {
	name := p.word()
	out, err := namedPart(name)
	if err != nil {
		return out, err
	}
	if !p.skip(":") {
		return out, nil
	}
	seen := map[string]bool{}
	for {
		key := p.word()
		if !p.skip("=") {
			return out, fmt.Errorf("%s: expected KEY=VALUE, got %q", name, key+p.rest)
		}
		value, err := p.value()
		if err != nil {
			return out, fmt.Errorf("%s: %s: %w", name, key, err)
		}
		if seen[key] {
			return out, fmt.Errorf("%s: %s is given twice", name, key)
		}
		seen[key] = true
		if err := out.set(key, value); err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		if !p.skip(",") {
			break
		}
	}
	if seen["after"] && seen["bytes"] {
		return out, fmt.Errorf("%s: after and bytes exclude each other", name)
	}
	return out, nil
}

// value takes a quoted text or a word.
func (p *faultParser) value() (string, error) {
	if !strings.HasPrefix(p.rest, `"`) {
		word := p.word()
		if word == "" {
			return "", errors.New("the value is missing")
		}
		return word, nil
	}
	quoted, err := strconv.QuotedPrefix(p.rest)
	if err != nil {
		return "", errors.New("the closing quote is missing")
	}
	p.rest = p.rest[len(quoted):]
	return strconv.Unquote(quoted)
}

// namedPart returns the part of a name, or of an HTTP status.
func namedPart(name string) (part, error) {
	if status, err := strconv.Atoi(name); err == nil {
		if status < 400 || status > 599 {
			return part{}, fmt.Errorf("status %s is not one of 400 to 599", name)
		}
		p := newPart(faultStatus)
		p.status = status
		return p, nil
	}
	if _, ok := kindOf(name); ok && name != faultStatus {
		return newPart(name), nil
	}
	var names []string
	for _, k := range faultTable() {
		if k.name != faultStatus {
			names = append(names, k.name)
		}
	}
	if name == "" {
		return part{}, errors.New("the name of the fault is missing")
	}
	return part{}, unknown("fault", name, names, "an HTTP status")
}

// unknown is the error for a name that is none of those known.
func unknown(what, name string, known []string, or ...string) error {
	if best := nearest(name, known); best != "" {
		return fmt.Errorf("unknown %s %q; did you mean %q?", what, name, best)
	}
	return fmt.Errorf("unknown %s %q; it is one of %s", what, name, strings.Join(append(known, or...), ", "))
}

// set sets the field that a key stands for.
func (p *part) set(key, value string) error {
	kind, _ := kindOf(p.name)
	if !slices.Contains(kind.keys, key) {
		if len(kind.keys) == 0 {
			return fmt.Errorf("it takes no keys, got %q", key)
		}
		return unknown("key", key, kind.keys)
	}
	err := setField(p.field(key), value)
	if err == nil && slices.Contains([]string{"when", "as", "of"}, key) {
		err = p.checkNames(key)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// size is a number of bytes in text.
type size int64

// field returns a pointer to the field that a key stands for.
func (p *part) field(key string) any {
	switch key {
	case "after":
		return &p.after
	case "bytes":
		return &p.bytes
	case "every":
		return &p.every
	case "for", "each":
		return &p.wait
	case "retry-after":
		return &p.retryAfter
	case "size":
		return (*size)(&p.size)
	case "when":
		return &p.when
	case "as":
		return &p.form
	case "type":
		return &p.typ
	case "code":
		return &p.code
	case "message":
		return &p.message
	case "p":
		return &p.chance
	case "of":
		return &p.of
	}
	return nil
}

func setField(field any, value string) (err error) {
	switch f := field.(type) {
	case *int:
		if *f, err = strconv.Atoi(value); err != nil || *f < 0 {
			return fmt.Errorf("%q is not a whole number from 0", value)
		}
	case *time.Duration:
		if *f, err = time.ParseDuration(value); err != nil || *f < 0 {
			return fmt.Errorf("%q is not a duration such as 1500ms or 2s", value)
		}
	case *size:
		*f, err = parseSize(value)
	case *float64:
		if *f, err = strconv.ParseFloat(value, 64); err != nil || !(*f >= 0 && *f <= 1) {
			return fmt.Errorf("%q is not a probability from 0 to 1", value)
		}
	case *string:
		*f = value
	case *[]string:
		*f = strings.Split(value, "/")
	}
	return err
}

// checkNames checks the keys whose values are names.
func (p *part) checkNames(key string) error {
	switch key {
	case "when":
		known := []string{string(UsageFirst), string(UsageLast), string(UsageBoth), string(UsageEvery), string(UsageNever)}
		if !slices.Contains(known, p.when) {
			return unknown("value", p.when, known)
		}
	case "as":
		known := []string{string(RetrySeconds), string(RetryMillis), string(RetryDate)}
		if !slices.Contains(known, p.form) {
			return unknown("value", p.form, known)
		}
	case "of":
		for _, name := range p.of {
			if name == faultRandom || name == faultNone {
				return fmt.Errorf("%q cannot be drawn at random", name)
			}
			if _, err := namedPart(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// The units of a size, largest first.
func sizeUnits() []struct {
	name  string
	bytes int64
} {
	return []struct {
		name  string
		bytes int64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}
}

func parseSize(value string) (size, error) {
	digits, unit := value, int64(1)
	for _, u := range sizeUnits() {
		if rest, ok := strings.CutSuffix(strings.ToUpper(value), u.name); ok {
			digits, unit = rest, u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/unit {
		return 0, fmt.Errorf("%q is not a size such as 64KB, 40MB or 1GB", value)
	}
	return size(n * unit), nil
}

// String returns the text form, which ParseFault reads. The zero value is "none".
func (f Fault) String() string {
	var b strings.Builder
	if f.every && !slices.ContainsFunc(f.parts, func(p part) bool { return p.name == faultRandom }) {
		b.WriteString("*:")
	}
	if len(f.parts) == 0 {
		b.WriteString(faultNone)
	}
	for i := range f.parts {
		if i > 0 {
			b.WriteByte('+')
		}
		b.WriteString(f.parts[i].text())
	}
	return b.String()
}

func (p *part) text() string {
	var b strings.Builder
	if p.name == faultStatus {
		b.WriteString(strconv.Itoa(p.status))
	} else {
		b.WriteString(p.name)
	}
	kind, _ := kindOf(p.name)
	defaults := newPart(p.name)
	sep := ":"
	for _, key := range kind.keys {
		value := fieldText(p.field(key))
		if value == fieldText(defaults.field(key)) {
			continue
		}
		b.WriteString(sep + key + "=" + value)
		sep = ","
	}
	return b.String()
}

func fieldText(field any) string {
	switch f := field.(type) {
	case *int:
		return strconv.Itoa(*f)
	case *time.Duration:
		return f.String()
	case *size:
		return f.text()
	case *float64:
		return strconv.FormatFloat(*f, 'g', -1, 64)
	case *string:
		return quoteIfNeeded(*f)
	case *[]string:
		return strings.Join(*f, "/")
	}
	return ""
}

func (s size) text() string {
	for _, u := range sizeUnits() {
		if s != 0 && int64(s)%u.bytes == 0 && u.bytes > 1 {
			return strconv.FormatInt(int64(s)/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10)
}

func quoteIfNeeded(text string) string {
	quoted := strconv.Quote(text)
	if text == "" || strings.ContainsAny(text, `:=,+ "\`) || quoted != `"`+text+`"` {
		return quoted
	}
	return text
}
