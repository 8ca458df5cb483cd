package l0

import (
	"context"
	"iter"
	"slices"
)

// BatchOptions say how a [Batch] is run, as they do for a [Parallel].
type BatchOptions = ParallelOptions

// Batch calls one function with many inputs, some at a time, and returns what became of
// each, in the order of inputs:
//
//	tickets, err := l0.Batch(ctx, inputs, client.ClassifyTicket, l0.BatchOptions{Concurrency: 8})
//
// callOpts are options for all calls. The error is nil if every call returned a value, and
// otherwise like that of [Parallel].
func Batch[In, Out any](
	ctx context.Context, inputs []In, call func(context.Context, In, ...CallOption) (Out, error),
	opts BatchOptions, callOpts ...CallOption,
) (Results[Out], error) {
	f, err := fanOfInputs(inputs, call, opts, callOpts)
	if err != nil {
		return Results[Out]{}, err
	}
	return collect(ctx, f, opts)
}

// BatchSeq is [Batch], with each item delivered when it is over: in the order in which they
// end, not in that of inputs. Nothing is kept of items that were delivered, so it is the
// one for many inputs.
//
// Calls are started by the loop that reads, so a slow loop slows them down instead of
// filling the memory. Leaving the loop calls off the rest and waits for it, see Grace. Every
// item comes once: with FailFast, and when ctx ends, those come last that were skipped. Options
// that make no sense give one item with the index -1 and their error. Reading it a second
// time makes all calls again. There is no Summary: a panic of OnProgress goes unseen.
func BatchSeq[In, Out any](
	ctx context.Context, inputs []In, call func(context.Context, In, ...CallOption) (Out, error),
	opts BatchOptions, callOpts ...CallOption,
) iter.Seq[Item[Out]] {
	return func(yield func(Item[Out]) bool) {
		f, err := fanOfInputs(inputs, call, opts, callOpts)
		if err != nil {
			yield(Item[Out]{Index: -1, State: ItemFailed, Err: err})
			return
		}
		f.stop = stopper[Out](opts)
		done := 0
		f.run(orBackground(ctx), func(it Item[Out]) bool {
			done++
			_ = progress(opts, &it, done, f.n) // there is no summary to keep its panic in
			return yield(it)
		})
	}
}

// fanOfInputs checks what a batch is given.
func fanOfInputs[In, Out any](
	inputs []In, call func(context.Context, In, ...CallOption) (Out, error), opts BatchOptions, callOpts []CallOption,
) (f fan[Out], err error) {
	if call == nil {
		return f, nonsense("the function to call is nil", "give it a generated function")
	}
	f.n = len(inputs)
	f.task = func(ctx context.Context, i int, own ...CallOption) (Out, error) {
		return call(ctx, inputs[i], slices.Concat(callOpts, own)...)
	}
	if err := opts.configure(&f.limit, &f.grace); err != nil {
		return f, err
	}
	return f, checkShared(callOpts)
}
