package check

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// What the runtime takes when nothing is set, in every preset. A value that a
// spec sets alone must fit them. A test compares them with the runtime.
const (
	defaultBaseDelay  = time.Second
	defaultMaxDelay   = 10 * time.Second
	defaultMinOverlap = 2
	defaultMaxOverlap = 500
)

func (c *policyChecker) retry(r ir.Retry) {
	c.count("retry.attempts", r.Attempts, 0)
	if r.MaxRetries != nil && *r.MaxRetries != ir.Unlimited {
		c.count("retry.max_retries", r.MaxRetries, 0)
	}
	for _, d := range []struct {
		key string
		v   *time.Duration
	}{{"base_delay", r.BaseDelay}, {"max_delay", r.MaxDelay}, {"network_max_delay", r.NetworkMaxDelay}} {
		if d.v != nil && *d.v == ir.Off {
			c.value("retry."+d.key, "cannot be none").Hint("write 0s to retry at once")
		}
	}
	if r.Preset == "none" && r.MaxRetries == nil && r.Attempts != nil && *r.Attempts > 0 {
		c.conflict("retry.attempts", "retry.preset", "%d has no effect: the preset none allows no retry at all", *r.Attempts).
			Hint("set max_retries too, or take another preset")
	}
	c.delays(r)
	c.errorDelays(r)
}

// delays compares the first delay with the longest one.
func (c *policyChecker) delays(r ir.Retry) {
	base, longest := r.BaseDelay, r.MaxDelay
	switch {
	case base != nil && *base == ir.Off, longest != nil && *longest == ir.Off: // reported
	case base != nil && longest != nil && *base > *longest:
		c.conflict("retry.base_delay", "retry.max_delay", "%s is longer than max_delay %s", *base, *longest)
	case base != nil && longest == nil && *base > defaultMaxDelay:
		c.conflict("retry.base_delay", "", "%s is longer than max_delay, which is %s unless set", *base, defaultMaxDelay).
			Hint("set max_delay too")
	case base == nil && longest != nil && *longest > 0 && *longest < defaultBaseDelay:
		c.conflict("retry.max_delay", "", "%s is shorter than base_delay, which is %s unless set", *longest, defaultBaseDelay).
			Hint("set base_delay too, or write 0s to retry at once")
	}
}

// errorDelays reports delays that cannot be, and warns of those without effect.
func (c *policyChecker) errorDelays(r ir.Retry) {
	longest := defaultMaxDelay
	if r.MaxDelay != nil && *r.MaxDelay != ir.Off {
		longest = *r.MaxDelay
	}
	for _, e := range r.ErrorTypeDelays {
		key := "retry.error_type_delays." + e.Type
		switch {
		case e.Delay == ir.Off:
			c.value(key, "cannot be none").Hint("write 0s to retry at once")
		case e.Type == "ssl_error" && e.Delay > 0:
			c.rep.Warn(diag.PolicyConflict, c.spans[key], "%s has no effect: TLS errors are never retried", key)
		case e.Delay > longest:
			c.rep.Warn(diag.PolicyConflict, c.spans[key], "%s is cut to max_delay, which is %s", key, longest)
		}
	}
}

// endless warns of a call that nothing ends.
func (c *policyChecker) endless(p *ir.Prompt) {
	total := p.Policy.Timeouts.Total
	if total == nil && len(p.Models) > 0 {
		total = p.Models[0].Timeouts.Total
	}
	retries := p.Policy.Retry.MaxRetries
	if retries == nil || *retries != ir.Unlimited || total == nil || *total != ir.Off {
		return
	}
	c.rep.Warn(diag.PolicyConflict, c.spans["retry.max_retries"],
		"retry.max_retries is unlimited and there is no total timeout, so a call that keeps failing never ends").
		Hint("set timeouts.total, or a limit")
}
