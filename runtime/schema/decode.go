package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// Decode returns the value of type T that text holds: JSON that fits s, with the defaults of
// s for what is absent. Whole numbers may be written as 1.0. Without a schema (nil) the Go
// type is the schema: properties that it does not have are problems, and so is the absence
// of one that is neither a pointer nor tagged omitzero or omitempty.
//
// With problems, all of them are returned and the value is the zero value. A panic of an
// UnmarshalJSON method is passed on.
func Decode[T any](s *Schema, text string) (T, []Problem) {
	var zero T
	text = Trim(text)
	tree, problems := Parse(text)
	if len(problems) > 0 {
		return zero, problems
	}
	tree, changed, problems := s.Complete(tree)
	if len(problems) > 0 {
		return zero, problems
	}
	f := fitter{strict: s == nil}
	if f.strict {
		if tree = f.value(reflect.TypeFor[T](), tree, ""); len(f.problems) > 0 {
			return zero, sorted(f.problems)
		}
		changed = f.changed
	}
	data := []byte(text)
	if changed {
		data = marshal(tree)
	}
	var v T
	err := json.Unmarshal(data, &v)
	if err == nil {
		return v, nil
	}
	// The value fits the schema but not the Go type: find out where, or write its numbers
	// the way the type needs them.
	tree = f.value(reflect.TypeFor[T](), tree, "")
	if len(f.problems) == 0 && f.changed {
		var again T
		if err = json.Unmarshal(marshal(tree), &again); err == nil {
			return again, nil
		}
	}
	if len(f.problems) == 0 {
		f.report("", "type", err.Error())
	}
	return zero, sorted(f.problems)
}

// Complete checks a value as [Parse] returns it and fills in the defaults for what is
// absent; objects and arrays are changed in place. It reports whether it changed anything.
func (s *Schema) Complete(v any) (out any, changed bool, problems []Problem) {
	if s == nil {
		return v, false, nil
	}
	first := completer{}
	v = first.value(s.root, v, place{open: true})
	if problems := append(first.problems, validate(s.root, v)...); len(problems) > 0 {
		return v, first.changed, sorted(problems)
	}
	if !first.unclear {
		return v, first.changed, nil
	}
	second := completer{validated: true}
	v = second.value(s.root, v, place{})
	return v, first.changed || second.changed, sorted(second.problems)
}

// marshal writes a value as Parse returns it.
func marshal(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return []byte(fmt.Sprintf("%q", err)) // cannot happen: v came from JSON
	}
	return buf.Bytes()
}
