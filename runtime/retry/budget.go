package retry

import (
	"slices"
	"time"
)

// Rule names what decided whether an attempt is tried again.
type Rule string

// The rules, in the order in which they are asked.
const (
	RuleFatal        Rule = "fatal"                // trying again does not help
	RuleNotRetryable Rule = "not_retryable"        // the call or the program is at its end
	RuleRetryOn      Rule = "not_in_retry_on"      // Config.RetryOn does not name the reason
	RuleMaxRetries   Rule = "max_retries"          // the call has used up Config.MaxRetries
	RuleAttempts     Rule = "attempts"             // the model has used up Config.Attempts
	RuleRetryAfter   Rule = "retry_after_too_long" // the server asked for more than Config.NetworkMaxDelay
	RuleAllowed      Rule = "allowed"              // none said no
)

// Decision is what follows from a failure.
type Decision struct {
	// Retry says to wait for Delay and try again.
	Retry bool
	// Delay is how long to wait; zero unless Retry.
	Delay time.Duration
	// Rule is what decided.
	Rule Rule
	// Reason, Category and Counts are those of the failure. An empty reason became Unknown.
	Reason   Reason
	Category Category
	Counts   bool
	// N is how many retries of this class the model has had, 0 before the first; it is what
	// the delay grows with. The classes are network, transient, and all that counts.
	N int
}

// Budget counts the retries of one call. The zero value is that of a call at its start. It
// is for one goroutine at a time.
type Budget struct {
	total  int // of the call
	stream counters
}

// counters are the retries of one model of a call.
type counters struct {
	counted, network, transient int
}

// of returns the counter of the class that f belongs to.
func (c *counters) of(f Category, counts bool) *int {
	switch {
	case counts:
		return &c.counted
	case f == CategoryNetwork:
		return &c.network
	default:
		return &c.transient
	}
}

// Total returns how many retries the call has had, all models together.
func (b *Budget) Total() int { return b.total }

// OnStream returns how many retries the present model has had, of every class.
func (b *Budget) OnStream() int {
	return b.stream.counted + b.stream.network + b.stream.transient
}

// NextStream begins with the next model, which has its own attempts and delays. What the
// call has used up of its total stays used up.
func (b *Budget) NextStream() { b.stream = counters{} }

// Decide says whether to try again after f, and when. It records nothing: that is for
// [Budget.Record], once it is sure that the retry will be made. Unset fields of c have their
// defaults. random gives numbers in [0, 1); nil takes them from math/rand/v2.
func (b *Budget) Decide(f Failure, c Config, random func() float64) Decision {
	c = c.Resolve()
	if f.Reason == "" {
		f.Reason = Unknown
	}
	n := *b.stream.of(f.Category, f.Counts)
	d := Decision{Rule: b.rule(f, c), Reason: f.Reason, Category: f.Category, Counts: f.Counts, N: n}
	if d.Rule == RuleAllowed {
		d.Retry, d.Delay = true, delay(f, c, n, random)
	}
	return d
}

// Record counts the retry that d allowed; it does nothing if d allowed none.
func (b *Budget) Record(d Decision) {
	if !d.Retry {
		return
	}
	b.total++
	*b.stream.of(d.Category, d.Counts)++
}

// rule returns the first rule that says no.
func (b *Budget) rule(f Failure, c Config) Rule {
	switch {
	case f.Category == CategoryFatal:
		return RuleFatal
	case !f.Retryable:
		return RuleNotRetryable
	case !c.retries(f):
		return RuleRetryOn
	case b.total >= c.MaxRetries: // None is below zero
		return RuleMaxRetries
	case f.Counts && b.stream.counted >= c.Attempts:
		return RuleAttempts
	case f.RetryAfter > max(c.NetworkMaxDelay, 0):
		return RuleRetryAfter
	}
	return RuleAllowed
}

// retries reports whether RetryOn lets f through. A failure of the model that has no better
// name is let through by either of the names that it could have; the default list has one.
func (c Config) retries(f Failure) bool {
	if slices.Contains(c.RetryOn, f.Reason) {
		return true
	}
	unclassified := f.Category == CategoryModel && (f.Reason == Unknown || f.Reason == Incomplete)
	return unclassified && (slices.Contains(c.RetryOn, Unknown) || slices.Contains(c.RetryOn, Incomplete))
}

// delay returns how long to wait before retry n: what the back-off says, and not less than
// the server asked for.
func delay(f Failure, c Config, n int, random func() float64) time.Duration {
	t := f.Type
	if f.Category != CategoryNetwork {
		t = "" // the delays by type are those of the network
	}
	return max(c.BackoffFor(t).Delay(n, random), f.RetryAfter)
}
