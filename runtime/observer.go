package l0

import (
	"time"

	"github.com/l0gen/l0gen/runtime/record"
)

// Record is one step of a call, as observers see it: attempts, retries, timeouts, checks,
// the end. Package record holds its vocabulary.
type Record = record.Record

// Observer is told what happens in calls.
//
// The records of a call come in order, one at a time, on a goroutine of the call that is not
// the consumer's, so that a slow observer does not slow the stream. Records of different
// calls come at the same time: an observer must be safe for concurrent use. What an observer
// does has no effect on the call; a panic in it is caught.
//
// A call is over for its consumer when its observers have seen all its records, but for those
// of an observer that takes longer than a second.
type Observer interface {
	Observe(r Record)
}

// ObserverFunc is a function that is an [Observer].
type ObserverFunc func(r Record)

// Observe calls f.
func (f ObserverFunc) Observe(r Record) { f(r) }

// observerGrace is how long the end of a call waits for its observers.
const observerGrace = time.Second

// safeObserve calls an observer. What it does must not touch the call.
func safeObserve(o Observer, r Record) {
	defer func() { _ = recover() }() // there is nobody to tell
	o.Observe(r)
}
