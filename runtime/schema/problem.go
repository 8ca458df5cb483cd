package schema

import (
	"cmp"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a JSON value.
type Problem struct {
	// Path is a JSON pointer to the value, empty for the whole.
	Path string
	// Keyword is the JSON Schema keyword that was broken, or "json" for text that is not
	// JSON, "duplicate" for a property given twice, "case" for one whose name differs from a
	// known one only by case.
	Keyword string
	// Message says what is wrong, such as "must be >= 0, got -3". It may quote the value.
	Message string
}

// String returns path and message in one line.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return p.Path + ": " + p.Message
}

// sorted returns the problems in the order of their paths, each once.
func sorted(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Keyword, b.Keyword), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(problems)
}

// Pointer returns the JSON pointer of a property or an element of what path points to.
func Pointer(path, name string) string {
	if strings.ContainsAny(name, "~/") {
		name = strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
	}
	return path + "/" + name
}
