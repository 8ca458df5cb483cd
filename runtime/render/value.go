package render

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
)

// Base64 returns v in the standard base64 encoding, as JSON has it.
func Base64(v []byte) string { return base64.StdEncoding.EncodeToString(v) }

// Const returns the value of a JSON text that the compiler has checked, such as a decimal in a
// template or a default. A text that does not fit T gives the zero value.
func Const[T any](text string) T {
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		var zero T
		return zero
	}
	return v
}

// Or returns the first of its arguments that is not zero, else the last one, as "or" does in a
// template.
func Or[T comparable](first T, rest ...T) T {
	var zero T
	for _, v := range rest {
		if first != zero {
			return first
		}
		first = v
	}
	return first
}

// And returns the first of its arguments that is zero, else the last one, as "and" does in a
// template.
func And[T comparable](first T, rest ...T) T {
	var zero T
	for _, v := range rest {
		if first == zero {
			return first
		}
		first = v
	}
	return first
}

// Optional returns what p points to as text gives it, "" when p is nil.
func Optional[T any](p *T, text func(T) string) string {
	if p == nil {
		return ""
	}
	return text(*p)
}

// DefaultSlice returns s, or fallback when s is nil. An empty slice is a value.
func DefaultSlice[S ~[]E, E any](fallback, s S) S {
	if s == nil {
		return fallback
	}
	return s
}

// DefaultMap returns m, or fallback when m is nil. An empty map is a value.
func DefaultMap[M ~map[K]V, K comparable, V any](fallback, m M) M {
	if m == nil {
		return fallback
	}
	return m
}

// DefaultAny returns v, or fallback when v is nil.
func DefaultAny(fallback, v any) any {
	if v == nil {
		return fallback
	}
	return v
}

// Truth reports whether a JSON value is neither nil nor zero nor empty. Structs always are true,
// as in text/template.
func Truth(v any) bool {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Invalid:
		return false
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return r.Len() > 0
	case reflect.Struct:
		return true
	default:
		return !r.IsZero()
	}
}
