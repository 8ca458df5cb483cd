package l0

import (
	"cmp"
	"errors"
	"time"
)

// Summary is what a [Parallel], [Race] or [Batch] was as a whole. All of it is zero if
// there were no items.
type Summary struct {
	// Total is the number of items; the others are how many of them came to which end.
	Total, OK, Failed, Cancelled, Skipped int
	// Duration is the time from the first start to the last end.
	Duration time.Duration
	// Succeeded are the sums over the items with a value, Unsuccessful those over the items
	// that failed or were cancelled.
	Succeeded, Unsuccessful Totals
	// CallbackErr is the first panic of a callback, nil if there was none.
	CallbackErr error
}

// Totals are sums over several items and the calls that they made.
type Totals struct {
	// Duration is the time of all items, one after the other.
	Duration time.Duration
	// Calls is how many calls they made, Attempts how many attempts these had, and Retries
	// how many of those were not the first of their call.
	Calls, Attempts, Retries int
	// NetworkErrors is how many attempts ended with an error of the network.
	NetworkErrors int
	// Violations and Repairs are those of the calls.
	Violations, Repairs int
	// Tokens is how many pieces of text and reasoning came, as in [Attempt].
	Tokens int
	// Usage is what providers counted. UsageKnown is false if a provider did not, for an
	// attempt, and Usage is then too small.
	Usage      Usage
	UsageKnown bool
	// TokensPerSecond and TimeToFirstToken are averages over the calls that have them, each
	// taken from its last attempt.
	TokensPerSecond  float64
	TimeToFirstToken time.Duration
}

// tally adds up totals. Averages are made at the end.
type tally struct {
	Totals
	unknown      bool // a provider did not count
	rates, waits int  // how many calls have a rate and a time to the first token
	rate         float64
	wait         time.Duration
}

// summarize counts and adds up, whatever there is.
func summarize[T any](items []Item[T]) Summary {
	s := Summary{Total: len(items)}
	var good, bad tally
	for i := range items {
		it := &items[i]
		switch it.State {
		case ItemOK:
			s.OK++
			good.add(it.Duration, it.Reports)
		case ItemFailed:
			s.Failed++
			bad.add(it.Duration, it.Reports)
		case ItemCancelled:
			s.Cancelled++
			bad.add(it.Duration, it.Reports)
		case ItemSkipped:
			s.Skipped++
		}
	}
	s.Succeeded, s.Unsuccessful = good.totals(), bad.totals()
	return s
}

func (t *tally) add(d time.Duration, reports []Report) {
	t.Duration += d
	for i := range reports {
		t.call(&reports[i])
	}
}

func (t *tally) call(r *Report) {
	t.Calls++
	t.Attempts += len(r.Attempts)
	t.Retries += max(0, len(r.Attempts)-1)
	t.Violations += len(r.Violations)
	t.Repairs += len(r.Repairs)
	for i := range r.Attempts {
		a := &r.Attempts[i]
		t.Tokens += a.Tokens
		if categoryOf(a.Err) == CategoryNetwork {
			t.NetworkErrors++
		}
	}
	usage, known := r.Usage()
	t.Usage = t.Usage.plus(usage)
	t.unknown = t.unknown || !known && len(r.Attempts) > 0
	if len(r.Attempts) > 0 {
		t.pace(&r.Attempts[len(r.Attempts)-1])
	}
}

// pace counts how fast the attempt was that a call ended with.
func (t *tally) pace(a *Attempt) {
	if a.Tokens > 0 && a.Duration > 0 {
		t.rates++
		t.rate += float64(a.Tokens) / a.Duration.Seconds()
	}
	if a.TimeToFirstToken > 0 {
		t.waits++
		t.wait += a.TimeToFirstToken
	}
}

func (t *tally) totals() Totals {
	t.UsageKnown = t.Attempts > 0 && !t.unknown
	if t.rates > 0 {
		t.TokensPerSecond = t.rate / float64(t.rates)
	}
	if t.waits > 0 {
		t.TimeToFirstToken = t.wait / time.Duration(t.waits)
	}
	return t.Totals
}

// categoryOf returns the group that an error of a call belongs to, empty if it is none or
// panics when it is asked.
func categoryOf(err error) (c Category) {
	defer func() { _ = recover() }()
	if e, ok := errors.AsType[*Error](err); ok {
		return cmp.Or(e.Category, e.Code.Category())
	}
	return ""
}
