package l0_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

var errTask = errors.New("the task failed")

// after returns a task that takes a time and honours its context.
func after[T any](d time.Duration, v T, err error) l0.Task[T] {
	return func(ctx context.Context, _ ...l0.CallOption) (T, error) {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return v, err
		case <-ctx.Done():
			return v, ctx.Err()
		}
	}
}

// stubborn returns a task that does not look at its context.
func stubborn[T any](d time.Duration, v T, err error) l0.Task[T] {
	return func(context.Context, ...l0.CallOption) (T, error) {
		<-time.NewTimer(d).C
		return v, err
	}
}

func states[T any](r l0.Results[T]) []l0.ItemState {
	var list []l0.ItemState
	for _, it := range r.Items {
		list = append(list, it.State)
	}
	return list
}

const (
	ok        = l0.ItemOK
	failed    = l0.ItemFailed
	cancelled = l0.ItemCancelled
	skipped   = l0.ItemSkipped
)

func TestParallelKeepsOrderAndBound(t *testing.T) {
	t.Parallel()
	for concurrency, wall := range map[int]time.Duration{0: 2 * time.Second, 1: 10 * time.Second, 3: 4 * time.Second, 1000: time.Second} {
		synctest.Test(t, func(t *testing.T) {
			var running, most atomic.Int64
			tasks := make([]l0.Task[int], 10)
			for i := range tasks {
				tasks[i] = func(ctx context.Context, opts ...l0.CallOption) (int, error) {
					now := running.Add(1)
					defer running.Add(-1)
					for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
					}
					return after(time.Second, i, nil)(ctx, opts...)
				}
			}
			r, err := l0.Parallel(t.Context(), tasks, l0.ParallelOptions{Concurrency: concurrency})
			require.NoError(t, err)
			assert.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, r.Values())
			assert.Equal(t, wall, r.Summary.Duration)
			assert.Equal(t, 10*time.Second, r.Summary.Succeeded.Duration)
			want := concurrency
			if want == 0 {
				want = 5
			}
			assert.EqualValues(t, min(want, 10), most.Load())
		})
	}
}

func TestParallelCollectsAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		other := errors.New("another reason")
		r, err := l0.Parallel(t.Context(), []l0.Task[string]{
			after(3*time.Second, "half", errTask),
			after(time.Second, "", nil), // an empty value is a success
			after(2*time.Second, "", other),
			after(time.Second, "d", nil),
		}, l0.ParallelOptions{})
		require.EqualError(t, err, "l0: 2 of 4 items failed: item 0: the task failed; item 2: another reason")
		require.ErrorIs(t, err, errTask)
		require.ErrorIs(t, err, other)
		assert.Equal(t, []l0.ItemState{failed, ok, failed, ok}, states(r))
		assert.Equal(t, []string{"", "d"}, r.Values())
		assert.Empty(t, r.Items[0].Value, "half a value is none")
		assert.Equal(t, 3*time.Second, r.Items[0].Duration)
		s := r.Summary
		assert.Equal(t, []int{4, 2, 2, 0, 0}, []int{s.Total, s.OK, s.Failed, s.Cancelled, s.Skipped})
		assert.Equal(t, 2*time.Second, s.Succeeded.Duration)
		assert.Equal(t, 5*time.Second, s.Unsuccessful.Duration)
		assert.Equal(t, 3*time.Second, s.Duration)
		indices := []int{}
		for i := range r.Succeeded() {
			indices = append(indices, i)
			break
		}
		assert.Equal(t, []int{1}, indices)
	})
}

func TestParallelFailFast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, err := l0.Parallel(t.Context(), []l0.Task[int]{
			after(time.Hour, 1, nil),
			after(time.Second, 2, nil),
			after(2*time.Second, 0, errTask),
			after(time.Hour, 4, nil),
			after(time.Hour, 5, nil),
		}, l0.ParallelOptions{Concurrency: 3, FailFast: true})
		require.EqualError(t, err, "l0: 1 of 5 items failed: item 2: the task failed")
		first, found := errors.AsType[*l0.ItemError](err)
		require.True(t, found)
		assert.Equal(t, 2, first.Index)
		assert.Equal(t, []l0.ItemState{cancelled, ok, failed, cancelled, skipped}, states(r))
		assert.Equal(t, 2*time.Second, r.Summary.Duration)
		assert.Equal(t, time.Second, r.Items[3].Duration)
		require.ErrorIs(t, r.Items[0].Err, context.Canceled)
		require.ErrorIs(t, r.Items[4].Err, l0.ErrAborted)
		assert.Zero(t, r.Items[4].Duration)
		assert.Equal(t, []int{2}, r.Values())
		assert.Equal(t, []int{5, 1, 1, 2, 1},
			[]int{r.Summary.Total, r.Summary.OK, r.Summary.Failed, r.Summary.Cancelled, r.Summary.Skipped})
	})
}

