package check

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// maxFitDepth bounds the look into recursive types.
const maxFitDepth = 100

// misfit says why a JSON text is no value of a type; empty when it is one.
func misfit(t *ir.Type, text string) string {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return "it is not JSON"
	}
	return fit(t, v, 0)
}

// fit says why a decoded value is no value of a type.
func fit(t *ir.Type, v any, depth int) string {
	if depth > maxFitDepth || t.Kind == ir.Invalid {
		return ""
	}
	if v == nil {
		if t.Null != ir.NotNull || t.Kind == ir.Any {
			return ""
		}
		return "null is not allowed"
	}
	if why := fitKind(t, v, depth); why != "" {
		return why
	}
	return fitRules(t, v)
}

func fitKind(t *ir.Type, v any, depth int) string {
	switch t.Kind {
	case ir.Ref:
		return fit(t.Named.Type, v, depth+1)
	case ir.Any:
		return ""
	case ir.Int, ir.Number, ir.Decimal:
		return fitNumber(t.Kind, v)
	case ir.Bool:
		if _, ok := v.(bool); !ok {
			return "it must be true or false"
		}
	case ir.List:
		list, ok := v.([]any)
		if !ok {
			return "it must be a list"
		}
		for i, item := range list {
			if why := fit(t.Elem, item, depth+1); why != "" {
				return fmt.Sprintf("element %d: %s", i, why)
			}
		}
	case ir.Map, ir.Object:
		return fitObject(t, v, depth)
	case ir.Enum:
		return fitEnum(t, v)
	case ir.Image, ir.Audio, ir.MediaFile, ir.ChatMessage:
		return "media and messages have no defaults"
	default:
		s, ok := v.(string)
		if !ok {
			return "it must be text"
		}
		return fitText(t.Kind, s)
	}
	return ""
}

func fitNumber(kind ir.Kind, v any) string {
	n, ok := v.(json.Number)
	if !ok {
		return "it must be a number"
	}
	if kind != ir.Int {
		return ""
	}
	f, ok := parseNumber(n.String())
	if !ok || !f.IsInt() {
		return "it must be a whole number"
	}
	if _, exact := f.Int64(); exact != 0 {
		return "it must fit 64 bits"
	}
	return ""
}

func fitObject(t *ir.Type, v any, depth int) string {
	object, ok := v.(map[string]any)
	if !ok {
		return "it must be an object"
	}
	for _, f := range t.Fields {
		if _, has := object[f.Name]; f.Required && !has {
			return fmt.Sprintf("the property %q is missing", f.Name)
		}
	}
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		elem := t.Elem
		if i := slices.IndexFunc(t.Fields, func(f *ir.Field) bool { return f.Name == name }); i >= 0 {
			elem = t.Fields[i].Type
		} else if t.Kind == ir.Object {
			elem = t.Extra
		}
		if elem == nil {
			return fmt.Sprintf("the property %q is not declared", name)
		}
		if why := fit(elem, object[name], depth+1); why != "" {
			return fmt.Sprintf("property %q: %s", name, why)
		}
	}
	return ""
}

func fitEnum(t *ir.Type, v any) string {
	for _, m := range t.Members {
		switch v := v.(type) {
		case string:
			if !m.Int && v == m.Text {
				return ""
			}
		case json.Number:
			if order, ok := compareNumbers(v.String(), m.Text); m.Int && ok && order == 0 {
				return ""
			}
		}
	}
	return fmt.Sprintf("%v is none of %s", v, strings.Join(memberTexts(t), ", "))
}

func fitText(kind ir.Kind, s string) string {
	switch kind {
	case ir.DateTime:
		if _, err := time.Parse(time.RFC3339Nano, s); err != nil {
			return "it is no date and time in the form 2006-01-02T15:04:05Z"
		}
	case ir.Date:
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return "it is no date in the form 2006-01-02"
		}
	case ir.Bytes:
		if _, err := base64.StdEncoding.DecodeString(s); err != nil {
			return "it is not base64"
		}
	case ir.UUID:
		if !matches(uuidForm, s) {
			return "it is no UUID"
		}
	case ir.Duration:
		if !matches(durationForm, s) || strings.HasSuffix(s, "P") || strings.HasSuffix(s, "T") {
			return "it is no ISO 8601 duration, such as P1DT2H"
		}
	}
	return ""
}

const (
	uuidForm     = `^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`
	durationForm = `^P(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$`
)

// matches runs an expression that is needed too seldom to keep.
func matches(expr, s string) bool {
	ok, err := regexp.MatchString(expr, s)
	return ok && err == nil
}

func fitRules(t *ir.Type, v any) string {
	r := t.Rules
	switch v := v.(type) {
	case string:
		if r.Pattern != "" {
			if re, err := regexp.Compile(r.Pattern); err == nil && !re.MatchString(v) {
				return "it does not match the pattern"
			}
		}
		return fitSize("characters", int64(utf8.RuneCountInString(v)), r.MinLength, r.MaxLength)
	case json.Number:
		return fitRange(r, v.String())
	case []any:
		return fitSize("elements", int64(len(v)), r.MinItems, r.MaxItems)
	case map[string]any:
		return fitSize("properties", int64(len(v)), r.MinProperties, r.MaxProperties)
	}
	return ""
}

func fitSize(what string, n int64, least, most *int64) string {
	switch {
	case least != nil && n < *least:
		return fmt.Sprintf("it has %d %s, fewer than %d", n, what, *least)
	case most != nil && n > *most:
		return fmt.Sprintf("it has %d %s, more than %d", n, what, *most)
	}
	return ""
}

func fitRange(r ir.Rules, n string) string {
	for _, c := range []struct {
		bound, problem string
		bad            func(order int) bool
	}{
		{r.Minimum, "it is below the minimum", func(o int) bool { return o < 0 }},
		{r.Maximum, "it is above the maximum", func(o int) bool { return o > 0 }},
		{r.ExclusiveMin, "it is not above exclusiveMinimum", func(o int) bool { return o <= 0 }},
		{r.ExclusiveMax, "it is not below exclusiveMaximum", func(o int) bool { return o >= 0 }},
	} {
		if order, ok := compareNumbers(n, c.bound); ok && c.bad(order) {
			return c.problem + " " + c.bound
		}
	}
	return ""
}

func unquote(jsonText string) string {
	if s, err := strconv.Unquote(jsonText); err == nil {
		return s
	}
	return jsonText
}
