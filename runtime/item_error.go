package l0

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ItemError is the error of one item in that of a [Parallel], [Race] or [Batch]. With
// FailFast, errors.AsType[*l0.ItemError](err) is the one that called off the rest.
type ItemError struct {
	// Index is the item's place in the tasks or inputs.
	Index int
	// Err is what it returned.
	Err error
}

// Error returns the index and the text of the error.
func (e *ItemError) Error() string {
	return fmt.Sprintf("item %d: %v", e.Index, e.Err) // unlike a call of Error, it survives a panic in it
}

// Unwrap returns what the item returned.
func (e *ItemError) Unwrap() error { return e.Err }

// shownFailures is how many errors the text of many shows. All of them can be unwrapped.
const shownFailures = 5

// itemErrors are the errors of all items that failed by themselves.
type itemErrors struct {
	total int
	list  []error // each an *ItemError
}

// Error returns one line with the first errors.
func (e *itemErrors) Error() string { return "l0: " + e.text() }

func (e *itemErrors) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d items failed", len(e.list), e.total)
	for i, err := range e.list {
		if i == shownFailures {
			fmt.Fprintf(&b, "; and %d more", len(e.list)-i)
			break
		}
		b.WriteString([]string{": ", "; "}[min(i, 1)])
		b.WriteString(err.Error())
	}
	return b.String()
}

// Unwrap returns the errors of the items.
func (e *itemErrors) Unwrap() []error { return e.list }

// failuresOf returns the errors of the items that failed by themselves, in the order of
// less, or of the items if it is nil.
func failuresOf[T any](items []Item[T], less func(a, b *Item[T]) bool) *itemErrors {
	var failed []*Item[T]
	for i := range items {
		if items[i].State == ItemFailed {
			failed = append(failed, &items[i])
		}
	}
	if less != nil {
		slices.SortFunc(failed, func(a, b *Item[T]) int {
			if less(a, b) {
				return -1
			}
			return 1 // no two are equal
		})
	}
	e := &itemErrors{total: len(items)}
	for _, it := range failed {
		e.list = append(e.list, &ItemError{Index: it.Index, Err: it.Err})
	}
	return e
}

// outcome returns the error for all items together.
func outcome[T any](ctx context.Context, items []Item[T], failFast bool) error {
	var less func(a, b *Item[T]) bool
	if failFast {
		less = (*Item[T]).before
	}
	failures := failuresOf(items, less)
	calledOff := slices.ContainsFunc(items, func(it Item[T]) bool {
		return it.State == ItemCancelled || it.State == ItemSkipped
	})
	switch {
	case calledOff && ctx.Err() != nil:
		return interruptedWith(ctx, failures)
	case len(failures.list) > 0:
		return failures
	}
	return nil
}

// interruptedWith is the error for items that were called off by the end of the caller's
// context, with those that had failed before.
func interruptedWith(ctx context.Context, failures *itemErrors) error {
	e := &Error{
		Code: CodeStreamAborted, Category: CodeStreamAborted.Category(),
		Message: "the context was cancelled before all items were done", Err: contextError(ctx),
	}
	if errors.Is(e.Err, context.DeadlineExceeded) {
		e.Message, e.Advice = "the deadline of the context passed before all items were done", "give the context more time"
	}
	if len(failures.list) > 0 {
		e.Err = errors.Join(e.Err, failures)
	}
	return e
}
