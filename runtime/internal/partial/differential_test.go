package partial_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	quickstart "github.com/l0gen/l0gen/examples/quickstart/support"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/gotype"
	"github.com/l0gen/l0gen/runtime/internal/partial"
	"github.com/l0gen/l0gen/testdata/cases/manyfiles"
	"github.com/l0gen/l0gen/testdata/cases/support"
	"github.com/l0gen/l0gen/testdata/cases/templates"
	"github.com/l0gen/l0gen/testdata/cases/types"
)

// Embedded and the types below have what generated code does not.
type Embedded struct {
	X int `json:"x"`
	Y string
}

type Deep struct {
	Embedded
	Z float32 `json:"z"`
}

type odd struct {
	*Deep
	Y      bool             `json:"y2"`
	Quoted int              `json:"quoted,string"`
	Array  [3]int           `json:"array"`
	Bytes  []byte           `json:"bytes"`
	Raw    json.RawMessage  `json:"raw"`
	Number json.Number      `json:"number"`
	Ints   map[int8]string  `json:"ints"`
	Dates  map[string][]any `json:"dates"`
	Maps   map[string]map[string]*odd
	Arrays map[uint][2]Embedded
	Ptr    **int
	PtrAny *any
	Ptrs   []**Embedded
	Self   *odd
	Hidden string `json:"-"`
	Tag    string `json:"tag/~,omitempty"`
}

// forEachType runs a test for each output type of the cases and examples, and for some more.
func forEachType(t *testing.T, test func(t *testing.T, c kase)) {
	for _, c := range []kase{
		newKase[types.All](), newKase[[]types.Color](), newKase[int64](), newKase[types.PickOutput](),
		newKase[types.Forest](), newKase[types.Prices](), newKase[types.Nested](), newKase[types.Optionals](),
		newKase[templates.Item](), newKase[support.Ticket](), newKase[quickstart.Ticket](), newKase[manyfiles.FromB](),
		newKase[any](), newKase[odd](), newKase[*odd](), newKase[[]any](), newKase[map[string]any](), newKase[map[string]types.Tree](),
		newKase[bool](), newKase[types.Color](), newKase[l0.Decimal](), newKase[l0.Nullable[int64]](), newKase[[2][]string](),
		newKase[json.RawMessage](), newKase[l0.Date](),
	} {
		t.Run(c.typ.String(), func(t *testing.T) { test(t, c) })
	}
}

// kase is a type with the builder for it, without the type parameter.
type kase struct {
	typ       reflect.Type
	build     func(opts ...partial.Option) erased
	unmarshal func(text string) (any, error)
}

type erased struct {
	feed    func(string) bool
	end     func() bool
	value   func() any
	state   func(string) partial.State
	misfits func() []string
}

func newKase[T any]() kase {
	return kase{
		typ: reflect.TypeFor[T](),
		build: func(opts ...partial.Option) erased {
			b := partial.New[T](opts...)
			return erased{feed: b.Feed, end: b.End, value: func() any { return b.Value() }, state: b.State, misfits: b.Misfits}
		},
		unmarshal: func(text string) (any, error) {
			var v T
			err := json.Unmarshal([]byte(text), &v)
			return v, err
		},
	}
}

// TestCompleteIsWhatUnmarshalGives feeds random values cut at random places.
func TestCompleteIsWhatUnmarshalGives(t *testing.T) {
	forEachType(t, func(t *testing.T, c kase) {
		r := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			text := randomJSON(r, c.typ)
			want, err := c.unmarshal(text)
			require.NoError(t, err, text)
			for _, opts := range [][]partial.Option{nil, {partial.GrowStrings()}} {
				most := 1 + r.IntN(len(text)+1)
				got := feedAll(c.build(opts...), text, func() int { return 1 + r.IntN(most) })
				require.Equal(t, want, got, text)
			}
		}
	})
}

// feedAll asks for a value behind each piece, since that moves things into place.
func feedAll(b erased, text string, size func() int) any {
	for text != "" {
		n := min(size(), len(text))
		b.feed(text[:n])
		b.value()
		text = text[n:]
	}
	b.end()
	return b.value()
}

// TestPartialsArePartOfTheWhole checks, behind each piece, all that is closed against the same
// place of the final value, and that what is not begun is zero.
func TestPartialsArePartOfTheWhole(t *testing.T) {
	forEachType(t, func(t *testing.T, c kase) {
		r := rand.New(rand.NewPCG(3, 4))
		for range 6 {
			text := randomJSON(r, c.typ)
			if len(text) > 1200 {
				continue // the test is quadratic
			}
			final, err := c.unmarshal(text)
			require.NoError(t, err)
			b := c.build()
			before := show(b.value())
			for i := 0; i < len(text); {
				n := min(1+r.IntN(12), len(text)-i)
				changed := b.feed(text[i : i+n])
				i += n
				v := b.value()
				if now := show(v); now != before {
					require.True(t, changed, "from %s to %s behind %s", before, now, text[:i])
					before = now
				}
				checkPart(t, b, "", reflect.ValueOf(v), reflect.ValueOf(final))
			}
			b.end()
			if strings.TrimSpace(text) != "null" { // which begins no object
				require.Equal(t, partial.Closed, b.state(""), text)
			}
			checkPart(t, b, "", reflect.ValueOf(b.value()), reflect.ValueOf(final))
			require.Empty(t, b.misfits())
		}
	})
}

