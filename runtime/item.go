package l0

import (
	"context"
	"errors"
	"iter"
	"time"
)

// ItemState says what became of one item of a [Parallel], [Race] or [Batch].
type ItemState uint8

// The states of items.
const (
	ItemOK        ItemState = iota + 1 // it returned a value
	ItemFailed                         // it returned an error of its own, or panicked
	ItemCancelled                      // it was under way when the rest was called off
	ItemSkipped                        // it was never started
)

// String returns the name of the state.
func (s ItemState) String() string {
	switch s {
	case ItemOK:
		return "ok"
	case ItemFailed:
		return "failed"
	case ItemCancelled:
		return "cancelled"
	case ItemSkipped:
		return "skipped"
	}
	return "unknown"
}

// Item is what became of one task or input.
type Item[T any] struct {
	// Index is its place in the tasks or inputs.
	Index int
	// State says which of the other fields count. Only ItemOK has a Value, and only ItemOK
	// has no Err.
	State ItemState
	// Value is the result.
	Value T
	// Err is why there is none. For an item that was called off it matches [ErrAborted], or
	// is what the task made of the end of its context.
	Err error
	// Duration is the time from its start to its end, zero if it was skipped.
	Duration time.Duration
	// Reports are those of the calls that it made, in the order in which they were made: one
	// for a generated function, none if nothing was called.
	Reports []Report

	end time.Time // when it was over; decides what came first
}

// Results are what became of all items, and the sums over them.
type Results[T any] struct {
	// Items has one entry for each task or input, at its index.
	Items []Item[T]
	// Summary has the counts, times and tokens.
	Summary Summary
}

// Succeeded returns an iterator over the values that there are, each with the index of its
// task or input.
func (r Results[T]) Succeeded() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		for i := range r.Items {
			if r.Items[i].State == ItemOK && !yield(i, r.Items[i].Value) {
				return
			}
		}
	}
}

// Values returns the values that there are, in the order of the inputs. Those that failed
// leave no gap, so an index into it is that of the input only if no item failed.
func (r Results[T]) Values() []T {
	values := make([]T, 0, len(r.Items))
	for _, v := range r.Succeeded() {
		values = append(values, v)
	}
	return values
}

// before reports whether it was over before other; of two at the same time it is the one
// with the lower index.
func (it *Item[T]) before(other *Item[T]) bool {
	if !it.end.Equal(other.end) {
		return it.end.Before(other.end)
	}
	return it.Index < other.Index
}

// judge sets the state of an item whose task has returned. ctx is the one that the task had.
func (it *Item[T]) judge(ctx context.Context) {
	switch {
	case it.Err == nil:
		it.State = ItemOK
		return
	case ctx.Err() != nil && stems(it.Err, ctx):
		it.State = ItemCancelled
	default:
		it.State = ItemFailed
	}
	var zero T
	it.Value = zero // half a value is no value
}

// stems reports whether err is what the end of ctx made of a task. The error is the user's,
// and its methods may panic.
func stems(err error, ctx context.Context) (ok bool) { //nolint:revive // err is what it is about
	defer func() { _ = recover() }()
	return errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))
}
