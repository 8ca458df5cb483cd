package tmpl

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"
)

// Funcs returns the functions with which text/template runs a template that
// [Compile] has accepted, over values that [Input.Root] returns. format is what
// {{schema}} places. The outcome is that of the generated code.
func (in *Input) Funcs(format string) template.FuncMap {
	return template.FuncMap{
		"eq":       func(a any, all ...any) bool { return equalsOne(a, all) },
		"ne":       func(a, b any) bool { return !equalsOne(a, []any{b}) },
		"lt":       func(a, b any) bool { return order(a, b) < 0 },
		"le":       func(a, b any) bool { return order(a, b) <= 0 },
		"gt":       func(a, b any) bool { return order(a, b) > 0 },
		"ge":       func(a, b any) bool { return order(a, b) >= 0 },
		"len":      func(v any) int { return reflect.ValueOf(present(v)).Len() },
		"index":    in.index,
		"join":     func(sep any, list any) string { return join(text(sep), list) },
		"json":     func(v any) string { return encode(present(v)) },
		"indent":   func(n, s any) string { return indent(whole(n), text(s)) },
		"trim":     func(s any) string { return strings.TrimSpace(text(s)) },
		"lower":    func(s any) string { return strings.ToLower(text(s)) },
		"upper":    func(s any) string { return strings.ToUpper(text(s)) },
		"truncate": func(n, s any) string { return truncate(whole(n), text(s)) },
		"default":  fallback,
		"schema":   func() string { return format },
	}
}

// text returns the text of a value, as it is printed.
func text(v any) string {
	v = present(v)
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func whole(v any) int64 { return reflect.ValueOf(present(v)).Int() }

// index returns an element of a map, the zero value of its type when there is
// none.
func (in *Input) index(m, key any) any {
	of := reflect.ValueOf(m)
	if found := of.MapIndex(reflect.ValueOf(text(key))); found.IsValid() {
		return found.Interface()
	}
	return in.zeros[of.Pointer()]
}

func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return encode("!error: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func fallback(value, v any) any {
	if isNone(v) {
		return value
	}
	return present(v)
}

func join(sep string, list any) string {
	of := reflect.ValueOf(list)
	texts := make([]string, of.Len())
	for i := range texts {
		texts[i] = text(of.Index(i).Interface())
	}
	return strings.Join(texts, sep)
}

func indent(n int64, s string) string {
	const most = 1000
	var b strings.Builder
	for line := range strings.Lines(s) {
		if n > 0 && line != "\n" && line != "\r\n" {
			b.WriteString(strings.Repeat(" ", int(min(n, most))))
		}
		b.WriteString(line)
	}
	return b.String()
}

func truncate(n int64, s string) string {
	end := 0
	for i := int64(0); i < n && end < len(s); i++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

func equalsOne(a any, all []any) bool {
	for _, b := range all {
		if order(a, b) == 0 {
			return true
		}
	}
	return false
}

// unordered is the order of numbers of which one is none.
const unordered = 2

// order compares two values of like kinds. Literals are plain Go values.
func order(a, b any) int {
	a, b = present(a), present(b)
	if d, ok := a.(decimalValue); ok {
		return d.order(text(b))
	}
	if d, ok := b.(decimalValue); ok {
		return -d.order(text(a))
	}
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	switch {
	case x.CanFloat() || y.CanFloat():
		f, g := asFloat(x), asFloat(y)
		if f != f || g != g {
			return unordered
		}
		return cmp.Compare(f, g)
	case x.CanInt() && y.CanInt():
		return cmp.Compare(x.Int(), y.Int())
	case x.Kind() == reflect.Bool && y.Kind() == reflect.Bool:
		if x.Bool() == y.Bool() {
			return 0
		}
		return unordered
	}
	if t, ok := a.(timeValue); ok {
		if u, ok := b.(timeValue); ok {
			return time.Time(t).Compare(time.Time(u))
		}
	}
	return cmp.Compare(text(a), text(b))
}

func asFloat(v reflect.Value) float64 {
	if v.CanInt() {
		return float64(v.Int())
	}
	return v.Float()
}

// order compares a decimal with the text of another one.
func (d decimalValue) order(text string) int {
	a, okA := new(big.Rat).SetString(string(d.text))
	b, okB := new(big.Rat).SetString(text)
	if !okA || !okB {
		return unordered
	}
	return a.Cmp(b)
}

// base64Text is the text of bytes.
func base64Text(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
