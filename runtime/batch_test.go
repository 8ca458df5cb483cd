package l0_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// wait takes as many seconds as its input says, and fails if that is odd.
func wait(ctx context.Context, seconds int, _ ...l0.CallOption) (string, error) {
	var err error
	if seconds%2 == 1 {
		err = errTask
	}
	return after(time.Duration(seconds)*time.Second, strconv.Itoa(seconds), err)(ctx)
}

func TestBatchKeepsOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, err := l0.Batch(t.Context(), []int{8, 2, 0, 4}, wait, l0.BatchOptions{Concurrency: 2})
		require.NoError(t, err)
		assert.Equal(t, []string{"8", "2", "0", "4"}, r.Values())
		assert.Equal(t, 8*time.Second, r.Summary.Duration)
		r, err = l0.Batch(t.Context(), []int{1, 2, 3}, wait, l0.BatchOptions{})
		require.EqualError(t, err, "l0: 2 of 3 items failed: item 0: the task failed; item 2: the task failed")
		assert.Equal(t, []l0.ItemState{failed, ok, failed}, states(r))
	})
}

// The text of an error stays short however many items fail; the error has all of them.
func TestBatchErrorIsShort(t *testing.T) {
	t.Parallel()
	fail := func(context.Context, int, ...l0.CallOption) (int, error) { return 0, errTask }
	_, err := l0.Batch(t.Context(), make([]int, 1000), fail, l0.BatchOptions{})
	require.ErrorContains(t, err, "item 4: the task failed; and 995 more")
	assert.Less(t, len(err.Error()), 200)
	all, is := err.(interface{ Unwrap() []error })
	require.True(t, is)
	assert.Len(t, all.Unwrap(), 1000)
}

func TestBatchOfAGeneratedFunction(t *testing.T) {
	t.Parallel()
	p, greet := pricedBinding(t, priced("Hi", 1), priced("Hi", 1), priced("Hi", 1))
	r, err := l0.Batch(t.Context(), []string{"Ada", "Bob", "Cid"}, greet, l0.BatchOptions{Concurrency: 2}, l0.UseModel("strong"))
	require.NoError(t, err)
	assert.Equal(t, []string{"Hi", "Hi", "Hi"}, r.Values())
	assert.Equal(t, l0.Usage{InputTokens: 30, OutputTokens: 3}, r.Summary.Succeeded.Usage)
	for _, req := range p.Requests() {
		assert.Equal(t, "big", req.Model.ID)
	}
	for _, it := range r.Items {
		require.Len(t, it.Reports, 1)
		assert.Equal(t, "Greet", it.Reports[0].Function)
	}
}

func TestBatchSeqDeliversAsTheyFinish(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var order []int
		for it := range l0.BatchSeq(t.Context(), []int{6, 2, 4, 0, 3}, wait, l0.BatchOptions{}) {
			order = append(order, it.Index)
			assert.Equal(t, it.Duration, time.Since(began), "it comes when it is over")
			assert.Equal(t, it.Index == 4, it.Err != nil)
		}
		assert.Equal(t, []int{3, 1, 4, 2, 0}, order)
	})
}

// A slow reader slows the calls down: what waits for it is no more than what may run.
func TestBatchSeqWaitsForItsReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		started, read := 0, 0
		var mu sync.Mutex
		count := func(context.Context, int, ...l0.CallOption) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			started++
			return 0, nil
		}
		for range l0.BatchSeq(t.Context(), make([]int, 100), count, l0.BatchOptions{Concurrency: 3}) {
			<-time.NewTimer(time.Second).C
			mu.Lock()
			assert.LessOrEqual(t, started-read, 3)
			mu.Unlock()
			read++
		}
		assert.Equal(t, 100, read)
	})
}

func TestBatchSeqLeftEarly(t *testing.T) {
	t.Parallel()
	leave := map[string]func(read func(leave func())){
		"break": func(read func(func())) { read(func() {}) },
		"panic": func(read func(func())) {
			defer func() { _ = recover() }()
			read(func() { panic("in the loop") })
		},
		"goexit": func(read func(func())) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				read(runtime.Goexit)
			}()
			<-done
		},
	}
	for name, how := range leave {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				how(func(leave func()) {
					for range l0.BatchSeq(t.Context(), []int{2, 3600, 3600, 3600}, wait, l0.BatchOptions{Concurrency: 3}) {
						leave()
						break
					}
				})
				assert.Equal(t, 2*time.Second, time.Since(began), "what ran was cancelled and waited for")
			})
		})
	}
}

func TestBatchSeqFailFastDeliversEveryItem(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seq := l0.BatchSeq(t.Context(), []int{10, 1, 10, 10}, wait, l0.BatchOptions{Concurrency: 2, FailFast: true})
		for range 2 { // reading again calls again
			var list []l0.ItemState
			for it := range seq {
				list = append(list, it.State)
			}
			assert.Equal(t, []l0.ItemState{failed, cancelled, skipped, skipped}, list)
		}
	})
}

