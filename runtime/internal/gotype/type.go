package gotype

import (
	"encoding"
	"encoding/json"
	"reflect"
	"sync"
)

// Kind says what JSON a type takes and how it gets it.
type Kind uint8

// The kinds of types.
const (
	// Unsupported types take no JSON but null: channels, functions, complex numbers and
	// interfaces with methods.
	Unsupported Kind = iota
	Bool
	Int
	Uint
	Float
	String
	// Number is [json.Number].
	Number
	Struct
	Map
	// Slice takes an array. If Bytes is set, it also takes a string in base64.
	Slice
	Array
	Pointer
	// Any is an interface without methods.
	Any
	// JSON types have the method UnmarshalJSON, as pointers to them.
	JSON
	// Text types have the method UnmarshalText, as pointers to them, and take a string.
	Text
)

// Type is what there is to know of a Go type. It is read only and safe for concurrent use.
type Type struct {
	// Go is the type itself.
	Go   reflect.Type
	Kind Kind
	// Elem is the type of the elements of a Pointer, Slice, Array or Map.
	Elem *Type
	// Key is the kind of a Map's keys: String, Int, Uint or Text.
	Key Kind
	// Bytes marks a Slice that is written as a string in base64.
	Bytes bool
	// Fields are the properties of a Struct, in the order of the Go type, embedded structs in
	// place.
	Fields []Field

	byName map[string]int
}

// Field is a property of a struct.
type Field struct {
	// Name is that of the property.
	Name string
	// Index is where the field is, as for [reflect.Value.FieldByIndex]. It has more than one
	// element if the field is of an embedded struct.
	Index []int
	Type  *Type
	// Optional fields are left out when they are empty or zero.
	Optional bool
	// Quoted fields hold a value that is written inside a string.
	Quoted bool
}

// Field returns the index in Fields of the property with a name, -1 if there is none. next
// is a guess; where properties come in order, the one behind the last is right.
func (t *Type) Field(name []byte, next int) int {
	if next < len(t.Fields) && t.Fields[next].Name == string(name) {
		return next
	}
	if i, ok := t.byName[string(name)]; ok {
		return i
	}
	return -1
}

// Base returns the type behind any pointers.
func (t *Type) Base() *Type {
	for t.Kind == Pointer {
		t = t.Elem
	}
	return t
}

// types has all the types that Of was asked for, by reflect.Type. They follow from the types
// alone, so nobody can tell who asked first.
var types sync.Map //nolint:gochecknoglobals // a cache of what never changes

// Of returns what there is to know of t.
func Of(t reflect.Type) *Type {
	if known, ok := types.Load(t); ok {
		return known.(*Type) //nolint:errcheck,forcetypeassert // nothing else is stored
	}
	b := builder{}
	made := b.typ(t)
	for goType, typ := range b {
		// What refers to itself is stored complete or not at all. Another goroutine may have
		// stored an equal one; either will do.
		types.LoadOrStore(goType, typ)
	}
	return made
}

// builder holds the types that are being made, so that a type may refer to itself.
type builder map[reflect.Type]*Type

func (b builder) typ(t reflect.Type) *Type {
	if known, ok := types.Load(t); ok {
		return known.(*Type) //nolint:errcheck,forcetypeassert // nothing else is stored
	}
	if started, ok := b[t]; ok {
		return started
	}
	typ := &Type{Go: t, Kind: kindOf(t)}
	b[t] = typ
	switch typ.Kind {
	case Pointer, Array:
		typ.Elem = b.typ(t.Elem())
	case Slice:
		typ.Elem = b.typ(t.Elem())
		typ.Bytes = t.Elem().Kind() == reflect.Uint8
	case Map:
		typ.Elem = b.typ(t.Elem())
		if typ.Key = keyOf(t.Key()); typ.Key == Unsupported {
			typ.Kind = Unsupported
		}
	case Struct:
		typ.Fields = b.fields(t)
		typ.byName = make(map[string]int, len(typ.Fields))
		for i, f := range typ.Fields {
			typ.byName[f.Name] = i
		}
	default:
	}
	return typ
}

// keyOf returns the kind of t as the type of a map's keys, Unsupported if it cannot be one.
func keyOf(t reflect.Type) Kind {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return Text
	}
	switch k := basicKind(t); k {
	case String, Int, Uint:
		return k
	default:
		return Unsupported
	}
}

func kindOf(t reflect.Type) Kind {
	switch {
	case t == reflect.TypeFor[json.Number]():
		return Number
	case t.Kind() == reflect.Pointer:
		return Pointer // what it points to may decode itself
	case reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return JSON
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return Text
	}
	return basicKind(t)
}

// basicKind returns the kind of t without regard to its methods.
func basicKind(t reflect.Type) Kind {
	switch t.Kind() {
	case reflect.Bool:
		return Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return Uint
	case reflect.Float32, reflect.Float64:
		return Float
	case reflect.String:
		return String
	case reflect.Struct:
		return Struct
	case reflect.Map:
		return Map
	case reflect.Slice:
		return Slice
	case reflect.Array:
		return Array
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return Any
		}
	}
	return Unsupported
}
