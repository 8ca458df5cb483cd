package subset

import "slices"

// recursive reports whether a definition, or the schema itself, leads back to itself.
func (w *rewriter) recursive() bool {
	const inProgress, done = 1, 2
	state := map[*object]int{}
	var visit func(v any) bool
	visit = func(v any) bool {
		switch v := v.(type) {
		case []any:
			return slices.ContainsFunc(v, visit)
		case *object:
			switch state[v] {
			case inProgress:
				return true
			case done:
				return false
			}
			state[v] = inProgress
			if target := w.target(v); target != nil && visit(target) {
				return true
			}
			for _, m := range v.members {
				if m.name != "$defs" && visit(m.value) {
					return true
				}
			}
			state[v] = done
		}
		return false
	}
	return visit(w.root)
}
