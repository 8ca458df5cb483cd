package l0

import (
	"bytes"
	"encoding/json"
)

// Nullable is a property that may be absent, null, or have a value, where JSON tells the
// three apart. Its zero value is absent. Tag such a field with omitzero, or an absent one
// is written as null.
type Nullable[T any] struct {
	state nullableState
	value T
}

type nullableState uint8

const (
	nullableAbsent nullableState = iota
	nullableNull
	nullableSet
)

// NullableOf returns a Nullable that has the value v.
func NullableOf[T any](v T) Nullable[T] { return Nullable[T]{state: nullableSet, value: v} }

// Null returns a Nullable that is null.
func Null[T any]() Nullable[T] { return Nullable[T]{state: nullableNull} }

// Get returns the value and true, or the zero value and false when n is absent or null.
func (n Nullable[T]) Get() (T, bool) { return n.value, n.state == nullableSet }

// Or returns the value, or fallback when n is absent or null.
func (n Nullable[T]) Or(fallback T) T {
	if n.state == nullableSet {
		return n.value
	}
	return fallback
}

// Ptr returns a pointer to a copy of the value, nil when n is absent or null.
func (n Nullable[T]) Ptr() *T {
	if n.state != nullableSet {
		return nil
	}
	return &n.value
}

// IsNull reports whether n is null, which is not the same as absent.
func (n Nullable[T]) IsNull() bool { return n.state == nullableNull }

// IsZero reports whether n is absent. It makes omitzero leave the property out.
func (n Nullable[T]) IsZero() bool { return n.state == nullableAbsent }

// held returns the value as an any, for checks that walk through a value of unknown type.
func (n Nullable[T]) held() (any, bool) { return n.value, n.state == nullableSet }

// MarshalJSON implements [json.Marshaler].
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	if n.state != nullableSet {
		return []byte("null"), nil
	}
	return json.Marshal(n.value)
}

// UnmarshalJSON implements [json.Unmarshaler]. It is not called for what is absent.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error {
	if string(bytes.TrimSpace(data)) == "null" {
		*n = Null[T]()
		return nil
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*n = NullableOf(v)
	return nil
}
