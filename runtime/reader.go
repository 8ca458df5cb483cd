package l0

import (
	"context"
	"sync/atomic"
	"time"
)

// closeGrace is how long the end of a call waits for a source that is slow to close.
const closeGrace = 100 * time.Millisecond

// reader hands out the chunks of a source and closes it when the context ends.
type reader struct {
	ctx      context.Context
	src      Source
	pump     *pump // nil when the source is read directly
	shutting atomic.Bool
	closed   chan struct{} // closed when the source is
	unwatch  func() bool
	left     bool // close was called
}

func newReader(ctx context.Context, src Source) *reader {
	r := &reader{ctx: ctx, src: src, closed: make(chan struct{})}
	if !direct(src) {
		r.pump = startPump(src)
	}
	r.unwatch = context.AfterFunc(ctx, r.shut)
	return r
}

// direct reports whether src may be read on the consumer's goroutine.
func direct(src Source) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	d, ok := src.(DirectSource)
	return ok && d.UnblocksOnClose()
}

// shut closes the source, unless somebody else is about to.
func (r *reader) shut() {
	if r.shutting.CompareAndSwap(false, true) {
		_ = safeClose(r.src) // the reply is all that matters, and it is complete or lost by now
		close(r.closed)
	}
}

// close closes the source and waits for that, but not for ever: a Close that hangs must not
// hold up the call.
func (r *reader) close() {
	if r.left {
		return
	}
	r.left = true
	r.unwatch()
	if r.pump == nil {
		r.shut()
		<-r.closed
		return
	}
	r.pump.stop()
	go r.shut()
	timer := time.NewTimer(closeGrace)
	defer timer.Stop()
	select {
	case <-r.closed:
	case <-timer.C:
	}
}
