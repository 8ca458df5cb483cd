package partial

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/l0gen/l0gen/runtime/internal/gotype"
	"github.com/l0gen/l0gen/runtime/internal/jsonpush"
)

// literal is a value that is set as a whole.
type literal struct {
	kind jsonpush.Kind // StringEnd for a string, ObjectEnd and ArrayEnd for what was captured
	text []byte        // of a string without quotes and escapes, of a number
	raw  []byte        // as it was written, if it was captured
}

// json returns l as it was written.
func (l literal) json() []byte {
	switch {
	case l.raw != nil:
		return l.raw
	case l.kind == jsonpush.Number:
		return l.text
	}
	return []byte(strings.ToLower(l.kind.String())) // true, false, null
}

// setLeaf sets the value that is being read and reports whether it fits.
func (f *filler) setLeaf(l literal) bool {
	if len(f.frames) > 0 {
		if top := &f.frames[len(f.frames)-1]; top.kind == gotype.Any {
			v, ok := anyOf(l)
			if !ok {
				f.misfit()
				return false
			}
			top.put(v)
			f.changed, f.unsettled = true, true
			return true
		}
	}
	v := f.slot()
	set := setLiteral
	if f.quoted() {
		set = setQuoted
	}
	if !v.IsValid() || !set(v, f.nextType(), l) {
		f.misfit()
		return false
	}
	if len(f.frames) > 0 {
		f.frames[len(f.frames)-1].store()
	}
	f.changed, f.unsettled = true, true
	return true
}

// setLiteral sets v, which is zero, and reports whether l fits. If not, v is zero again.
func setLiteral(v reflect.Value, typ *gotype.Type, l literal) (ok bool) {
	if l.kind == jsonpush.Null && typ.Kind != gotype.JSON {
		return true
	}
	switch typ.Kind {
	case gotype.Pointer:
		p := reflect.New(typ.Elem.Go)
		if ok = setLiteral(p.Elem(), typ.Elem, l); ok {
			v.Set(p)
		}
		return ok
	case gotype.Bool:
		v.SetBool(l.kind == jsonpush.True)
		return l.kind == jsonpush.True || l.kind == jsonpush.False
	case gotype.Int, gotype.Uint, gotype.Float:
		return l.kind == jsonpush.Number && setNumber(v, typ.Kind, l.text)
	case gotype.Any:
		value, ok := anyOf(l)
		if ok {
			v.Set(reflect.ValueOf(value))
		}
		return ok
	case gotype.JSON:
		return decode(v, func(to any) error {
			return to.(json.Unmarshaler).UnmarshalJSON(l.json()) //nolint:errcheck,forcetypeassert // that is its kind
		})
	case gotype.Number:
		isNumber := l.kind == jsonpush.Number || l.kind == jsonpush.StringEnd && validNumber(l.text)
		if isNumber {
			v.SetString(string(l.text))
		}
		return isNumber
	default:
		return l.kind == jsonpush.StringEnd && setText(v, typ, l.text)
	}
}

// setText sets v from a string.
func setText(v reflect.Value, typ *gotype.Type, text []byte) bool {
	switch typ.Kind {
	case gotype.String:
		v.SetString(string(text))
		return true
	case gotype.Text:
		return decode(v, func(to any) error {
			return to.(encoding.TextUnmarshaler).UnmarshalText(text) //nolint:errcheck,forcetypeassert // that is its kind
		})
	case gotype.Slice:
		if !typ.Bytes {
			return false
		}
		data := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
		n, err := base64.StdEncoding.Decode(data, text)
		if err == nil {
			v.SetBytes(data[:n])
		}
		return err == nil
	default:
		return false
	}
}

// setQuoted sets a field whose value is written inside a string.
func setQuoted(v reflect.Value, _ *gotype.Type, l literal) bool {
	if l.kind == jsonpush.Null {
		return true
	}
	if l.kind != jsonpush.StringEnd || len(bytes.TrimSpace(l.text)) != len(l.text) {
		return false
	}
	return decode(v, func(to any) error { return json.Unmarshal(l.text, to) })
}

// decode lets v decode itself, or leaves it zero.
func decode(v reflect.Value, by func(to any) error) (ok bool) {
	defer func() {
		if r := recover(); r != nil || !ok {
			ok = false
			v.SetZero()
		}
	}()
	return by(v.Addr().Interface()) == nil
}

// setNumber sets v from a number. An integer may be written with zeros behind a point.
func setNumber(v reflect.Value, kind gotype.Kind, text []byte) bool {
	switch kind {
	case gotype.Int:
		n, err := strconv.ParseInt(string(whole(text)), 10, 64)
		if err != nil || v.OverflowInt(n) {
			return false
		}
		v.SetInt(n)
	case gotype.Uint:
		n, err := strconv.ParseUint(string(whole(text)), 10, 64)
		if err != nil || v.OverflowUint(n) {
			return false
		}
		v.SetUint(n)
	default:
		n, err := strconv.ParseFloat(string(text), v.Type().Bits())
		if err != nil || v.OverflowFloat(n) {
			return false
		}
		v.SetFloat(n)
	}
	return true
}

// whole returns a number without the point and the zeros behind it, if that is all there is.
func whole(text []byte) []byte {
	if i := bytes.IndexByte(text, '.'); i >= 0 && len(bytes.Trim(text[i+1:], "0")) == 0 {
		return text[:i]
	}
	return text
}

func anyOf(l literal) (v any, ok bool) {
	switch l.kind {
	case jsonpush.StringEnd:
		return string(l.text), true
	case jsonpush.Number:
		n, err := strconv.ParseFloat(string(l.text), 64)
		return n, err == nil
	case jsonpush.True, jsonpush.False:
		return l.kind == jsonpush.True, true
	default:
		return nil, true
	}
}

func validNumber(text []byte) bool {
	return json.Valid(text) && (text[0] == '-' || text[0]-'0' <= 9) && text[len(text)-1] > ' '
}

// newKey returns the key of a map of type typ, not valid if name is none.
func newKey(typ *gotype.Type, name string) reflect.Value {
	key := reflect.New(typ.Go.Key()).Elem()
	ok := true
	switch typ.Key {
	case gotype.String:
		key.SetString(name)
	case gotype.Text:
		ok = decode(key, func(to any) error {
			return to.(encoding.TextUnmarshaler).UnmarshalText([]byte(name)) //nolint:errcheck,forcetypeassert // that is its kind
		})
	default:
		ok = setKeyNumber(key, typ.Key, name)
	}
	if !ok {
		return reflect.Value{}
	}
	return key
}

func setKeyNumber(key reflect.Value, kind gotype.Kind, name string) bool {
	if kind == gotype.Int {
		n, err := strconv.ParseInt(name, 10, 64)
		key.SetInt(n)
		return err == nil && !key.OverflowInt(n)
	}
	n, err := strconv.ParseUint(name, 10, 64)
	key.SetUint(n)
	return err == nil && !key.OverflowUint(n)
}
