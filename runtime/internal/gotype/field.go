package gotype

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// candidate is a field that may become a property.
type candidate struct {
	Field
	tagged bool // its name is from the tag
}

// fields returns the properties of the struct t.
func (b builder) fields(t reflect.Type) []Field {
	byName := map[string][]candidate{}
	b.collect(t, nil, map[reflect.Type]bool{}, byName)
	var fields []Field
	for _, all := range byName {
		if f, ok := dominant(all); ok {
			fields = append(fields, f)
		}
	}
	slices.SortFunc(fields, func(a, b Field) int { return slices.Compare(a.Index, b.Index) })
	return fields
}

// collect adds the fields of t, which is at index inside the outermost struct, and of
// the structs embedded in it. A struct that embeds itself is not looked into again: what is
// there would be hidden by what is above.
func (b builder) collect(t reflect.Type, index []int, inside map[reflect.Type]bool, to map[string][]candidate) {
	if inside[t] {
		return
	}
	inside[t] = true
	defer delete(inside, t)
	for i := range t.NumField() {
		sf := t.Field(i)
		tag := sf.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if !validName(name) {
			name = ""
		}
		at := append(slices.Clone(index), i)
		embedded := sf.Type
		if sf.Anonymous && embedded.Kind() == reflect.Pointer && embedded.Name() == "" {
			embedded = embedded.Elem()
		}
		switch {
		case tag == "-":
		case sf.Anonymous && name == "" && embedded.Kind() == reflect.Struct:
			b.collect(embedded, at, inside, to)
		case !sf.IsExported() && (!sf.Anonymous || embedded.Kind() != reflect.Struct):
		default:
			c := candidate{tagged: name != "", Field: Field{
				Name: cmp.Or(name, sf.Name), Index: at, Type: b.typ(sf.Type),
				Optional: hasOption(options, "omitempty") || hasOption(options, "omitzero"),
			}}
			c.Quoted = hasOption(options, "string") && quotable(sf.Type)
			to[c.Name] = append(to[c.Name], c)
		}
	}
}

// dominant returns which of the fields with one name has it: the one that is least deep, and of
// those the one that is tagged. If that does not decide, none has.
func dominant(all []candidate) (Field, bool) {
	slices.SortStableFunc(all, func(a, b candidate) int {
		if d := cmp.Compare(len(a.Index), len(b.Index)); d != 0 || a.tagged == b.tagged {
			return d
		}
		if a.tagged {
			return -1
		}
		return 1
	})
	if len(all) > 1 && len(all[0].Index) == len(all[1].Index) && all[0].tagged == all[1].tagged {
		return Field{}, false
	}
	return all[0].Field, true
}

func hasOption(options, option string) bool {
	return slices.Contains(strings.Split(options, ","), option)
}

// quotable reports whether the option "string" means something for t.
func quotable(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64, reflect.Uintptr,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return true
	}
	return false
}

// validName reports whether encoding/json takes a name from a tag: it has letters, digits and
// most of the punctuation of ASCII.
func validName(name string) bool {
	for _, c := range name {
		ascii := c >= ' ' && c <= '~' && !strings.ContainsRune("\"'`\\,", c)
		if !ascii && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return name != ""
}
