package anthropic

import l0 "github.com/l0gen/l0gen/runtime"

// usage are the token counts as the API gives them: input is what no cache was used for. They
// come at the start and again at the end, where some may be missing.
type usage struct {
	input, created, read, output int
}

// total returns the counts as l0 wants them.
func (u usage) total() *l0.Usage {
	return &l0.Usage{InputTokens: u.input + u.created + u.read, OutputTokens: u.output, CachedTokens: u.read}
}

// readUsage reads token counts above those that came before. A count that is zero now was not
// counted again.
func (d *decoder) readUsage() {
	s := &d.scan
	if !s.Object() {
		return
	}
	for {
		key, ok := s.Key()
		if !ok {
			return
		}
		switch string(key) {
		case "input_tokens":
			d.count(&d.usage.input)
		case "cache_creation_input_tokens":
			d.count(&d.usage.created)
		case "cache_read_input_tokens":
			d.count(&d.usage.read)
		case "output_tokens":
			d.count(&d.usage.output)
		default:
			s.Skip()
		}
	}
}

func (d *decoder) count(n *int) {
	if now := d.scan.Int(); now > 0 {
		*n = now
		d.known = true
	}
}
