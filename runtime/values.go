package l0

import (
	"context"
	"maps"
)

type valuesKey struct{}

// WithValues attaches values to a call: every record and every error of it carries them,
// under the name context in JSON. They are copied when the call begins, so that later changes
// of maps and slices do not show. Values of later options are added to those of earlier ones.
func WithValues(values map[string]any) Option {
	return bothOption{func(c *callConfig) { c.addValues(values) }}
}

// ContextWithValues returns a context whose calls carry the values, as with [WithValues],
// whose values win over these.
func ContextWithValues(ctx context.Context, values map[string]any) context.Context {
	merged := maps.Clone(values)
	if outer, ok := ctx.Value(valuesKey{}).(map[string]any); ok {
		merged = maps.Clone(outer)
		maps.Copy(merged, values)
	}
	return context.WithValue(ctx, valuesKey{}, merged)
}

func (c *callConfig) addValues(values map[string]any) {
	if len(values) == 0 {
		return
	}
	merged := maps.Clone(c.values) // c may be shared by calls
	if merged == nil {
		merged = make(map[string]any, len(values))
	}
	maps.Copy(merged, values)
	c.values = merged
}

// ownValues takes the copy of the values that the call keeps.
func (s *session) ownValues() {
	values := s.config.values
	if outer, ok := s.parent.Value(valuesKey{}).(map[string]any); ok {
		merged := maps.Clone(outer)
		maps.Copy(merged, values)
		values = merged
	}
	if len(values) > 0 {
		s.config.values, _ = copyJSON(values, maxCopyDepth).(map[string]any)
	}
}

// setValue adds a value for all records to come.
func (s *session) setValue(key string, value any) {
	s.config.addValues(map[string]any{key: copyJSON(value, maxCopyDepth)})
	if s.trace != nil {
		s.trace.head.Context = s.config.values
	}
}

// maxCopyDepth ends the copying of maps that hold themselves.
const maxCopyDepth = 32

// copyJSON copies maps and slices as JSON has them. Other values are shared; what lies too deep
// is dropped.
func copyJSON(v any, depth int) any {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = copyJSON(value, depth-1)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = copyJSON(value, depth-1)
		}
		return out
	case []string:
		return append([]string(nil), v...)
	case map[string]string:
		return maps.Clone(v)
	}
	return v
}
