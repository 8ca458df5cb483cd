package schema

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// Validate returns what is wrong with v, which is a value as [Parse] returns it, in the
// order of paths. It is empty for a value that fits.
func (s *Schema) Validate(v any) []Problem {
	if s == nil {
		return nil
	}
	return sorted(validate(s.root, v))
}

// validate runs the library, which panics on values that it does not know.
func validate(s *jsonschema.Schema, v any) (problems []Problem) {
	defer func() {
		if r := recover(); r != nil {
			problems = []Problem{{Keyword: "schema", Message: fmt.Sprintf("cannot be checked: %v", r)}}
		}
	}()
	err := s.Validate(v)
	if err == nil {
		return nil
	}
	if invalid, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		return explain(invalid)
	}
	return []Problem{{Keyword: "schema", Message: err.Error()}}
}

// explain turns the library's tree of errors into lines about what the value lacks.
func explain(e *jsonschema.ValidationError) []Problem {
	switch keyword := keywordOf(e); {
	case len(e.Causes) == 0, keyword == "minContains":
		return leaf(e, keyword)
	case keyword == "anyOf", keyword == "oneOf":
		if best := alternative(e); best != nil {
			return explain(best)
		}
		return []Problem{{Path: pathOf(e), Keyword: keyword, Message: "fits none of the alternatives"}}
	}
	var problems []Problem
	for _, cause := range e.Causes {
		problems = append(problems, explain(cause)...)
	}
	return problems
}

// alternative returns the errors of the one alternative that was meant: all others fail
// already by their type or by the constant that tells them apart. It is nil if there is not
// exactly one.
func alternative(union *jsonschema.ValidationError) *jsonschema.ValidationError {
	var meant []*jsonschema.ValidationError
	for _, cause := range union.Causes {
		if !foreign(cause, union.InstanceLocation) {
			meant = append(meant, cause)
		}
	}
	if len(meant) != 1 {
		return nil
	}
	return meant[0]
}

// foreign reports whether e, an alternative for the value at path, cannot be the one meant.
func foreign(e *jsonschema.ValidationError, path string) bool {
	if len(e.Causes) > 0 {
		return slices.ContainsFunc(e.Causes, func(c *jsonschema.ValidationError) bool { return foreign(c, path) })
	}
	rest, below := strings.CutPrefix(e.InstanceLocation, path)
	switch keywordOf(e) {
	case "type":
		return e.InstanceLocation == path
	case "const":
		return below && strings.Count(rest, "/") <= 1
	}
	return false
}

func leaf(e *jsonschema.ValidationError, keyword string) []Problem {
	path := pathOf(e)
	switch keyword {
	case "required":
		return perName(path, keyword, e.Message, "is required")
	case "additionalProperties":
		return perName(path, keyword, e.Message, "is not allowed")
	case "":
		return []Problem{{Path: path, Keyword: "schema", Message: "is not allowed"}}
	}
	return []Problem{{Path: path, Keyword: keyword, Message: phrase(e.Message, keyword)}}
}

// phrase makes the library's messages alike.
func phrase(message, keyword string) string {
	switch keyword {
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return strings.Replace(message, " but found ", ", got ", 1)
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "type":
		message = strings.Replace(message, ", but found ", ", got ", 1)
		if strings.HasPrefix(message, "maximum ") {
			message = strings.Replace(message, " required, ", " allowed, ", 1) // the library says so of maxItems
		}
		return strings.Replace(message, ", but got ", ", got ", 1)
	}
	return message
}

// perName makes a problem of each name that message lists in single quotes.
func perName(path, keyword, message, text string) []Problem {
	var problems []Problem
	for _, name := range quotedNames(message) {
		problems = append(problems, Problem{Path: Pointer(path, name), Keyword: keyword, Message: text})
	}
	if problems == nil {
		return []Problem{{Path: path, Keyword: keyword, Message: message}}
	}
	return problems
}

// quotedNames returns what stands in single quotes: Go's escapes, but for the double quote.
func quotedNames(message string) []string {
	var names []string
	for {
		start := strings.IndexByte(message, '\'')
		if start < 0 {
			return names
		}
		end := start + 1
		for end < len(message) && message[end] != '\'' {
			if message[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(message) {
			return names
		}
		inner := strings.ReplaceAll(message[start+1:end], `\'`, `'`)
		name, err := strconv.Unquote(`"` + strings.ReplaceAll(inner, `"`, `\"`) + `"`)
		if err != nil {
			name = inner
		}
		names = append(names, name)
		message = message[end+1:]
	}
}

// keywordOf returns the keyword at the end of the error's location in the schema; an index
// behind it does not count.
func keywordOf(e *jsonschema.ValidationError) string {
	parts := strings.Split(e.KeywordLocation, "/")
	for _, part := range slices.Backward(parts) {
		if _, err := strconv.Atoi(part); err != nil {
			return part
		}
	}
	return ""
}

// pathOf returns the JSON pointer to the value; the library escapes it for URLs.
func pathOf(e *jsonschema.ValidationError) string {
	path, err := url.PathUnescape(e.InstanceLocation)
	if err != nil {
		return e.InstanceLocation
	}
	return path
}
