package partial_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/gotype"
)

// writer writes random JSON that fits a type.
type writer struct {
	*rand.Rand
	b     strings.Builder
	depth int
}

func randomJSON(r *rand.Rand, t reflect.Type) string {
	w := writer{Rand: r}
	w.value(t)
	return w.b.String()
}

func (w *writer) space() {
	if w.IntN(4) == 0 {
		w.b.WriteString([]string{" ", "\n", "\t", "\r\n  "}[w.IntN(4)])
	}
}

func (w *writer) value(t reflect.Type) {
	w.depth++
	defer func() { w.depth-- }()
	w.space()
	defer w.space()
	typ := gotype.Of(t)
	switch typ.Kind {
	case gotype.Bool:
		w.b.WriteString(strconv.FormatBool(w.IntN(2) == 0))
	case gotype.Int, gotype.Uint:
		w.b.WriteString(strconv.Itoa(w.IntN(100)))
	case gotype.Float, gotype.Number:
		w.b.WriteString([]string{"0", "-1.5", "2e3", "1E-2", "0.1", "12345678"}[w.IntN(6)])
	case gotype.String:
		w.str()
	case gotype.Struct:
		w.object(typ)
	case gotype.Map:
		w.list('{', '}', func(i int) {
			key := `"` + strconv.Itoa(i) + `"`
			if typ.Key == gotype.String {
				key = fmt.Sprintf(`"k%d ~/\u00e9\n"`, i)
			}
			w.b.WriteString(key + ":")
			w.value(t.Elem())
		})
	case gotype.Slice, gotype.Array:
		if typ.Bytes {
			w.b.WriteString(`"` + base64.StdEncoding.EncodeToString(make([]byte, w.IntN(5))) + `"`)
			return
		}
		w.list('[', ']', func(int) { w.value(t.Elem()) })
	case gotype.Pointer:
		if w.depth > 6 || w.IntN(4) == 0 {
			w.b.WriteString("null")
			return
		}
		w.value(t.Elem())
	case gotype.Any:
		w.any()
	default:
		w.own(t)
	}
}

func (w *writer) own(t reflect.Type) {
	texts := map[reflect.Type]string{
		reflect.TypeFor[l0.Decimal]():      `12.50`,
		reflect.TypeFor[l0.Date]():         `"2026-02-28"`,
		reflect.TypeFor[l0.Duration]():     `"PT1H\u0033M"`,
		reflect.TypeFor[time.Time]():       `"2026-02-28T12:00:00Z"`,
		reflect.TypeFor[json.RawMessage](): `{"a" : [1, "\u00e9\n" ] }`,
	}
	if text, ok := texts[t]; ok {
		w.b.WriteString(text)
		return
	}
	w.b.WriteString([]string{"null", "17"}[w.IntN(2)]) // Nullable[int64]
}

func (w *writer) object(typ *gotype.Type) {
	w.b.WriteByte('{')
	comma := false
	for _, i := range w.Perm(len(typ.Fields) + 1) {
		if w.IntN(6) == 0 || w.depth > 6 {
			continue
		}
		if comma {
			w.b.WriteByte(',')
		}
		comma = true
		w.space()
		if i == len(typ.Fields) {
			w.b.WriteString(`"no such property":`)
			w.any()
			continue
		}
		f := typ.Fields[i]
		name, _ := json.Marshal(f.Name)
		w.b.Write(name)
		w.space()
		w.b.WriteByte(':')
		if f.Quoted {
			w.b.WriteString(`"12"`)
			continue
		}
		w.value(f.Type.Go)
	}
	w.b.WriteByte('}')
}

func (w *writer) list(opener, closer byte, item func(i int)) {
	w.b.WriteByte(opener)
	n := w.IntN(5)
	if w.depth > 6 {
		n = 0
	}
	for i := range n {
		if i > 0 {
			w.b.WriteByte(',')
		}
		w.space()
		item(i)
	}
	w.space()
	w.b.WriteByte(closer)
}

func (w *writer) any() {
	w.depth++
	defer func() { w.depth-- }()
	switch w.IntN(7) {
	case 0:
		w.b.WriteString("null")
	case 1:
		w.b.WriteString("true")
	case 2:
		w.b.WriteString("-12.5e1")
	case 3:
		w.list('[', ']', func(int) { w.any() })
	case 4:
		w.list('{', '}', func(i int) { fmt.Fprintf(&w.b, `"a%d" : `, i); w.any() })
	default:
		w.str()
	}
}

func (w *writer) str() {
	w.b.WriteByte('"')
	for range w.IntN(6) {
		w.b.WriteString([]string{
			"a", "word ", "größe", "😀", `\n`, `\"`, `\\`, `\u00e9`, `\ud83d\ude00`, `\ud83d`, "\xff", "\xe2\x82", "{", ",",
		}[w.IntN(14)])
	}
	w.b.WriteByte('"')
}
