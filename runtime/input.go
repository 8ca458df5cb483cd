package l0

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/schema"
)

// checkInput returns in with the defaults of s for what is absent, and what is wrong with
// it. Without a schema only the Go values are looked at.
func checkInput[In any](s *schema.Schema, in In) (out In, problems []Violation) {
	defer func() {
		if r := recover(); r != nil { // a method of the caller's type
			problems = append(problems, inputViolation("", "panic", fmt.Sprintf("checking it panicked: %v", r)))
		}
	}()
	w := inputWalker{}
	w.value(reflect.ValueOf(&in).Elem(), "", 0)
	if s == nil {
		return in, w.found
	}
	data, err := json.Marshal(in)
	if err != nil {
		if len(w.found) == 0 { // else that is why
			w.report("", "json", "has no JSON form: "+err.Error())
		}
		return in, w.found
	}
	tree, wrong := schema.Parse(string(data))
	if len(wrong) == 0 {
		tree = emptyForNil(reflect.ValueOf(&in).Elem(), tree)
	}
	changed := false
	if len(wrong) == 0 {
		tree, changed, wrong = s.Complete(tree)
	}
	for _, p := range wrong {
		known := slices.ContainsFunc(w.found, func(v Violation) bool { return v.Path == p.Path })
		if !known {
			w.found = append(w.found, inputViolation(p.Path, p.Keyword, p.Message))
		}
	}
	if changed && len(w.found) == 0 {
		return withDefaults[In](tree, in)
	}
	return in, w.found
}

// withDefaults decodes an input into which a schema has put its defaults.
func withDefaults[In any](tree any, in In) (In, []Violation) {
	data, err := json.Marshal(tree)
	if err == nil {
		var out In
		if err = json.Unmarshal(data, &out); err == nil {
			return out, nil
		}
	}
	return in, []Violation{inputViolation("", "default", "cannot be completed: "+err.Error())}
}

func inputViolation(path, rule, message string) Violation {
	return Violation{Rule: rule, Path: path, Message: message, Severity: guard.Error}
}

// inputError makes the error of an input of type t. Its message points at properties and names
// rules, but quotes neither values nor the keys of maps.
func inputError(t reflect.Type, violations []Violation) *Error {
	var parts []string
	for _, v := range violations {
		part := v.Rule
		if path := publicPath(t, v.Path); path != "" {
			part = path + " (" + v.Rule + ")"
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return &Error{
		Code:       CodeInvalidInput,
		Message:    "the input is invalid: " + strings.Join(parts, ", "),
		Violations: violations,
	}
}

// keywords names what was broken, each once.
func keywords(problems []schema.Problem) string {
	var names []string
	for _, p := range problems {
		if !slices.Contains(names, p.Keyword) {
			names = append(names, p.Keyword)
		}
	}
	return strings.Join(names, ", ")
}

// maxInputDepth ends the walk through values that refer to themselves.
const maxInputDepth = 512

// inputWalker finds what is wrong with Go values whatever the schema says: members that an
// enum does not have, media that is neither here nor there, numbers without a JSON form.
type inputWalker struct {
	found []Violation
}

func (w *inputWalker) report(path, rule, message string) {
	w.found = append(w.found, inputViolation(path, rule, message))
}

func (w *inputWalker) value(v reflect.Value, path string, depth int) {
	if depth > maxInputDepth {
		w.report("", "depth", "is nested too deep or refers to itself")
		return
	}
	if v.CanInterface() && w.checked(v, path) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			w.value(v.Elem(), path, depth+1)
		}
	case reflect.Struct:
		for field, value := range inputFields(v) {
			if !omitted(field, value) {
				w.value(value, fieldPath(field, path), depth+1)
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			w.value(v.Index(i), path+"/"+strconv.Itoa(i), depth+1)
		}
	case reflect.Map:
		for _, key := range sortedKeys(v) {
			w.value(v.MapIndex(key), schema.Pointer(path, fmt.Sprint(key)), depth+1)
		}
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			w.report(path, "number", "is not a finite number")
		}
	}
}

// checked runs the checks that types bring with them, and reports whether that is all there
// is to look at.
func (w *inputWalker) checked(v reflect.Value, path string) bool {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return true
	}
	switch x := v.Interface().(type) {
	case Media:
		if err := x.Check(); err != nil {
			w.report(path, "media", err.Error())
		}
		return true
	case interface{ held() (any, bool) }: // a Nullable
		if inner, ok := x.held(); ok {
			w.value(reflect.ValueOf(inner), path, 0)
		}
		return true
	case interface{ Valid() bool }:
		if v.Kind() != reflect.Pointer && v.Kind() != reflect.Interface && !x.Valid() {
			rule, message := "enum", "is not one of its type's members"
			if v.Kind() == reflect.Struct {
				rule, message = "format", "is not a valid value"
			}
			w.report(path, rule, message)
			return true
		}
	}
	return false
}

// inputFields returns the fields of a struct that encoding/json looks at.
func inputFields(v reflect.Value) iter.Seq2[reflect.StructField, reflect.Value] {
	return func(yield func(reflect.StructField, reflect.Value) bool) {
		for i := range v.NumField() {
			field := v.Type().Field(i)
			hidden := !field.IsExported() && (!field.Anonymous || field.Type.Kind() != reflect.Struct)
			if hidden || field.Tag.Get("json") == "-" {
				continue
			}
			if !yield(field, v.Field(i)) {
				return
			}
		}
	}
}

// fieldName returns the property that a struct field is, "" for an embedded struct, whose
// fields belong to the object around it.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" && !f.Anonymous {
		return f.Name
	}
	return name
}

func fieldPath(f reflect.StructField, path string) string {
	if name := fieldName(f); name != "" {
		return schema.Pointer(path, name)
	}
	return path
}

// omitted reports whether encoding/json leaves the field out, so that it is not checked.
func omitted(f reflect.StructField, v reflect.Value) bool {
	_, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	for option := range strings.SplitSeq(options, ",") {
		if (option == "omitzero" || option == "omitempty") && v.IsZero() {
			return true
		}
	}
	return false
}

func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	return keys
}

// emptyForNil turns the nulls that stand for nil slices and maps into empty arrays and
// objects: in Go, nil is how one writes an empty list. tree is the JSON form of v.
func emptyForNil(v reflect.Value, tree any) any {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return tree
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Slice:
		if tree == nil && v.IsNil() {
			return emptyList(v.Type())
		}
		if list, ok := tree.([]any); ok && len(list) == v.Len() {
			for i := range list {
				list[i] = emptyForNil(v.Index(i), list[i])
			}
		}
	case reflect.Map:
		if tree == nil && v.IsNil() {
			return map[string]any{}
		}
		if object, ok := tree.(map[string]any); ok {
			for _, key := range v.MapKeys() {
				if member, ok := object[fmt.Sprint(key)]; ok {
					object[fmt.Sprint(key)] = emptyForNil(v.MapIndex(key), member)
				}
			}
		}
	case reflect.Struct:
		if object, ok := tree.(map[string]any); ok {
			emptyFields(v, object)
		}
	}
	return tree
}

func emptyFields(v reflect.Value, object map[string]any) {
	for field, value := range inputFields(v) {
		name := fieldName(field)
		if name == "" {
			emptyForNil(value, object)
		} else if member, ok := object[name]; ok {
			object[name] = emptyForNil(value, member)
		}
	}
}

// emptyList is [], or "" for bytes, which JSON writes as a string.
func emptyList(t reflect.Type) any {
	if t.Elem().Kind() == reflect.Uint8 {
		return ""
	}
	return []any{}
}
