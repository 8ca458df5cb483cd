package l0

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// EqualPtr reports whether a and b are both nil, or point to values that eq calls equal.
// For slices and maps see [slices.EqualFunc] and [maps.EqualFunc].
func EqualPtr[T any](a, b *T, eq func(T, T) bool) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a == b || eq(*a, *b)
}

// EqualNullable reports whether a and b are both absent, both null, or hold values that eq
// calls equal.
func EqualNullable[T any](a, b Nullable[T], eq func(T, T) bool) bool {
	return a.state == b.state && (a.state != nullableSet || eq(a.value, b.value))
}

// EqualJSON reports whether a and b are the same JSON value, as encoding/json decodes into
// an any: numbers are compared by value, whether [json.Number] or a Go number, and the
// order of an object's properties does not count. Values of other types are compared with
// [reflect.DeepEqual].
func EqualJSON(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case string:
		y, ok := b.(string)
		return ok && x == y
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, EqualJSON)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, EqualJSON)
	}
	x, okx := numberOf(a)
	y, oky := numberOf(b)
	if okx && oky {
		return x.Equal(y)
	}
	return okx == oky && reflect.DeepEqual(a, b)
}

// numberOf returns the number that v is, if it is one that JSON can write.
func numberOf(v any) (Decimal, bool) {
	switch n := v.(type) {
	case json.Number:
		d, err := ParseDecimal(string(n))
		return d, err == nil
	case Decimal:
		return n, true
	case float64:
		d, err := ParseDecimal(strconv.FormatFloat(n, 'g', -1, 64))
		return d, err == nil
	case int64:
		return decimalOf(n), true
	case int:
		return decimalOf(int64(n)), true
	}
	return Decimal{}, false
}

func decimalOf(n int64) Decimal { return Decimal{text: strconv.FormatInt(n, 10)} }
