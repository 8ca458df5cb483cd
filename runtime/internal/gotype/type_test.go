package gotype_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

func TestKinds(t *testing.T) {
	type (
		named  string
		self   struct{ Self []*self }
		number = json.Number
	)
	tests := []struct {
		value any
		kind  gotype.Kind
	}{
		{false, gotype.Bool},
		{int8(0), gotype.Int},
		{uintptr(0), gotype.Uint},
		{float32(0), gotype.Float},
		{named(""), gotype.String},
		{number(""), gotype.Number},
		{self{}, gotype.Struct},
		{map[named]int{}, gotype.Map},
		{map[int]int{}, gotype.Map},
		{map[l0.Date]int{}, gotype.Map},
		{map[float64]int{}, gotype.Unsupported},
		{[]int{}, gotype.Slice},
		{[2]int{}, gotype.Array},
		{new(time.Time), gotype.Pointer},
		{time.Time{}, gotype.JSON},
		{json.RawMessage{}, gotype.JSON},
		{l0.Decimal{}, gotype.JSON},
		{l0.Nullable[int]{}, gotype.JSON},
		{l0.Date{}, gotype.Text},
		{l0.Duration{}, gotype.Text},
		{make(chan int), gotype.Unsupported},
		{func() {}, gotype.Unsupported},
		{1i, gotype.Unsupported},
	}
	for _, tt := range tests {
		typ := gotype.Of(reflect.TypeOf(tt.value))
		assert.Equal(t, tt.kind, typ.Kind, "%T", tt.value)
		assert.Equal(t, reflect.TypeOf(tt.value), typ.Go)
	}
	assert.Equal(t, gotype.Any, gotype.Of(reflect.TypeFor[any]()).Kind)
	assert.Equal(t, gotype.Unsupported, gotype.Of(reflect.TypeFor[error]()).Kind)
	assert.True(t, gotype.Of(reflect.TypeFor[[]byte]()).Bytes)
	assert.Equal(t, gotype.Text, gotype.Of(reflect.TypeFor[map[l0.Date]int]()).Key)

	itself := gotype.Of(reflect.TypeFor[self]())
	assert.Same(t, itself, itself.Fields[0].Type.Elem.Elem, "a type may refer to itself")
	assert.Same(t, itself, gotype.Of(reflect.TypeFor[**self]()).Base())
}

type A struct {
	Same  int `json:"same"`
	Twice int
	Tag   int `json:"Win"`
	OnlyA int
	Loop  *C
}

type B struct {
	Twice int
	Win   int
	Here  int `json:"Named"`
	OnlyB int
}

type C struct {
	A
	*B
	small
	Text
	Named A `json:"Named"`
	Same  string
	Over  int `json:"same,omitempty"`
	none  int
	Dash  int   `json:"-"`
	Odd   int   `json:"größe/~ !"`
	Num   int   `json:",string,omitzero"`
	Ptr   *bool `json:"ptr,string"`
	*D
}

type D struct {
	*C
	Deep  int
	OnlyA int
}

type small struct {
	Inner int
}

type Text string

// TestFields compares the properties of a struct with those that encoding/json writes.
func TestFields(t *testing.T) {
	v := C{B: &B{}, D: &D{}, Over: 1, Num: 1, Ptr: new(bool), none: 1}
	text, err := json.Marshal(v)
	require.NoError(t, err)
	var written map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &written))

	typ := gotype.Of(reflect.TypeFor[C]())
	names := map[string]bool{}
	for i, f := range typ.Fields {
		names[f.Name] = true
		assert.Contains(t, written, f.Name)
		assert.Equal(t, reflect.TypeFor[C]().FieldByIndex(f.Index).Type, f.Type.Go)
		assert.Equal(t, slices.Contains([]string{"same", "Num"}, f.Name), f.Optional, f.Name)
		assert.Equal(t, slices.Contains([]string{"ptr", "Num"}, f.Name), f.Quoted, f.Name)
		for _, guess := range []int{0, i, len(typ.Fields)} {
			assert.Equal(t, i, typ.Field([]byte(f.Name), guess))
		}
	}
	for name := range written {
		assert.True(t, names[name], name)
	}
	assert.Equal(t, -1, typ.Field([]byte("SAME"), 0), "names are compared exactly")
}

// TestOddTags: linters advise against them, encoding/json takes them.
func TestOddTags(t *testing.T) {
	var fields []reflect.StructField
	for i, tag := range []string{`json:"-,"`, `json:"a\"b"`, `json:",string"`, `json:"a,b"`, `json:"-"`, `json:"{}&<é 1"`, ``} {
		fields = append(fields, reflect.StructField{
			Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[[]int](), Tag: reflect.StructTag(tag),
		})
	}
	struc := reflect.StructOf(fields)
	text, err := json.Marshal(reflect.Zero(struc).Interface())
	require.NoError(t, err)
	var written map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &written))
	typ := gotype.Of(struc)
	assert.Len(t, typ.Fields, len(written))
	for _, f := range typ.Fields {
		assert.Contains(t, written, f.Name)
		assert.False(t, f.Quoted, "a list cannot be")
	}
}

// TestConcurrentUse: all get a type that is complete.
func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			typ := reflect.TypeFor[struct{ Next []map[string]*C }]()
			for range i % 3 {
				typ = reflect.SliceOf(typ)
			}
			made := gotype.Of(typ)
			for made.Kind == gotype.Slice {
				made = made.Elem
			}
			assert.NotEmpty(t, made.Fields[0].Type.Elem.Elem.Elem.Fields)
		})
	}
	wg.Wait()
}

func ExampleOf() {
	type line struct {
		Name  string `json:"name"`
		Price *int   `json:"price,omitzero"`
	}
	for _, f := range gotype.Of(reflect.TypeFor[line]()).Fields {
		fmt.Println(f.Name, f.Type.Go, f.Optional)
	}
	// Output:
	// name string false
	// price *int true
}

func BenchmarkField(b *testing.B) {
	typ := gotype.Of(reflect.TypeFor[C]())
	name := []byte(typ.Fields[3].Name)
	b.ReportAllocs()
	for b.Loop() {
		if typ.Field(name, 0) != 3 {
			b.Fatal("not found")
		}
	}
}