func show(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// checkPart compares the part of a value at path with the same part of the final one.
func checkPart(t *testing.T, b erased, path string, part, final reflect.Value) {
	t.Helper()
	state := b.state(path)
	if state == partial.Closed && part.IsValid() {
		require.True(t, final.IsValid(), path)
		require.Equal(t, final.Interface(), part.Interface(), path)
	}
	for part.IsValid() && (part.Kind() == reflect.Pointer || part.Kind() == reflect.Interface) {
		if part = part.Elem(); final.IsValid() {
			final = final.Elem()
		}
	}
	if !part.IsValid() {
		return
	}
	require.True(t, final.IsValid(), "%s is not in the final value", path)
	if state == partial.Absent {
		require.True(t, part.IsZero(), "%s is absent and not zero", path)
	}
	typ := gotype.Of(part.Type())
	switch typ.Kind {
	case gotype.Struct:
		for _, f := range typ.Fields {
			p, err := part.FieldByIndexErr(f.Index)
			if err != nil {
				continue
			}
			q, err := final.FieldByIndexErr(f.Index)
			require.NoError(t, err)
			checkPart(t, b, path+"/"+escape(f.Name), p, q)
		}
	case gotype.Map:
		for _, key := range part.MapKeys() {
			q := final.MapIndex(key)
			require.True(t, q.IsValid(), "%s/%v", path, key)
			name := key.String()
			if key.CanInt() {
				name = strconv.FormatInt(key.Int(), 10)
			} else if key.CanUint() {
				name = strconv.FormatUint(key.Uint(), 10)
			}
			checkPart(t, b, path+"/"+escape(name), part.MapIndex(key), q)
		}
	case gotype.Slice, gotype.Array:
		if typ.Bytes {
			return
		}
		require.LessOrEqual(t, part.Len(), final.Len(), path)
		for i := range part.Len() {
			checkPart(t, b, path+"/"+strconv.Itoa(i), part.Index(i), final.Index(i))
		}
	default:
	}
}

func escape(s string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(s) }

// FuzzBuilder feeds any text to builders of several types: what encoding/json decodes must come
// out the same, and nothing may panic.
func FuzzBuilder(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 10 {
		f.Add(randomJSON(r, reflect.TypeFor[odd]()), uint8(3))
		f.Add(randomJSON(r, reflect.TypeFor[types.Optionals]()), uint8(1))
	}
	f.Add("Here:\n```json\n{\"x\":1}\n```", uint8(2))
	f.Add(`{"x":"no","array":[1,2,3,4],"ints":{"1":"a","300":"b"},"bytes":"!","Ptr":1.0,"Self":[]}`, uint8(4))
	cases := []kase{newKase[odd](), newKase[types.Optionals](), newKase[any](), newKase[[]types.Color]()}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		for _, c := range cases {
			got := feedAll(c.build(), text, func() int { return 1 + int(size) })
			whole := feedAll(c.build(), text, func() int { return len(text) })
			require.Equal(t, whole, got, "it depends on the cuts")
			want, err := c.unmarshal(text)
			if err != nil || differs(text, c.typ) {
				continue
			}
			assert.Equal(t, show(want), show(got), "%s", c.typ)
		}
	})
}

// differs reports whether text has what the package does otherwise on purpose: a name that is
// given twice, or one of t in other letters.
func differs(text string, t reflect.Type) bool {
	names := map[string]bool{}
	collectNames(gotype.Of(t), names, map[*gotype.Type]bool{})
	d := json.NewDecoder(strings.NewReader(text))
	seen := map[string]bool{}
	for {
		token, err := d.Token()
		if err != nil {
			return false
		}
		s, ok := token.(string)
		if !ok {
			continue
		}
		if seen[s] {
			return true
		}
		seen[s] = true
		for name := range names {
			if name != s && strings.EqualFold(name, s) {
				return true
			}
		}
	}
}

// collectNames adds the names of the properties in t.
func collectNames(t *gotype.Type, names map[string]bool, seen map[*gotype.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	collectNames(t.Elem, names, seen)
	for _, f := range t.Fields {
		names[f.Name] = true
		collectNames(f.Type, names, seen)
	}
}
