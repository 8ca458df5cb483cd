package schema

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// fitter compares a JSON value with a Go type: it finds where the two do not fit, and writes
// whole numbers without a point where the type is an integer.
type fitter struct {
	strict   bool // the type is all there is: report unknown and absent properties and nulls
	changed  bool
	problems []Problem
}

func (f *fitter) report(path, keyword, message string) {
	f.problems = append(f.problems, Problem{Path: path, Keyword: keyword, Message: message})
}

// value returns v as t needs it. Objects and arrays are changed in place.
func (f *fitter) value(t reflect.Type, v any, path string) any {
	if t.Kind() == reflect.Pointer {
		if v == nil {
			return nil
		}
		return f.value(t.Elem(), v, path)
	}
	if decodesItself(t) {
		return f.own(t, v, path)
	}
	if v == nil {
		if f.strict && t.Kind() != reflect.Interface {
			f.report(path, "type", "must not be null")
		}
		return v
	}
	switch t.Kind() {
	case reflect.Struct:
		if object, ok := v.(map[string]any); ok {
			f.object(t, object, path)
			return v
		}
		f.mismatch("an object", v, path)
	case reflect.Map:
		if object, ok := v.(map[string]any); ok {
			for name, member := range object {
				object[name] = f.value(t.Elem(), member, Pointer(path, name))
			}
			return v
		}
		f.mismatch("an object", v, path)
	case reflect.Slice, reflect.Array:
		if array, ok := v.([]any); ok {
			for i, item := range array {
				array[i] = f.value(t.Elem(), item, path+"/"+strconv.Itoa(i))
			}
			return v
		}
		f.try(t, v, path, "an array") // []byte is a string
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return f.integer(t, v, path)
	case reflect.Float32, reflect.Float64:
		f.try(t, v, path, "a number that fits "+t.Kind().String())
	case reflect.String:
		f.try(t, v, path, "a string")
	case reflect.Bool:
		f.try(t, v, path, "true or false")
	default:
		f.try(t, v, path, "a value for "+t.String())
	}
	return v
}

// integer accepts 1.0 for 1, and says what is wrong with other numbers.
func (f *fitter) integer(t reflect.Type, v any, path string) any {
	n, ok := v.(json.Number)
	if !ok {
		f.mismatch("a whole number", v, path)
		return v
	}
	text, ok := wholeNumber(string(n))
	if !ok {
		f.report(path, "type", "must be a whole number, got "+string(n))
		return v
	}
	if json.Unmarshal([]byte(text), reflect.New(t).Interface()) != nil {
		f.report(path, "type", "is out of the range of "+t.Kind().String())
		return v
	}
	f.changed = f.changed || text != string(n)
	return json.Number(text)
}

// own handles types that decode themselves. Of those that are structs, as generated ones
// with a union in them, the fields are looked at for numbers and for where the error is.
func (f *fitter) own(t reflect.Type, v any, path string) any {
	err := json.Unmarshal(marshal(v), reflect.New(t).Interface())
	if err == nil {
		return v
	}
	if object, ok := v.(map[string]any); ok && t.Kind() == reflect.Struct {
		inner := fitter{}
		inner.object(t, object, path)
		f.changed = f.changed || inner.changed
		if len(inner.problems) > 0 {
			f.problems = append(f.problems, inner.problems...)
			return v
		}
		if err = json.Unmarshal(marshal(object), reflect.New(t).Interface()); err == nil {
			return v
		}
	}
	f.report(path, "type", err.Error())
	return v
}

func (f *fitter) object(t reflect.Type, object map[string]any, path string) {
	known := map[string]bool{}
	for _, field := range reflect.VisibleFields(t) {
		p, ok := propertyOf(field)
		if !ok {
			continue
		}
		known[p.name] = true
		v, present := object[p.name]
		switch {
		case present && p.quoted:
			// a number inside a string: encoding/json decides
		case present:
			object[p.name] = f.value(field.Type, v, Pointer(path, p.name))
		case f.strict && !p.optional:
			f.report(Pointer(path, p.name), "required", "is required")
		}
	}
	if f.strict {
		for name := range object {
			if !known[name] {
				f.report(Pointer(path, name), "additionalProperties", "is not allowed")
			}
		}
	}
}

// property is what encoding/json makes of a struct field.
type property struct {
	name     string
	optional bool // may be absent
	quoted   bool // a value inside a string
}

func propertyOf(field reflect.StructField) (property, bool) {
	tag := field.Tag.Get("json")
	name, options, _ := strings.Cut(tag, ",")
	if tag == "-" || !field.IsExported() || (field.Anonymous && name == "") {
		return property{}, false // the fields of an embedded struct are visible by themselves
	}
	p := property{name: cmp.Or(name, field.Name), optional: field.Type.Kind() == reflect.Pointer}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitzero", "omitempty":
			p.optional = true
		case "string":
			p.quoted = true
		}
	}
	return p, true
}

// try leaves it to encoding/json whether v fits t.
func (f *fitter) try(t reflect.Type, v any, path, expected string) {
	if json.Unmarshal(marshal(v), reflect.New(t).Interface()) != nil {
		f.mismatch(expected, v, path)
	}
}

func (f *fitter) mismatch(expected string, v any, path string) {
	f.report(path, "type", fmt.Sprintf("must be %s, got %s", expected, kindOf(v)))
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return "a string"
	case json.Number:
		return string(v)
	case []any:
		return "an array"
	}
	return "an object"
}

// decodesItself reports whether t has a decoding method, as encoding/json looks for it.
func decodesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}
