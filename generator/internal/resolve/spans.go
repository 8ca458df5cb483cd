package resolve

import (
	"reflect"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// spansOf lists where the keys of a mapping of the tree stand, by path.
func spansOf(mapping any) map[string]source.Span {
	spans := map[string]source.Span{}
	collectSpans(reflect.ValueOf(mapping).Elem(), "", spans)
	return spans
}

func collectSpans(v reflect.Value, prefix string, into map[string]source.Span) {
	for i := range v.NumField() {
		name, ok := jsonName(v.Type().Field(i))
		if !ok {
			continue
		}
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			f = f.Elem()
		}
		if !f.IsValid() || f.Kind() != reflect.Struct {
			continue
		}
		if span, ok := spanOf(f); ok {
			into[prefix+name] = span
		}
		collectSpans(f, prefix+name+".", into)
	}
}

// spanOf is where a value of the tree stands, if the spec has it.
func spanOf(v reflect.Value) (source.Span, bool) {
	f := v.FieldByName("Span")
	if !f.IsValid() {
		return source.Span{}, false
	}
	span, ok := reflect.TypeAssert[source.Span](f)
	return span, ok && !span.IsZero()
}
