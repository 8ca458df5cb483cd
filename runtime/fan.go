package l0

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// defaultGrace is how long a task may take to return after its context has ended.
const defaultGrace = 5 * time.Second

// errCalledOff is the cause that the contexts of tasks end with when their results are no
// longer wanted.
var errCalledOff = errors.New("the result is no longer needed")

// fan runs tasks, some at a time. The goroutine that reads the items also starts the tasks:
// there is no state to lock, and a slow reader slows the tasks down.
type fan[T any] struct {
	n     int           // how many tasks there are
	limit int           // how many run at a time, at least 1
	grace time.Duration // negative is for ever
	task  func(ctx context.Context, i int, opts ...CallOption) (T, error)
	// stop decides by an item whether the rest is called off.
	stop func(it *Item[T]) bool
}

// fanRun is one run of a fan.
type fanRun[T any] struct {
	fan[T]
	ctx     context.Context //nolint:containedctx // the run is no longer than the function that makes it
	cancel  context.CancelCauseFunc
	done    chan Item[T]      // has room for all that run, so that no task waits for the reader
	running map[int]time.Time // when each began
	next    int               // the first that was not started
	ended   <-chan struct{}   // nil once the end of ctx was seen
	late    *time.Timer       // set from then on, unless the grace is for ever
}

// run yields every item once, as they finish. It returns when all of them were yielded or
// yield has returned false. By then all tasks have returned, but for those that go on for
// longer than the grace after their context has ended.
func (f fan[T]) run(ctx context.Context, yield func(Item[T]) bool) {
	ctx, cancel := context.WithCancelCause(ctx)
	r := &fanRun[T]{
		fan: f, ctx: ctx, cancel: cancel,
		done:    make(chan Item[T], min(f.limit, f.n)),
		running: map[int]time.Time{},
		ended:   ctx.Done(),
	}
	defer r.leave()
	for {
		r.start()
		if len(r.running) == 0 {
			break
		}
		for _, it := range r.wait() {
			if f.stop(&it) {
				cancel(errCalledOff)
			}
			if !yield(it) {
				return
			}
		}
	}
	for ; r.next < f.n; r.next++ {
		if !yield(r.skipped(r.next)) {
			return
		}
	}
}

// leave calls off what still runs and waits for it. It is deferred, because the loop of the
// reader may panic.
func (r *fanRun[T]) leave() {
	r.cancel(errCalledOff)
	for len(r.running) > 0 {
		r.wait()
	}
	if r.late != nil {
		r.late.Stop()
	}
}

// start starts tasks while there is room.
func (r *fanRun[T]) start() {
	for r.ctx.Err() == nil && r.next < r.n && len(r.running) < r.limit {
		began := time.Now()
		r.running[r.next] = began
		go r.one(r.next, began)
		r.next++
	}
}

// wait returns the next items that are over.
func (r *fanRun[T]) wait() []Item[T] {
	for {
		var late <-chan time.Time
		if r.late != nil {
			late = r.late.C
		}
		select {
		case it := <-r.done:
			delete(r.running, it.Index)
			return []Item[T]{it}
		case <-r.ended:
			r.ended = nil
			if r.grace >= 0 {
				r.late = time.NewTimer(r.grace)
			}
		case <-late:
			return r.giveUp()
		}
	}
}

// giveUp returns all items that are left: those that run for too long after the end of
// their context are not waited for.
func (r *fanRun[T]) giveUp() []Item[T] {
	var items []Item[T]
	for len(r.done) > 0 { // over just in time
		it := <-r.done
		delete(r.running, it.Index)
		items = append(items, it)
	}
	now := time.Now()
	for i, began := range r.running {
		items = append(items, Item[T]{
			Index: i, State: ItemCancelled, Duration: now.Sub(began), end: now,
			Err: &Error{
				Code:     CodeStreamAborted,
				Category: CodeStreamAborted.Category(),
				Message:  fmt.Sprintf("the task still runs %v after its context has ended, and was left behind", r.grace),
				Advice:   "make it return when its context ends, or raise Grace",
				Err:      contextError(r.ctx),
			},
		})
	}
	clear(r.running)
	slices.SortFunc(items, func(a, b Item[T]) int { return a.Index - b.Index })
	return items
}

// skipped returns the item of a task that was not started.
func (r *fanRun[T]) skipped(i int) Item[T] {
	return Item[T]{
		Index: i, State: ItemSkipped, end: time.Now(),
		Err: &Error{
			Code:     CodeStreamAborted,
			Category: CodeStreamAborted.Category(),
			Message:  "the task was not started, because the rest was called off before",
			Err:      contextError(r.ctx),
		},
	}
}

// one runs a task to its end, on a goroutine of its own.
func (r *fanRun[T]) one(i int, began time.Time) {
	it := Item[T]{Index: i}
	var calls collector
	returned := false
	defer func() {
		if !returned { // it ended its goroutine, which no recover sees
			it.Err = &Error{Code: CodePanic, Category: CodePanic.Category(), Message: "the task ended its goroutine"}
		}
		it.end = time.Now()
		it.Duration = it.end.Sub(began)
		it.Reports = calls.all()
		it.judge(r.ctx)
		r.done <- it
	}()
	it.Value, it.Err = safely(r.ctx, func(ctx context.Context) (T, error) { return r.task(ctx, i, calls.option()) })
	returned = true
}

// safely runs a task and makes its panic an error.
func safely[T any](ctx context.Context, task func(context.Context) (T, error)) (v T, err error) {
	defer recoverTo(&err, "the task")
	return task(ctx)
}

// collector gathers the reports of the calls that one task makes, even at the same time.
type collector struct {
	mu      sync.Mutex
	reports []*Report
}

// option returns the option that has each call captured in a report of its own.
func (c *collector) option() CallOption {
	return callOption(func(config *callConfig) {
		report := new(Report)
		c.mu.Lock()
		c.reports = append(c.reports, report)
		c.mu.Unlock()
		Capture(report).applyCall(config)
	})
}

// all returns the reports of the calls that are over.
func (c *collector) all() []Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	var reports []Report
	for _, r := range c.reports {
		if !r.Start.IsZero() { // a stream that nobody read
			reports = append(reports, *r)
		}
	}
	return reports
}

// contextError returns why ctx ended: its error and, if there is one, the cause.
func contextError(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, err) {
		return errors.Join(err, cause)
	}
	return err
}
