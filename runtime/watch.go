package l0

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/l0gen/l0gen/runtime/record"
)

// watch ends an attempt whose source takes too long. It costs the path of a token no clock and
// no timer: the reader moves a counter, and a timer looks now and then whether it moved.
//
// The counter is even while the runtime waits for the source and odd while the consumer has
// control, whose time is not charged to the source.
type watch struct {
	turn atomic.Uint32

	limits Timeouts
	expire func(*timeoutError) // called once, on the timer's goroutine

	mu       sync.Mutex
	timer    *time.Timer
	start    time.Time
	begun    bool          // the first token has come
	seen     uint32        // turn at the last look
	last     time.Time     // the last look
	quiet    time.Time     // the source has been silent at least since then
	consumer time.Duration // what the consumer took
	over     bool
}

// timeoutError is why an attempt or a call was ended by time.
type timeoutError struct {
	kind                record.TimeoutType
	elapsed, configured time.Duration
}

// Error names the limit.
func (e *timeoutError) Error() string { return "the " + string(e.kind) + " timeout passed" }

// Timeout marks it as a timeout for whoever asks by net.Error's method.
func (e *timeoutError) Timeout() bool { return true }

// The time between two looks at a busy stream is a part of the limit that they are for, in
// these bounds. It is how late a timeout may come.
const (
	lookPart = 50
	minLook  = time.Millisecond
	maxLook  = 50 * time.Millisecond
)

// startWatch starts the limits of an attempt. The initial one comes first.
func startWatch(limits Timeouts, expire func(*timeoutError)) *watch {
	now := time.Now()
	w := &watch{limits: limits, expire: expire, start: now, last: now, quiet: now}
	w.mu.Lock()
	defer w.mu.Unlock()
	if next, ok := w.next(now, false); ok {
		w.timer = time.AfterFunc(next, w.look)
	}
	return w
}

// begin says that the first token has come: from here the limit between tokens holds.
func (w *watch) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over || w.begun {
		return
	}
	now := time.Now()
	w.begun, w.quiet, w.last, w.seen = true, now, now, w.turn.Load()
	next, ok := w.next(now, true)
	switch {
	case !ok && w.timer != nil:
		w.timer.Stop()
	case ok && w.timer == nil:
		w.timer = time.AfterFunc(next, w.look)
	case ok:
		w.timer.Reset(next)
	}
}

// stop ends the watch. The limits do not fire after it has returned.
func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	if w.timer != nil {
		w.timer.Stop()
	}
}

// look is what the timer calls.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return
	}
	now := time.Now()
	turn := w.turn.Load()
	withConsumer := turn%2 == 1
	if withConsumer {
		w.consumer += now.Sub(w.last)
	}
	busy := withConsumer || turn != w.seen
	if busy {
		w.quiet = now
	}
	w.seen, w.last = turn, now
	if late := w.late(now); late != nil && !withConsumer {
		w.over = true
		w.expire(late)
		return
	}
	if next, ok := w.next(now, busy); ok {
		w.timer.Reset(next)
	}
}

// late returns the limit that has passed, if one has.
func (w *watch) late(now time.Time) *timeoutError {
	check := func(kind record.TimeoutType, limit, elapsed time.Duration) *timeoutError {
		if limit <= 0 || elapsed < limit {
			return nil
		}
		return &timeoutError{kind, elapsed, limit}
	}
	if e := check(record.TimeoutAttempt, w.limits.Attempt, now.Sub(w.start)-w.consumer); e != nil {
		return e
	}
	if !w.begun {
		return check(record.TimeoutInitial, w.limits.InitialToken, now.Sub(w.start))
	}
	return check(record.TimeoutInter, w.limits.InterToken, now.Sub(w.quiet))
}

// next returns when to look again: when the next limit ends, or soon when something goes on
// whose end must be known well enough.
func (w *watch) next(now time.Time, busy bool) (wait time.Duration, ok bool) {
	until := func(limit, elapsed time.Duration) {
		if limit > 0 && (!ok || limit-elapsed < wait) {
			wait, ok = limit-elapsed, true
		}
	}
	until(w.limits.Attempt, now.Sub(w.start)-w.consumer)
	if w.begun {
		until(w.limits.InterToken, now.Sub(w.quiet))
	} else {
		until(w.limits.InitialToken, now.Sub(w.start))
	}
	if ok && busy {
		wait = min(wait, soon(w.limits))
	}
	return max(wait, 0), ok
}

// soon returns the time between two looks at a busy stream.
func soon(limits Timeouts) time.Duration {
	limit := maxLook * lookPart
	for _, l := range []time.Duration{limits.InterToken, limits.Attempt} {
		if l > 0 {
			limit = min(limit, l)
		}
	}
	return max(limit/lookPart, minLook)
}
