package l0

import (
	"context"
	"sync/atomic"
	"time"
)

// closeGrace is how long the end of a call waits for a source that is slow to close.
const closeGrace = 100 * time.Millisecond

// openSource calls open, which is a provider's or a user's, and waits for it no longer than
// ctx lasts. A source that comes too late is closed.
func openSource(ctx context.Context, open func(context.Context) (Source, error)) (Source, error) {
	type opened struct {
		src Source
		err error
	}
	results := make(chan opened)
	go func() {
		src, err := safeOpen(ctx, open)
		select {
		case results <- opened{src, err}:
		case <-ctx.Done():
			if src != nil {
				_ = safeClose(src)
			}
		}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case r := <-results:
		switch {
		case r.err != nil:
			if r.src != nil {
				_ = safeClose(r.src)
			}
			return nil, sourceOrOwn(r.err)
		case r.src == nil:
			return nil, &Error{Code: CodeInvalidStream}
		}
		return r.src, nil
	}
}

func safeOpen(ctx context.Context, open func(context.Context) (Source, error)) (src Source, err error) {
	defer recoverTo(&err, "opening the stream")
	return open(ctx)
}

func safeNext(src Source) (c Chunk, err error) {
	defer recoverTo(&err, "the stream's Next")
	return src.Next()
}

func safeClose(src Source) (err error) {
	defer recoverTo(&err, "the stream's Close")
	return src.Close()
}

// reader hands out the chunks of a source and closes it when the context ends.
type reader struct {
	ctx      context.Context
	done     <-chan struct{} // of ctx
	src      Source
	pump     *pump // nil when the source is read directly
	shutting atomic.Bool
	closed   chan struct{} // closed when the source is
	unwatch  func() bool
	left     bool // close was called
}

func newReader(ctx context.Context, src Source) *reader {
	r := &reader{ctx: ctx, done: ctx.Done(), src: src, closed: make(chan struct{})}
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

// next returns the next chunk. Once the context has ended it returns its cause at once.
func (r *reader) next() (Chunk, error) {
	select {
	case <-r.done:
		return Chunk{}, context.Cause(r.ctx)
	default:
	}
	if r.pump != nil {
		return r.pump.next(r.ctx)
	}
	return safeNext(r.src)
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
