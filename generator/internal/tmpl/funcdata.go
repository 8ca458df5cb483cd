package tmpl

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// Input is an input of a prompt in the form that text/template and [Input.Funcs]
// know how to print, test and compare. It is made anew for each input.
type Input struct {
	root any
	// zeros holds what a map gives for a key that it does not have, by the
	// map's address.
	zeros map[uintptr]any
}

// NewInput returns the input whose fields have the given JSON values, decoded
// with json.Decoder.UseNumber. The values must fit the types.
func NewInput(fields []*ir.Field, values map[string]any) *Input {
	in := &Input{zeros: map[uintptr]any{}}
	in.root = in.object(fields, values)
	return in
}

// Root returns the dot of a template.
func (in *Input) Root() any { return in.root }

// The forms of values that Go's own would print or test otherwise.
type (
	numberValue  float64
	decimalValue struct{ text json.Number }
	timeValue    time.Time
	wordValue    struct{ text string } // dates and durations: never false
	bytesValue   []byte
	// objectValue holds its fields by name, and their order under orderKey. Those
	// that are null rather than absent, where that differs, stand under nullKey.
	objectValue map[string]any
	// absentMap is an empty map that stands for none.
	absentMap map[string]any
	// optionalValue is used as a pointer: nil where the value is absent.
	optionalValue struct{ value any }
)

// Keys of an objectValue that no template can write.
const (
	orderKey = "\x00order"
	nullKey  = "\x00null"
)

// String returns the number as JSON has it.
func (v numberValue) String() string { return encode(float64(v)) }

func (v decimalValue) String() string { return v.text.String() }

// MarshalJSON returns the number as it was written.
func (v decimalValue) MarshalJSON() ([]byte, error) { return []byte(v.text), nil }

func (v timeValue) String() string { return time.Time(v).Format(time.RFC3339Nano) }

// MarshalJSON returns the time as a string.
func (v timeValue) MarshalJSON() ([]byte, error) { return json.Marshal(v.String()) }

func (v wordValue) String() string { return v.text }

// MarshalJSON returns the word as a string.
func (v wordValue) MarshalJSON() ([]byte, error) { return json.Marshal(v.text) }

func (v bytesValue) String() string { return base64Text(v) }

// String returns the text of the value, nothing when it is absent.
func (v *optionalValue) String() string {
	if v == nil {
		return ""
	}
	return text(v.value)
}

// MarshalJSON returns the value, null when it is absent.
func (v *optionalValue) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return []byte(encode(v.value)), nil
}

// MarshalJSON returns null.
func (absentMap) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// MarshalJSON returns the fields in the order of the spec, without those that
// are optional and absent.
func (v objectValue) MarshalJSON() ([]byte, error) {
	fields, _ := v[orderKey].([]*ir.Field)
	if fields == nil {
		return []byte("null"), nil
	}
	nulls, _ := v[nullKey].(map[string]bool)
	var b bytes.Buffer
	separator := "{"
	for _, f := range fields {
		value := v[f.Name]
		if !f.Required && isNone(value) && !nulls[f.Name] {
			continue
		}
		b.WriteString(separator + encode(f.Name) + ":" + encode(value))
		separator = ","
	}
	if b.Len() == 0 {
		b.WriteString("{")
	}
	b.WriteString("}")
	return b.Bytes(), nil
}

// isNone reports whether a value stands for an absent one.
func isNone(v any) bool {
	if _, absent := v.(absentMap); absent {
		return true
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice:
		return r.IsNil()
	default:
		return false
	}
}

// present returns what an optional value holds, and other values as they are.
func present(v any) any {
	if o, ok := v.(*optionalValue); ok {
		if o == nil {
			return nil
		}
		return o.value
	}
	return v
}

// object returns an object. Fields that are not there have their defaults.
func (in *Input) object(fields []*ir.Field, values map[string]any) objectValue {
	nulls := map[string]bool{}
	v := objectValue{orderKey: fields, nullKey: nulls}
	for _, f := range fields {
		given, there := values[f.Name]
		nulls[f.Name] = there && given == nil && nullMode(f.Type) == ir.NullValue
		optional := mayBeAbsent(f)
		if given == nil && !optional && f.Type.Default != "" {
			given = decode(f.Type.Default)
		}
		v[f.Name] = in.place(f.Type, given, optional)
	}
	return v
}

