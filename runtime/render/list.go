package render

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Join returns the elements of list with sep between them. Elements may be of any string
// type, such as an enum.
func Join[S ~string](sep string, list []S) string {
	return JoinFunc(sep, list, func(s S) string { return string(s) })
}

// JoinFunc returns the elements of list, each as text gives it, with sep between them.
func JoinFunc[T any](sep string, list []T, text func(T) string) string {
	var b strings.Builder
	for i, v := range list {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(text(v))
	}
	return b.String()
}

// Keys returns the keys of m in ascending order, so that a prompt is the same on every run.
func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	return slices.Sorted(maps.Keys(m))
}

// Default returns what p points to, or fallback when p is nil.
func Default[T any](fallback T, p *T) T {
	if p == nil {
		return fallback
	}
	return *p
}
