package syntax

import (
	"encoding/json"
	"reflect"
	"strings"
)

// canonical is a value of the tree that has a canonical JSON form of its own.
type canonical interface{ canonical() any }

func (s String) canonical() any   { return s.Value }
func (t Text) canonical() any     { return t.Value }
func (i Int) canonical() any      { return i.Value }
func (f Float) canonical() any    { return f.Value }
func (b Bool) canonical() any     { return b.Value }
func (o OneOf[W]) canonical() any { return o.Value }
func (v Value) canonical() any    { return json.RawMessage(v.JSON) }
func (Flag) canonical() any       { return true }

func (d Duration) canonical() any {
	if d.None {
		return "none"
	}
	return d.Value.String()
}

func (c Count) canonical() any {
	if c.Unlimited {
		return "unlimited"
	}
	return c.Value
}

func (s Names) canonical() any {
	out := make([]any, 0, len(s.List))
	for _, name := range s.List {
		out = append(out, name.Value)
	}
	return out
}

func (l List[T]) canonical() any {
	out := make([]any, 0, len(l.Items))
	for i := range l.Items {
		out = append(out, Canonical(&l.Items[i]))
	}
	return out
}

// Canonical returns what a mapping of the tree says as a JSON value, by the
// keys of the format: places, comments, the order of keys and the style of the
// YAML are not in it.
func Canonical(v any) any {
	rv := reflect.Indirect(reflect.ValueOf(v))
	if c, ok := reflect.TypeAssert[canonical](rv); ok {
		return c.canonical()
	}
	out := map[string]any{}
	for i := range rv.NumField() {
		sf, f := rv.Type().Field(i), rv.Field(i)
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		switch {
		case sf.Name == "Word" && !f.FieldByName("Span").IsZero():
			return Canonical(f.Interface())
		case sf.Name == "Off" && f.Bool():
			return false
		case name == "" || name == "-" || f.IsZero():
		case f.Kind() == reflect.Pointer || !f.FieldByName("Span").IsZero():
			out[name] = Canonical(f.Interface())
		}
	}
	return out
}
