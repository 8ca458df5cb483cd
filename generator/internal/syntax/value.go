package syntax

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// String is a name, a word or a line of text.
type String struct {
	Value string
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (s String) IsSet() bool { return !s.Span.IsZero() }

// Text is a template, with the place of each of its bytes.
type Text struct{ source.Text }

// IsSet reports whether the spec has the text.
func (t Text) IsSet() bool { return !t.Span.IsZero() }

// Int is a whole number.
type Int struct {
	Value int64
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (i Int) IsSet() bool { return !i.Span.IsZero() }

// Float is a number.
type Float struct {
	Value float64
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (f Float) IsSet() bool { return !f.Span.IsZero() }

// Bool is true or false.
type Bool struct {
	Value bool
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (b Bool) IsSet() bool { return !b.Span.IsZero() }

// Duration is a time span with its unit, such as "3s", or "none".
type Duration struct {
	Value time.Duration
	None  bool
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (d Duration) IsSet() bool { return !d.Span.IsZero() }

// Count is a whole number, or "unlimited".
type Count struct {
	Value     int64
	Unlimited bool
	Span      source.Span
}

// IsSet reports whether the spec has the value.
func (c Count) IsSet() bool { return !c.Span.IsZero() }

func (s *String) decode(d *decoder, n *node) {
	s.Span = n.span
	if !d.wantText(n, "text") {
		return
	}
	s.Value = n.value
}

func (t *Text) decode(d *decoder, n *node) {
	t.Text = source.NewText("", n.span, nil)
	if !d.wantText(n, "text") {
		return
	}
	d.checkLostComment(n)
	t.Text = n.text()
}

// What reads itself below has no span when the spec holds something else, which
// is reported: later stages then pass it over.

func (i *Int) decode(d *decoder, n *node) {
	v, err := strconv.ParseInt(strings.ReplaceAll(n.value, "_", ""), 0, 64)
	if n.kind != scalarNode || n.tag != "!!int" || err != nil {
		d.wrongNumber(n, "a whole number", err)
		return
	}
	i.Value, i.Span = v, n.span
}

func (f *Float) decode(d *decoder, n *node) {
	v, err := strconv.ParseFloat(n.value, 64)
	if n.kind != scalarNode || n.tag != "!!int" && n.tag != "!!float" || err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		d.wrongNumber(n, "a number", err)
		return
	}
	f.Value, f.Span = v, n.span
}

// wrongNumber reports what is no number, or one that cannot be held.
func (d *decoder) wrongNumber(n *node, want string, err error) {
	if n.kind == scalarNode && n.tag != "!!str" && errors.Is(err, strconv.ErrRange) {
		d.rep.Error(diag.WrongValue, n.span, "%s does not fit into 64 bits", n.value)
		return
	}
	if n.kind == scalarNode && n.tag == "!!float" {
		d.rep.Error(diag.WrongKind, n.span, "expected %s, found %s", want, n.value)
		return
	}
	e := d.wrongKind(n, want)
	if n.kind == scalarNode && n.tag == "!!str" && err == nil {
		e.Hint("write it without quotes: %s", n.value)
	}
}

func (b *Bool) decode(d *decoder, n *node) {
	if n.kind != scalarNode || n.tag != "!!bool" {
		e := d.wrongKind(n, "true or false")
		if n.kind == scalarNode && slices.Contains([]string{"yes", "on", "no", "off"}, strings.ToLower(n.value)) {
			e.Hint("%s is text; write true or false", n.value)
		}
		return
	}
	b.Value, b.Span = strings.EqualFold(n.value, "true"), n.span
}

func (u *Duration) decode(d *decoder, n *node) {
	switch {
	case n.kind == scalarNode && (n.tag == "!!int" || n.tag == "!!float"):
		d.rep.Error(diag.BareDuration, n.span, "a duration needs a unit").Hint("write %ss for seconds, or %sms", n.value, n.value)
		return
	case n.kind != scalarNode || n.tag != "!!str":
		d.wrongKind(n, `a duration such as 3s, or "none"`)
		return
	case n.value == "none":
		u.None, u.Span = true, n.span
		return
	}
	v, err := time.ParseDuration(n.value)
	switch {
	case err != nil:
		e := d.rep.Error(diag.WrongValue, n.span, "%q is not a duration", n.value)
		if !e.Suggest(n.value, func() []string { return []string{"none"} }) {
			e.Hint(`write a number and a unit (ms, s, m, h), such as 1m30s, or "none"`)
		}
	case v < 0:
		d.rep.Error(diag.WrongValue, n.span, "a duration cannot be negative").Hint(`"none" switches a timeout off`)
	default:
		u.Value, u.Span = v, n.span
	}
}

func (c *Count) decode(d *decoder, n *node) {
	if n.kind == scalarNode && n.value == "unlimited" {
		c.Unlimited, c.Span = true, n.span
		return
	}
	if n.kind == scalarNode && n.tag == "!!str" {
		e := d.wrongKind(n, `a whole number or "unlimited"`)
		if !e.Suggest(n.value, func() []string { return []string{"unlimited"} }) {
			e.Hint("0 is none")
		}
		return
	}
	var i Int
	i.decode(d, n)
	if i.Value < 0 {
		d.rep.Error(diag.WrongValue, n.span, "a limit cannot be negative").Hint(`0 is none, "unlimited" is no limit`)
		return
	}
	c.Value, c.Span = i.Value, i.Span
}

// OneOf is text that must be one of a fixed list of words; see words.go.
type OneOf[W Words] struct {
	Value string
	Span  source.Span
}

// IsSet reports whether the spec has the value.
func (o OneOf[W]) IsSet() bool { return !o.Span.IsZero() }

func (o *OneOf[W]) decode(d *decoder, n *node) {
	o.Span = n.span
	if !d.wantText(n, "text") {
		return
	}
	var list W
	words := list.words()
	if !slices.Contains(words, n.value) {
		d.rep.Error(diag.WrongValue, n.span, "%q is none of %s", n.value, strings.Join(words, ", ")).DidYouMean(n.value, words)
		return
	}
	o.Value = n.value
}

// Names is one name, or a list of names.
type Names struct {
	List []String
	Span source.Span
}

// IsSet reports whether the spec has the value.
func (s Names) IsSet() bool { return !s.Span.IsZero() }

func (s *Names) decode(d *decoder, n *node) {
	s.Span = n.span
	items := []*node{n}
	if n.kind == listNode {
		items = n.items
	}
	for _, item := range items {
		var name String
		name.decode(d, item)
		if name.Value != "" {
			s.List = append(s.List, name)
		}
	}
}

// List is a YAML list.
type List[T any] struct {
	Items []T
	Span  source.Span
}

// IsSet reports whether the spec has the list.
func (l List[T]) IsSet() bool { return !l.Span.IsZero() }

func (l *List[T]) decode(d *decoder, n *node) {
	l.Span = n.span
	if n.kind != listNode {
		d.wrongKind(n, "a list")
		return
	}
	for _, item := range n.items {
		var v T
		d.value(item, &v)
		l.Items = append(l.Items, v)
	}
}

// Map is a mapping with keys of the user's choice, in the order of the spec.
type Map[T any] struct {
	Entries []Entry[T]
	Span    source.Span
}

// Entry is a key of a Map and its value.
type Entry[T any] struct {
	Key   String
	Value T
}

// IsSet reports whether the spec has the mapping.
func (m Map[T]) IsSet() bool { return !m.Span.IsZero() }

func (m *Map[T]) decode(d *decoder, n *node) {
	m.Span = n.span
	if n.kind != mappingNode || n.braces {
		d.wrongKind(n, "a mapping")
		return
	}
	for _, en := range n.entries {
		e := Entry[T]{Key: String{Value: en.key.value, Span: en.key.span}}
		d.value(en.value, &e.Value)
		m.Entries = append(m.Entries, e)
	}
}