// The first failure is first whatever its index, and of two at once it is the lower one.
func TestParallelFirstError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		late, early := errors.New("late"), errors.New("early")
		for range 50 {
			_, err := l0.Parallel(t.Context(), []l0.Task[int]{
				stubborn(2*time.Second, 0, late), stubborn(time.Second, 0, early), stubborn(time.Second, 0, errTask),
			}, l0.ParallelOptions{FailFast: true})
			require.EqualError(t, err, "l0: 3 of 3 items failed: item 1: early; item 2: the task failed; item 0: late")
		}
	})
}

func TestParallelContextEnds(t *testing.T) {
	t.Parallel()
	cause := errors.New("the user left")
	tasks := []l0.Task[int]{
		after(time.Second, 1, nil), after(time.Second, 0, errTask), after(time.Hour, 3, nil), after(time.Hour, 4, nil),
	}
	t.Run("while tasks run", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(2*time.Second, func() { cancel(cause) })
			r, err := l0.Parallel(ctx, tasks, l0.ParallelOptions{Concurrency: 2})
			for _, want := range []error{l0.ErrAborted, context.Canceled, cause, errTask} {
				require.ErrorIs(t, err, want)
			}
			assert.Equal(t, []l0.ItemState{ok, failed, cancelled, cancelled}, states(r))
			assert.Equal(t, 2*time.Second, r.Summary.Duration)
		})
	})
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		r, err := l0.Parallel(ctx, tasks, l0.ParallelOptions{})
		require.ErrorIs(t, err, cause)
		assert.Equal(t, []l0.ItemState{skipped, skipped, skipped, skipped}, states(r))
		require.ErrorIs(t, r.Items[0].Err, cause)
		require.NotErrorIs(t, err, errTask)
	})
	t.Run("by its deadline", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			defer cancel()
			r, err := l0.Parallel(ctx, tasks, l0.ParallelOptions{Concurrency: 1})
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.EqualError(t, err, "l0: the deadline of the context passed before all items were done; give the context more time [STREAM_ABORTED]")
			assert.Equal(t, []l0.ItemState{ok, cancelled, skipped, skipped}, states(r))
		})
	})
	t.Run("when all are done", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		r, err := l0.Parallel(ctx, []l0.Task[int]{func(context.Context, ...l0.CallOption) (int, error) {
			cancel()
			return 7, nil
		}}, l0.ParallelOptions{})
		require.NoError(t, err)
		assert.Equal(t, []int{7}, r.Values())
	})
	t.Run("missing", func(t *testing.T) {
		t.Parallel()
		var none context.Context // what a careless caller gives
		r, err := l0.Parallel(none, []l0.Task[int]{after(0, 7, nil)}, l0.ParallelOptions{})
		require.NoError(t, err)
		assert.Equal(t, []int{7}, r.Values())
	})
}

// A task that ignores its context is left behind, once its time is up.
func TestParallelGrace(t *testing.T) {
	t.Parallel()
	for grace, want := range map[time.Duration]time.Duration{
		0: 6 * time.Second, time.Second: 2 * time.Second, l0.NoTimeout: time.Minute,
	} {
		synctest.Test(t, func(t *testing.T) {
			r, err := l0.Parallel(t.Context(), []l0.Task[int]{
				stubborn(time.Minute, 1, nil), after(time.Second, 0, errTask), stubborn(1500*time.Millisecond, 3, nil),
			}, l0.ParallelOptions{FailFast: true, Grace: grace})
			require.ErrorIs(t, err, errTask)
			assert.Equal(t, want, r.Summary.Duration)
			assert.Equal(t, ok, r.Items[2].State)
			if grace == l0.NoTimeout {
				assert.Equal(t, []int{1, 3}, r.Values())
				return
			}
			assert.Equal(t, cancelled, r.Items[0].State)
			assert.Equal(t, want, r.Items[0].Duration)
			require.ErrorIs(t, r.Items[0].Err, l0.ErrAborted)
			assert.ErrorContains(t, r.Items[0].Err, "left behind")
			<-time.NewTimer(time.Minute).C // the goroutine that was left behind ends by itself
		})
	}
}

