package l0

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// defaultConcurrency is how many tasks run at a time unless the options say otherwise.
const defaultConcurrency = 5

// Task is one unit of work of a [Parallel] or a [Race]. It must hand opts on to the calls
// that it makes, before options of its own; that is how they get the shared options and
// how their reports are collected. [TaskOf] makes one of a generated function.
type Task[T any] func(ctx context.Context, opts ...CallOption) (T, error)

// TaskOf makes a task that calls a generated function with one input. Its options win over
// those that all tasks share.
func TaskOf[In, Out any](
	call func(context.Context, In, ...CallOption) (Out, error), in In, opts ...CallOption,
) Task[Out] {
	if call == nil {
		return nil
	}
	return func(ctx context.Context, shared ...CallOption) (Out, error) {
		return call(ctx, in, slices.Concat(shared, opts)...)
	}
}

// ParallelOptions say how the items of a [Parallel] or [Batch] are run. The zero value runs
// five at a time, all of them.
type ParallelOptions struct {
	// Concurrency is how many run at a time. 5 unless set; 1 runs one after the other.
	Concurrency int
	// FailFast calls off the rest when an item fails: what runs has its context cancelled,
	// and what waits is skipped. Otherwise all items run, whatever becomes of the others.
	FailFast bool
	// OnProgress is called after each item that is over, skipped ones included. Calls come
	// one at a time; while one runs, no item is started. A panic in it changes nothing; it is
	// kept in the Summary.
	OnProgress func(Progress)
	// Grace is how long an item may take to return after its context has ended. One that takes
	// longer is left behind with its goroutine, so that the caller gets on. 5 s unless set;
	// [NoTimeout] waits for as long as it takes. Generated functions never need it.
	Grace time.Duration
}

// Progress is how far a [Parallel] or [Batch] is.
type Progress struct {
	// Done of Total items are over.
	Done, Total int
	// Index, State and Err are those of the item that was over last.
	Index int
	State ItemState
	Err   error
}

// Parallel runs different tasks at the same time, and returns what became of each, in the
// order of tasks. shared are options for the calls of all tasks.
//
// The error is nil if every task returned a value. Otherwise it joins the errors of those
// that failed, in the order of tasks, or with FailFast begins with the one that came first.
// If ctx ends before all are done it is an [*Error] that matches [ErrAborted] and the error
// of ctx. The results are filled in every case but for options that make no sense
// ([ErrNotConfigured]). Nothing of it runs any more when it returns, see Grace.
func Parallel[T any](ctx context.Context, tasks []Task[T], opts ParallelOptions, shared ...CallOption) (Results[T], error) {
	f, err := fanOfTasks(tasks, shared)
	if err == nil {
		err = opts.configure(&f.limit, &f.grace)
	}
	if err != nil {
		return Results[T]{}, err
	}
	return collect(ctx, f, opts)
}

// fanOfTasks checks tasks and what they share.
func fanOfTasks[T any](tasks []Task[T], shared []CallOption) (fan[T], error) {
	for i, task := range tasks {
		if task == nil {
			return fan[T]{}, nonsense(fmt.Sprintf("task %d is nil", i), "give it a function")
		}
	}
	return fan[T]{
		n: len(tasks),
		task: func(ctx context.Context, i int, opts ...CallOption) (T, error) {
			return tasks[i](ctx, slices.Concat(shared, opts)...)
		},
	}, checkShared(shared)
}

// configure checks the options and sets what they say.
func (o ParallelOptions) configure(limit *int, grace *time.Duration) error {
	switch {
	case o.Concurrency < 0:
		return nonsense(fmt.Sprintf("Concurrency is %d", o.Concurrency), "set it to 1 or more, or leave it zero for 5")
	case o.Concurrency == 0:
		*limit = defaultConcurrency
	default:
		*limit = o.Concurrency
	}
	return setGrace(grace, o.Grace)
}

func setGrace(grace *time.Duration, d time.Duration) error {
	switch {
	case d < 0 && d != NoTimeout:
		return nonsense(fmt.Sprintf("Grace is %v", d), "set a positive time, l0.NoTimeout, or leave it zero for 5 s")
	case d == 0:
		*grace = defaultGrace
	default:
		*grace = d
	}
	return nil
}

// checkShared refuses a Capture that many calls would write at the same time. Applied twice,
// it gives the same report; the options that a task gets from us give a new one each time.
func checkShared(opts []CallOption) (err error) {
	defer recoverTo(&err, "a call option")
	first, second := callConfig{}.with(opts), callConfig{}.with(opts)
	for _, report := range first.captures {
		if slices.Contains(second.captures, report) {
			return nonsense("l0.Capture is among the shared options", "take the reports from the items, which have one for each call")
		}
	}
	return nil
}

func nonsense(message, advice string) error {
	return &Error{Code: CodeNotConfigured, Category: CodeNotConfigured.Category(), Message: message, Advice: advice}
}

// collect runs f and says how it ended.
func collect[T any](ctx context.Context, f fan[T], opts ParallelOptions) (Results[T], error) {
	ctx = orBackground(ctx)
	f.stop = stopper[T](opts)
	r := gather(ctx, f, func(it *Item[T], done int) error { return progress(opts, it, done, f.n) })
	return r, outcome(ctx, r.Items, opts.FailFast)
}

// gather runs f to its end and returns what became of each task. observe sees each item
// when it is over, with the number of those that are; its first error is kept.
func gather[T any](ctx context.Context, f fan[T], observe func(it *Item[T], done int) error) Results[T] {
	began := time.Now()
	r := Results[T]{Items: make([]Item[T], f.n)}
	var callbackErr error
	done := 0
	f.run(ctx, func(it Item[T]) bool {
		r.Items[it.Index] = it
		done++
		if err := observe(&it, done); callbackErr == nil {
			callbackErr = err
		}
		return true
	})
	r.Summary = summarize(r.Items)
	r.Summary.Duration, r.Summary.CallbackErr = time.Since(began), callbackErr
	return r
}

// stopper returns what calls off the rest.
func stopper[T any](o ParallelOptions) func(*Item[T]) bool {
	return func(it *Item[T]) bool { return o.FailFast && it.State == ItemFailed }
}

// progress calls OnProgress and returns its panic.
func progress[T any](o ParallelOptions, it *Item[T], done, total int) error {
	if o.OnProgress == nil {
		return nil
	}
	return shielded("OnProgress", func() {
		o.OnProgress(Progress{Done: done, Total: total, Index: it.Index, State: it.State, Err: it.Err})
	})
}

// shielded runs a callback and returns its panic.
func shielded(name string, callback func()) (err error) {
	defer recoverTo(&err, name)
	callback()
	return nil
}

// orBackground stands in for a missing context: a mistake, but no reason to panic.
func orBackground(ctx context.Context) context.Context {
	if ctx == nil {
		return context.Background()
	}
	return ctx
}
