package l0

import (
	"context"
	"time"
)

// RaceOptions say how a [Race] is run.
type RaceOptions struct {
	// OnFailure is called for each task that fails by itself, with its index. Calls come one
	// at a time. A panic in it changes nothing; it is kept in the Summary.
	OnFailure func(index int, err error)
	// Grace is how long a loser may take to return after its context was cancelled, as in
	// [ParallelOptions].
	Grace time.Duration
}

// Winner is how a race ended.
type Winner[T any] struct {
	// Index is the task that won, -1 if none did.
	Index int
	// Value is what it returned.
	Value T
	// Results are what became of all tasks. Their Summary counts what the losers cost, too.
	Results Results[T]
}

// Race starts all tasks at once and returns the first value. Errors do not count while
// another task runs. The losers have their contexts cancelled and are waited for, see Grace.
// Of two values that came at the same time, that of the lower index wins.
//
//	winner, err := l0.Race(ctx, []l0.Task[support.Ticket]{
//		l0.TaskOf(client.ClassifyTicket, in, l0.UseModel(support.ModelFast)),
//		l0.TaskOf(client.ClassifyTicket, in, l0.UseModel(support.ModelStrong)),
//	}, l0.RaceOptions{})
//
// shared are options for the calls of all tasks. If all tasks fail, the error is an [*Error]
// that matches [ErrExhausted] and wraps the errors of all of them, the last one first. If
// ctx ends before one has won, it matches [ErrAborted] and the error of ctx. A race of
// nobody is [ErrNotConfigured].
func Race[T any](ctx context.Context, tasks []Task[T], opts RaceOptions, shared ...CallOption) (Winner[T], error) {
	winner := Winner[T]{Index: -1}
	f, err := fanOfTasks(tasks, shared)
	if err == nil && len(tasks) == 0 {
		err = nonsense("there is no task to race", "give it at least one")
	}
	if err == nil {
		err = setGrace(&f.grace, opts.Grace)
	}
	if err != nil {
		return winner, err
	}
	f.limit = f.n
	f.stop = func(it *Item[T]) bool { return it.State == ItemOK }
	ctx = orBackground(ctx)
	winner.Results = gather(ctx, f, func(it *Item[T], _ int) error {
		return shielded("OnFailure", func() {
			if opts.OnFailure != nil && it.State == ItemFailed {
				opts.OnFailure(it.Index, it.Err)
			}
		})
	})
	if first := firstOf(winner.Results.Items, ItemOK); first != nil {
		winner.Index, winner.Value = first.Index, first.Value
		return winner, nil
	}
	return winner, noWinner(ctx, winner.Results.Items)
}

// firstOf returns the item in this state that was over first, nil if there is none.
func firstOf[T any](items []Item[T], state ItemState) *Item[T] {
	var first *Item[T]
	for i := range items {
		if it := &items[i]; it.State == state && (first == nil || it.before(first)) {
			first = it
		}
	}
	return first
}

// noWinner returns why nobody won.
func noWinner[T any](ctx context.Context, items []Item[T]) error {
	failures := failuresOf(items, func(a, b *Item[T]) bool { return b.before(a) })
	if len(failures.list) < len(items) {
		return interruptedWith(ctx, failures)
	}
	return &Error{
		Code: CodeAllStreamsExhausted, Category: CodeAllStreamsExhausted.Category(),
		Message: "the race has no winner: " + failures.text(), Err: failures,
	}
}
