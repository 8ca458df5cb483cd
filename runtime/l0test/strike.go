package l0test

import (
	"context"
	"slices"
)

// due reports whether a fault strikes before the next token.
func (p *player) due(f part) bool {
	if f.bytes > 0 {
		return p.bytes >= f.bytes
	}
	return p.tokens >= f.after
}

// untilStrike returns how many bytes may be sent before the next fault strikes at a byte, zero
// if none does.
func (p *player) untilStrike() int {
	limit := 0
	for _, f := range p.pending {
		if left := f.bytes - p.bytes; f.bytes > 0 && left > 0 && (limit == 0 || left < limit) {
			limit = left
		}
	}
	return limit
}

// strike lets the faults strike that are due; all that are left at the end of the text.
// Without one that ends the text it returns otherwise.
func (p *player) strike(ctx context.Context, atEnd bool, otherwise verdict) verdict {
	for i := 0; i < len(p.pending); {
		f := p.pending[i]
		if !atEnd && !p.due(f) {
			i++
			continue
		}
		p.pending = slices.Delete(slices.Clone(p.pending), i, i+1)
		if v := p.act(ctx, f); v != goOn {
			return v
		}
	}
	return otherwise
}
