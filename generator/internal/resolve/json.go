package resolve

import (
	"reflect"
	"strings"
)

// jsonName is the key that a struct field of the tree holds.
func jsonName(f reflect.StructField) (name string, ok bool) {
	name, _, _ = strings.Cut(f.Tag.Get("json"), ",")
	return name, name != "" && name != "-"
}
