package l0

import (
	"reflect"
	"strconv"
	"strings"
)

// publicPath is a JSON pointer into a value of type t as far as the spec decides its
// words: properties and indices. It ends where the key of a map or an undeclared property
// comes, which are the caller's text.
func publicPath(t reflect.Type, path string) string {
	var out strings.Builder
	for _, word := range strings.Split(path, "/")[1:] {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		next := step(t, word)
		if next == nil {
			break
		}
		out.WriteString("/" + word)
		t = next
	}
	return out.String()
}

// step is the type of an element or a property; nil when the word is not the type's own.
func step(t reflect.Type, word string) reflect.Type {
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		if _, err := strconv.Atoi(word); err == nil {
			return t.Elem()
		}
	case reflect.Struct:
		name := strings.NewReplacer("~1", "/", "~0", "~").Replace(word)
		for f := range t.Fields() {
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name && tag != "" && tag != "-" {
				return f.Type
			}
		}
	}
	return nil
}