// decode returns the value of a JSON text, nil when it is none.
func decode(text string) any {
	var v any
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		return nil
	}
	return v
}

// place returns a value where it may be optional.
func (in *Input) place(t *ir.Type, given any, optional bool) any {
	u := t.Underlying()
	isMap := mapElem(u) != nil
	switch {
	case isMap, u.Kind == ir.List, u.Kind == ir.Bytes, u.Kind == ir.Object, !optional:
		return in.value(t, given)
	case given == nil:
		return (*optionalValue)(nil)
	}
	return &optionalValue{in.value(t, given)}
}

// value returns a value of a type; the zero value for nil.
func (in *Input) value(t *ir.Type, given any) any {
	u := t.Underlying()
	if elem := mapElem(u); elem != nil {
		return in.mapping(elem, given)
	}
	switch u.Kind {
	case ir.List:
		items, ok := given.([]any)
		if !ok {
			return []any(nil)
		}
		list := make([]any, len(items))
		for i, item := range items {
			list[i] = in.place(u.Elem, item, nullMode(u.Elem) != ir.NotNull)
		}
		return list
	case ir.Object:
		values, ok := given.(map[string]any)
		if !ok {
			return objectValue(nil)
		}
		return in.object(u.Fields, values)
	case ir.Enum:
		if isIntEnum(u) {
			return toInt(given)
		}
		return toString(given)
	}
	return scalar(u.Kind, given)
}

// mapping returns a map, and notes what it gives for keys that it lacks.
func (in *Input) mapping(elem *ir.Type, given any) any {
	values, ok := given.(map[string]any)
	m := make(map[string]any, len(values))
	address := reflect.ValueOf(m).Pointer()
	for key, item := range values {
		m[key] = in.place(elem, item, nullMode(elem) != ir.NotNull)
	}
	if nullMode(elem) != ir.NotNull {
		in.zeros[address] = in.place(elem, nil, true)
	} else {
		in.zeros[address] = in.zero(elem)
	}
	if !ok {
		return absentMap(m)
	}
	return m
}

// zero returns the zero value of a type: of objects, with zero fields.
func (in *Input) zero(t *ir.Type) any {
	u := t.Underlying()
	if u.Kind != ir.Object || mapElem(u) != nil {
		return in.value(t, nil)
	}
	v := objectValue{orderKey: u.Fields}
	for _, f := range u.Fields {
		if mayBeAbsent(f) || f.Type.Default != "" {
			v[f.Name] = in.object([]*ir.Field{f}, nil)[f.Name]
			continue
		}
		v[f.Name] = in.zero(f.Type)
	}
	return v
}

// scalar returns a value that has no others inside.
func scalar(kind ir.Kind, given any) any {
	switch kind {
	case ir.Int:
		return toInt(given)
	case ir.Number:
		n, _ := strconv.ParseFloat(toString(given), 64)
		return numberValue(n)
	case ir.Bool:
		b, _ := given.(bool)
		return b
	case ir.Decimal:
		if given == nil {
			return decimalValue{"0"}
		}
		return decimalValue{json.Number(toString(given))}
	case ir.DateTime:
		at, _ := time.Parse(time.RFC3339Nano, toString(given))
		return timeValue(at)
	case ir.Date, ir.Duration:
		return wordValue{toString(given)}
	case ir.Bytes:
		if given == nil {
			return bytesValue(nil)
		}
		b, _ := base64.StdEncoding.DecodeString(toString(given))
		return bytesValue(b)
	case ir.String, ir.UUID, ir.URI:
		return toString(given)
	}
	return plainJSON(given)
}

// plainJSON returns any JSON with the numbers that encoding/json gives by
// itself.
func plainJSON(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, _ := v.Float64()
		return f
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = plainJSON(item)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, item := range v {
			m[key] = plainJSON(item)
		}
		return m
	}
	return v
}

func toString(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func toInt(v any) int64 {
	text := toString(v)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		f, _ := strconv.ParseFloat(text, 64)
		n = int64(f)
	}
	return n
}
