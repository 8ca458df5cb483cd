package soak

import (
	"errors"
	"slices"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

func codeOf(err error) l0.Code {
	if own, ok := errors.AsType[*l0.Error](err); ok {
		return own.Code
	}
	return ""
}

// judge checks how a call ended.
func (c *call) judge(report l0.Report, err error, r *reader) {
	if err == nil && c.consumer == readEvents && !r.left && !r.complete {
		c.wrong("it succeeded without a completion")
	}
	for i := range report.Attempts {
		c.judgeAttempt(i+1, &report.Attempts[i], report)
	}
	if err != nil {
		c.judgeError(err, r)
		return
	}
	if n := len(report.Attempts); n == 0 || report.Attempts[n-1].Err != nil || report.Err != nil {
		c.wrong("it succeeded, and the report says %v", report.Err)
	}
}

// judgeAttempt checks that an attempt failed as it may.
func (c *call) judgeAttempt(n int, a *l0.Attempt, report l0.Report) {
	if a.Err == nil {
		return
	}
	s, code := c.script(n), codeOf(a.Err)
	switch {
	case n == len(report.Attempts) && (c.interrupted(codeOf(report.Err)) || codeOf(report.Err) == l0.CodeRestarted):
		return // whatever the attempt made of it
	case code == l0.CodeInitialTokenTimeout, code == l0.CodeInterTokenTimeout, code == l0.CodeAttemptTimeout:
		return // the machine may be that slow
	case s == nil:
		c.wrong("attempt %d did not come to the server: %v", n, a.Err)
	case !slices.Contains(c.mayEnd(s), code):
		c.wrong("attempt %d (%s) failed with %v: %v", n, s.fault, a.Err, errors.Unwrap(a.Err))
	}
}

// mayEnd returns how an attempt may fail.
func (c *call) mayEnd(s *script) []l0.Code {
	codes := slices.Clone(s.may)
	const thinking, room = 3, 1000 // what is repeated and what a seam holds back count too
	if c.maxBytes < len(s.kept)+len(s.text)+thinking+room || s.endless != "" {
		codes = append(codes, l0.CodeReplyTooLarge)
	}
	if s.whole && blank(s.kept+s.text) {
		codes = append(codes, l0.CodeZeroOutput)
	}
	if _, ok := valueOf(s.text); c.typed && s.whole && (!ok || s.dirty) {
		codes = append(codes, l0.CodeInvalidOutput, l0.CodeProviderError) // Gemini refuses calls that are no JSON
	}
	return codes
}

// interrupted reports whether an error says that the call was ended from outside, or by its time.
func (c *call) interrupted(code l0.Code) bool {
	return code == l0.CodeStreamAborted || code == l0.CodeAbandoned || code == l0.CodeTotalTimeout
}

func (c *call) judgeError(err error, r *reader) {
	own, ok := errors.AsType[*l0.Error](err)
	if !ok {
		c.wrong("the error is a %T: %v", err, err)
		return
	}
	c.mu.Lock()
	left := c.expected
	c.mu.Unlock()
	switch own.Code {
	case l0.CodeStreamAborted:
		if (!left || c.leaving != cancels) && c.deadline == 0 {
			c.wrong("nobody cancelled it: %v", err)
		}
	case l0.CodeAbandoned:
		if !left && c.consumer != readText {
			c.wrong("nobody left it: %v", err)
		}
	case l0.CodeTotalTimeout:
		if c.total == 0 || c.ended.Sub(c.started) < c.total {
			c.wrong("it timed out after %v: %v", c.ended.Sub(c.started), err)
		}
	case l0.CodePanic, l0.CodeNotConfigured, l0.CodeInvalidInput, l0.CodeStreamUsed, l0.CodeInvalidStream, l0.CodeRefused:
		c.wrong("it failed with %v: %v", err, errors.Unwrap(err))
	default: // attempts were judged
	}
	s := c.script(own.Attempt)
	if c.isUnclear() || s == nil || own.Attempt == 0 {
		return
	}
	if !s.holds(own.Partial, false) {
		c.wrong("the error has %q, the server sent %v", own.Partial, s)
	}
	if c.consumer == readEvents && !s.holds(string(r.text), false) {
		c.wrong("the consumer has %q, the server sent %v", r.text, s)
	}
}

// late returns how far a call went past the time at which it had to end.
func (c *call) late(p *probe) (by time.Duration, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	limit := time.Minute
	reason = "every call must end"
	sooner := func(d time.Duration, why string) {
		if d > 0 && d < limit {
			limit, reason = d, why
		}
	}
	sooner(c.deadline, "the deadline of its context")
	sooner(c.total, "its total timeout")
	if !c.left.IsZero() {
		sooner(c.left.Sub(c.started), "it was left")
	}
	took := c.ended.Sub(c.started)
	const hops = 10 // goroutines that wait for one another at the end of a call
	slack := 100*time.Millisecond + hops*p.between(c.started, c.ended)
	if c.slow {
		slack += 20 * time.Millisecond
	}
	return took - limit - slack, reason
}