// hostileError panics whatever is asked of it.
type hostileError struct{}

func (hostileError) Error() string   { panic("Error") }
func (hostileError) Unwrap() error   { panic("Unwrap") }
func (hostileError) Is(_ error) bool { panic("Is") }

func TestParallelContainsWhatTasksThrow(t *testing.T) {
	t.Parallel()
	r, err := l0.Parallel(t.Context(), []l0.Task[int]{
		func(context.Context, ...l0.CallOption) (int, error) { panic("boom") },
		func(context.Context, ...l0.CallOption) (int, error) { runtime.Goexit(); return 1, nil },
		func(context.Context, ...l0.CallOption) (int, error) { return 1, hostileError{} },
		func(context.Context, ...l0.CallOption) (int, error) { return 1, (*l0.Error)(nil) },
		after(0, 5, nil),
	}, l0.ParallelOptions{})
	assert.Equal(t, []l0.ItemState{failed, failed, failed, failed, ok}, states(r))
	require.ErrorIs(t, r.Items[0].Err, l0.ErrPanic)
	require.ErrorIs(t, r.Items[1].Err, l0.ErrPanic)
	assert.NotPanics(t, func() { _ = err.Error() })

	// The same after the context has ended, when the errors are asked whether they stem from it.
	ctx, cancel := context.WithCancel(t.Context())
	r, err = l0.Parallel(ctx, []l0.Task[int]{
		func(context.Context, ...l0.CallOption) (int, error) { cancel(); return 1, hostileError{} },
	}, l0.ParallelOptions{})
	assert.Equal(t, []l0.ItemState{failed}, states(r))
	require.Error(t, err)
}

func TestParallelRefusesNonsense(t *testing.T) {
	t.Parallel()
	var report l0.Report
	fine := []l0.Task[int]{func(context.Context, ...l0.CallOption) (int, error) { assert.Fail(t, "it ran"); return 0, nil }}
	for name, tt := range map[string]struct {
		tasks  []l0.Task[int]
		opts   l0.ParallelOptions
		shared []l0.CallOption
		says   string
	}{
		"concurrency": {fine, l0.ParallelOptions{Concurrency: -1}, nil, "Concurrency is -1"},
		"grace":       {fine, l0.ParallelOptions{Grace: -time.Second}, nil, "Grace is -1s"},
		"nil task":    {append(fine, nil), l0.ParallelOptions{}, nil, "task 1 is nil"},
		"nil func":    {[]l0.Task[int]{l0.TaskOf[int, int](nil, 1)}, l0.ParallelOptions{}, nil, "task 0 is nil"},
		"capture":     {fine, l0.ParallelOptions{}, []l0.CallOption{l0.Capture(&report)}, "l0.Capture is among the shared options"},
	} {
		r, err := l0.Parallel(t.Context(), tt.tasks, tt.opts, tt.shared...)
		require.ErrorIs(t, err, l0.ErrNotConfigured, name)
		require.ErrorContains(t, err, tt.says)
		assert.Nil(t, r.Items)
	}
}

func TestParallelOfNothing(t *testing.T) {
	t.Parallel()
	r, err := l0.Parallel[int](t.Context(), nil, l0.ParallelOptions{FailFast: true})
	require.NoError(t, err)
	assert.Empty(t, r.Items)
	assert.Empty(t, r.Values())
	assert.Equal(t, l0.Totals{}, r.Summary.Succeeded)
}

func TestParallelProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen []string
		r, err := l0.Parallel(t.Context(), []l0.Task[int]{
			after(2*time.Second, 1, nil), after(time.Second, 0, errTask), after(0, 3, nil),
		}, l0.ParallelOptions{Concurrency: 2, FailFast: true, OnProgress: func(p l0.Progress) {
			seen = append(seen, fmt.Sprintf("%d/%d: %d %v %t", p.Done, p.Total, p.Index, p.State, p.Err != nil))
			panic("in the callback")
		}})
		require.ErrorIs(t, err, errTask)
		assert.Equal(t, []string{"1/3: 1 failed true", "2/3: 0 cancelled true", "3/3: 2 skipped true"}, seen)
		require.ErrorIs(t, r.Summary.CallbackErr, l0.ErrPanic)
		assert.ErrorContains(t, r.Summary.CallbackErr, "OnProgress panicked")
	})
}

