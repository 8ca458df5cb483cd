package plan

import (
	"strings"
	"unicode"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// jsonTag returns the json tag of a field.
func jsonTag(f *ir.Field) string {
	tag := f.Name
	if !f.Required {
		return tag + ",omitzero"
	}
	if tag == "-" { // which alone would leave the field out
		return "-,"
	}
	return tag
}

// isTagName reports whether encoding/json takes a name from a struct tag as it
// is; it ignores tags with others.
func isTagName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}
