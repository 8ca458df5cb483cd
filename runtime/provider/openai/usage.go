package openai

import l0 "github.com/l0gen/l0gen/runtime"

// readUsage reads token counts. Counts that are all zero are those of a server that does not
// know them.
func (d *decoder) readUsage() {
	s := &d.scan
	if !s.Object() {
		return
	}
	var u l0.Usage
	for {
		key, ok := s.Key()
		if !ok {
			break
		}
		switch string(key) {
		case "prompt_tokens":
			u.InputTokens = s.Int()
		case "completion_tokens":
			u.OutputTokens = s.Int()
		case "prompt_tokens_details":
			u.CachedTokens = max(u.CachedTokens, d.count("cached_tokens"))
		case "completion_tokens_details":
			u.ReasoningTokens = d.count("reasoning_tokens")
		case "prompt_cache_hit_tokens": // of DeepSeek
			u.CachedTokens = max(u.CachedTokens, s.Int())
		default:
			s.Skip()
		}
	}
	if u == (l0.Usage{}) || d.usage != nil && *d.usage == u {
		return
	}
	fresh := u // only a new count costs an allocation
	d.usage = &fresh
}

// count returns one member of an object.
func (d *decoder) count(name string) (n int) {
	s := &d.scan
	if !s.Object() {
		return 0
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return n
		case string(key) == name:
			n = s.Int()
		default:
			s.Skip()
		}
	}
}