// pricedBinding is a package of two models whose replies say what they cost.
func pricedBinding(t *testing.T, replies ...l0test.Reply) (*l0test.Provider, func(context.Context, string, ...l0.CallOption) (string, error)) {
	t.Helper()
	p := l0test.NewProvider("p", replies...)
	b, err := l0.Bind(l0.NewClient(p), &l0.Package{Name: "greet", Models: []l0.Model{
		{Name: "fast", Provider: "p", ID: "small"}, {Name: "strong", Provider: "p", ID: "big"},
	}})
	require.NoError(t, err)
	fn := &l0.Function[string, string]{
		Name: "Greet", Version: 1, Models: []l0.ModelName{"fast"},
		Render: func(name, _ string) []l0.Message { return []l0.Message{l0.UserMessage("Greet " + name + ".")} },
	}
	return p, func(ctx context.Context, name string, opts ...l0.CallOption) (string, error) {
		return l0.Call(ctx, b, fn, name, opts...).Result() //nolint:contextcheck // the stream has it
	}
}

func priced(text string, tokens int) l0test.Reply {
	return l0test.Chunks(l0.Chunk{Text: text}, l0.Chunk{
		Finish: l0.FinishStop, Usage: &l0.Usage{InputTokens: 10, OutputTokens: tokens},
	})
}

func TestParallelOptionsOfATaskWin(t *testing.T) {
	t.Parallel()
	p, greet := pricedBinding(t, priced("Hi", 1), priced("Hi", 1))
	var own l0.Report
	r, err := l0.Parallel(t.Context(), []l0.Task[string]{
		l0.TaskOf(greet, "Ada", l0.UseModel("fast"), l0.Capture(&own)), l0.TaskOf(greet, "Bob"),
	}, l0.ParallelOptions{Concurrency: 1}, l0.UseModel("strong"))
	require.NoError(t, err)
	require.Len(t, p.Requests(), 2)
	assert.Equal(t, "small", p.Requests()[0].Model.ID)
	assert.Equal(t, "big", p.Requests()[1].Model.ID)
	assert.Equal(t, "Greet", own.Function)
	assert.Equal(t, l0.ModelName("strong"), r.Items[1].Reports[0].Attempts[0].Model)
}

func TestParallelSums(t *testing.T) {
	t.Parallel()
	_, greet := pricedBinding(t, priced("Hi", 1), priced("Hi", 2), l0test.Refuse(&l0.ProviderError{StatusCode: 400}), priced("Hi", 4))
	twice := func(ctx context.Context, opts ...l0.CallOption) (string, error) {
		first, err := greet(ctx, "Ada", opts...)
		if err != nil {
			return "", err
		}
		second, err := greet(ctx, "Bob", opts...)
		return first + second, err
	}
	r, err := l0.Parallel(t.Context(), []l0.Task[string]{twice, l0.TaskOf(greet, "Cid"), l0.TaskOf(greet, "Dan"), after(0, "no call", nil)},
		l0.ParallelOptions{Concurrency: 1})
	require.ErrorIs(t, err, l0.ErrProvider)
	require.Len(t, r.Items[0].Reports, 2)
	assert.Empty(t, r.Items[3].Reports)
	good, bad := r.Summary.Succeeded, r.Summary.Unsuccessful
	assert.Equal(t, l0.Usage{InputTokens: 30, OutputTokens: 7}, good.Usage)
	assert.True(t, good.UsageKnown)
	assert.Equal(t, []int{3, 3, 0, 3}, []int{good.Calls, good.Attempts, good.Retries, good.Tokens})
	assert.Positive(t, good.TokensPerSecond)
	assert.Equal(t, []int{1, 1}, []int{bad.Calls, bad.Attempts})
	assert.False(t, bad.UsageKnown)
	assert.Zero(t, bad.TokensPerSecond)
}

// A task may itself be a batch: its calls are reported to both.
func TestParallelNests(t *testing.T) {
	t.Parallel()
	_, greet := pricedBinding(t, priced("Hi", 1), priced("Hi", 1), priced("Hi", 1))
	r, err := l0.Parallel(t.Context(), []l0.Task[int]{func(ctx context.Context, opts ...l0.CallOption) (int, error) {
		inner, err := l0.Batch(ctx, []string{"Ada", "Bob", "Cid"}, greet, l0.BatchOptions{}, opts...)
		return inner.Summary.Succeeded.Usage.OutputTokens, err
	}}, l0.ParallelOptions{})
	require.NoError(t, err)
	assert.Equal(t, []int{3}, r.Values())
	assert.Equal(t, 3, r.Summary.Succeeded.Usage.OutputTokens)
	assert.Len(t, r.Items[0].Reports, 3)
}