func TestBatchRefusesNonsense(t *testing.T) {
	t.Parallel()
	var report l0.Report
	for name, try := range map[string]func() (l0.Results[string], error){
		"nil function": func() (l0.Results[string], error) {
			return l0.Batch[int, string](t.Context(), []int{1}, nil, l0.BatchOptions{})
		},
		"concurrency": func() (l0.Results[string], error) {
			return l0.Batch(t.Context(), []int{1}, wait, l0.BatchOptions{Concurrency: -3})
		},
		"capture": func() (l0.Results[string], error) {
			return l0.Batch(t.Context(), []int{1}, wait, l0.BatchOptions{}, l0.CallOptions(nil, l0.Capture(&report)))
		},
	} {
		_, err := try()
		require.ErrorIs(t, err, l0.ErrNotConfigured, name)
	}
	items := slices.Collect(l0.BatchSeq(t.Context(), []int{1}, wait, l0.BatchOptions{Concurrency: -3}))
	require.Len(t, items, 1)
	assert.Equal(t, -1, items[0].Index)
	assert.ErrorIs(t, items[0].Err, l0.ErrNotConfigured)
}

func TestBatchStopsStreamsWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, greet := pricedBinding(t, l0test.Hang("H"), l0test.Hang("He"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r, err := l0.Batch(ctx, []string{"Ada", "Bob", "Cid"}, greet, l0.BatchOptions{Concurrency: 2})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, []l0.ItemState{cancelled, cancelled, skipped}, states(r))
		assert.Zero(t, p.OpenStreams())
	})
}

// job is one item of a random batch.
type job struct {
	d     time.Duration
	fails bool
	throw bool
}

func (j job) run(ctx context.Context) (time.Duration, error) {
	v, err := after(j.d, j.d, nil)(ctx)
	switch {
	case err != nil:
		return 0, err
	case j.throw:
		panic("random")
	case j.fails:
		return 0, errTask
	}
	return v, nil
}

// model says what must become of jobs, by playing them through: a free place takes the next
// job, and all ends at the first failure or at the cancellation.
func model(jobs []job, limit int, failFast bool, cancelAt time.Duration) (list []l0.ItemState, first int) {
	type span struct{ from, to time.Duration }
	free := make([]time.Duration, limit)
	spans := make([]span, len(jobs))
	stop, first := cancelAt, -1
	for i, j := range jobs {
		place := slices.Index(free, slices.Min(free))
		spans[i] = span{free[place], free[place] + j.d}
		free[place] = spans[i].to
		if (j.fails || j.throw) && failFast && spans[i].to < stop {
			stop, first = spans[i].to, i
		}
	}
	for i, s := range spans {
		switch {
		case s.from >= stop:
			list = append(list, skipped)
		case s.to > stop:
			list = append(list, cancelled)
		case jobs[i].fails || jobs[i].throw:
			list = append(list, failed)
		default:
			list = append(list, ok)
		}
	}
	return list, first
}

func TestBatchAgreesWithItsModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		jobs := make([]job, rnd.IntN(30))
		for i := range jobs { // times in nanoseconds, so that no two things happen at once
			jobs[i] = job{d: time.Duration(1 + rnd.Int64N(int64(time.Hour))), fails: rnd.IntN(12) == 0, throw: rnd.IntN(20) == 0}
		}
		limit, failFast := 1+rnd.IntN(8), rnd.IntN(2) == 0
		cancelAt := time.Duration(1<<63 - 1)
		if rnd.IntN(2) == 0 {
			cancelAt = time.Duration(1 + rnd.Int64N(int64(6*time.Hour)))
		}
		want, first := model(jobs, limit, failFast, cancelAt)
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), cancelAt)
			defer cancel()
			r, err := l0.Batch(ctx, jobs, func(ctx context.Context, j job, _ ...l0.CallOption) (time.Duration, error) {
				return j.run(ctx)
			}, l0.BatchOptions{Concurrency: limit, FailFast: failFast})
			require.Equal(t, want, states(r), "seed %d", seed)
			checkError(t, r, err, first)
		})
	}
}

// checkError compares the error of a batch with what became of its items.
func checkError(t *testing.T, r l0.Results[time.Duration], err error, first int) {
	t.Helper()
	s := r.Summary
	require.Equal(t, s.Total, s.OK+s.Failed+s.Cancelled+s.Skipped)
	require.Len(t, r.Values(), s.OK)
	for i, it := range r.Items {
		require.Equal(t, i, it.Index)
		require.Equal(t, it.State == ok, it.Err == nil)
		require.Equal(t, it.State == ok, it.Value == it.Duration && it.Value > 0)
	}
	if s.OK == s.Total {
		require.NoError(t, err)
		return
	}
	require.Error(t, err)
	if first >= 0 {
		e, found := errors.AsType[*l0.ItemError](err)
		require.True(t, found)
		require.Equal(t, first, e.Index)
	} else if s.Cancelled+s.Skipped > 0 {
		require.ErrorIs(t, err, context.DeadlineExceeded)
	}
}

// What was over in time counts as that, even if the reader looks only when time is up.
func TestBatchSeqReadLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		call := func(ctx context.Context, seconds int, _ ...l0.CallOption) (int, error) {
			var err error
			if seconds == 1 {
				err = errTask
			}
			return stubborn(time.Duration(seconds)*time.Second, seconds, err)(ctx)
		}
		for range 30 {
			var list []l0.ItemState
			for it := range l0.BatchSeq(t.Context(), []int{1, 2, 5}, call, l0.BatchOptions{FailFast: true}) {
				list = append(list, it.State)
				if it.Index == 1 {
					<-time.NewTimer(time.Minute).C
				}
			}
			require.Equal(t, []l0.ItemState{failed, ok, ok}, list)
		}
	})
}
