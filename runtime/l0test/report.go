package l0test

import l0 "github.com/l0gen/l0gen/runtime"

// usageAt returns the usage to report in the first event, at every token, or at the end; nil
// if none is.
func (p *player) usageAt(at UsageWhen) *l0.Usage {
	reported := p.when == at
	switch p.when {
	case UsageEvery:
		reported = at != UsageFirst
	case UsageBoth:
		reported = at != UsageEvery
	default:
	}
	if !reported {
		return nil
	}
	n := p.tokens
	if at == UsageFirst {
		n = 1
	}
	if p.when == UsageFirst {
		n = p.total()
	}
	p.report = l0.Usage{InputTokens: p.input, OutputTokens: n}
	if p.usage != nil && at == UsageLast {
		p.report = *p.usage
	}
	return &p.report
}

// total counts the tokens of the whole reply.
func (p *player) total() int {
	n := 0
	for _, c := range p.reply.Chunks {
		if p.reply.Exact {
			n++
			continue
		}
		for rest := c.Reasoning; rest != ""; rest = rest[tokenLen(rest, 0):] {
			n++
		}
		for rest := c.Text; rest != ""; rest = rest[tokenLen(rest, 0):] {
			n++
		}
	}
	return n
}
