package syntax

import (
	"reflect"
	"slices"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// decoder fills the tree from nodes. It reports what does not fit and goes on.
type decoder struct {
	rep   *diag.Report
	known map[reflect.Type][]field
}

// decodable is a value that reads itself from a node.
type decodable interface {
	decode(d *decoder, n *node)
}

// value fills v, a pointer to a decodable, to a struct, or to a pointer to one
// of these.
func (d *decoder) value(n *node, v any) {
	if dec, ok := v.(decodable); ok {
		dec.decode(d, n)
		return
	}
	rv := reflect.ValueOf(v).Elem()
	if rv.Kind() == reflect.Pointer {
		rv.Set(reflect.New(rv.Type().Elem()))
		d.value(n, rv.Interface())
		return
	}
	d.structure(n, rv)
}

// fields fills a struct even when its type reads itself: it is what such a type
// calls for its long form.
func (d *decoder) fields(n *node, v any) { d.structure(n, reflect.ValueOf(v).Elem()) }

// setSpan sets the Span of a struct.
func setSpan(v any, span source.Span) {
	reflect.ValueOf(v).Elem().FieldByName("Span").Set(reflect.ValueOf(span))
}

// field is a key of a mapping and the struct field that holds its value.
type field struct {
	name     string
	required bool
	later    bool
	index    []int
}

// structure fills the fields of a struct from a mapping.
func (d *decoder) structure(n *node, rv reflect.Value) {
	if span := rv.FieldByName("Span"); span.IsValid() {
		span.Set(reflect.ValueOf(n.span))
	}
	if n.kind != mappingNode || n.braces {
		d.wrongKind(n, "a mapping")
		return
	}
	fields := d.fieldsOf(rv.Type())
	seen := make([]bool, len(fields))
	for _, en := range n.entries {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == en.key.value })
		if i < 0 {
			d.unknownKey(en.key, rv, fields)
			continue
		}
		if fields[i].later {
			d.rep.Error(diag.NotSupported, en.key.span, "%q is not supported yet", en.key.value)
		}
		d.value(en.value, rv.FieldByIndex(fields[i].index).Addr().Interface())
		seen[i] = true
	}
	for i, f := range fields {
		if f.required && !seen[i] {
			e := d.rep.Error(diag.MissingKey, firstLine(n), "%q is missing", f.name)
			if f.name == "l0gen" {
				e.Hint("start the spec with \"l0gen: %d\"", formatVersion)
			}
		}
	}
}

// fieldsOf lists the keys of a struct, those of embedded structs included. A
// key is required when its json tag has no omitempty, and not supported yet
// when its l0 tag says so.
func (d *decoder) fieldsOf(t reflect.Type) []field {
	if fields, ok := d.known[t]; ok {
		return fields
	}
	var fields []field
	for _, sf := range reflect.VisibleFields(t) {
		name, option, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous || name == "" || name == "-" {
			continue
		}
		fields = append(fields, field{
			name:     name,
			required: option != "omitempty",
			later:    sf.Tag.Get("l0") == "later",
			index:    sf.Index,
		})
	}
	d.known[t] = fields
	return fields
}

// extensible is a struct that keeps keys it does not declare.
type extensible interface {
	extension(key String) bool
}

func (d *decoder) unknownKey(key *node, rv reflect.Value, fields []field) {
	if x, ok := reflect.TypeAssert[extensible](rv.Addr()); ok && x.extension(String{Value: key.value, Span: key.span}) {
		return
	}
	if slices.Contains(reservedKeys(), key.value) {
		d.rep.Error(diag.Reserved, key.span, "%q is reserved for a later version of the format", key.value)
		return
	}
	var names, supported []string
	for _, f := range fields {
		names = append(names, f.name)
		if !f.later {
			supported = append(supported, f.name)
		}
	}
	e := d.rep.Error(diag.UnknownKey, key.span, "unknown key %q", key.value)
	if !e.Suggest(key.value, func() []string { return names }) {
		e.Hint("known here: %s", strings.Join(supported, ", "))
	}
}

func reservedKeys() []string {
	return []string{"imports", "race", "hedge", "cache", "tools", "pipelines"}
}

// wrongKind reports a value of the wrong shape.
func (d *decoder) wrongKind(n *node, want string) *diag.Diagnostic {
	if n.braces {
		return d.rep.Error(diag.UnquotedTemplate, n.span, "a template that starts with {{ must be quoted here").
			Hint(`write "{{…}}", or a block: "key: |"`)
	}
	return d.rep.Error(diag.WrongKind, firstLine(n), "expected %s, found %s", want, n.what())
}

// wantText reports whether the node is text. Words that YAML takes for text
// are text; numbers, booleans, dates and null need quotes.
func (d *decoder) wantText(n *node, want string) bool {
	if n.kind == scalarNode && n.tag == "!!str" {
		return true
	}
	e := d.wrongKind(n, want)
	if n.kind == scalarNode && !n.isNull() {
		e.Hint("put it in quotes: %q", n.value)
	}
	return false
}

// checkLostComment reports a plain text that YAML cut at " #".
func (d *decoder) checkLostComment(n *node) {
	if !n.plain() || n.span.IsZero() {
		return
	}
	f, at := n.span.File, n.span.End
	for at < len(f.Bytes) && (f.Bytes[at] == ' ' || f.Bytes[at] == '\t') {
		at++
	}
	if at == len(f.Bytes) || f.Bytes[at] != '#' {
		return
	}
	lost := strings.TrimRight(firstLine(&node{span: source.Span{File: f, Start: at, End: len(f.Bytes)}}).Text(), " \t")
	d.rep.Error(diag.LostComment, source.Span{File: f, Start: at, End: at + len(lost)},
		"YAML takes this for a comment, so it is not part of the text").
		Hint("quote the text, or write it as a block: \"key: |\"; move a real comment to a line of its own")
}

// firstLine is the span of a node cut at the end of its first line.
func firstLine(n *node) source.Span {
	span := n.span
	if span.File == nil {
		return span
	}
	for i := span.Start; i < span.End; i++ {
		if c := span.File.Bytes[i]; c == '\n' || c == '\r' {
			span.End = i
			break
		}
	}
	return span
}
