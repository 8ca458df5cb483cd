package l0_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func TestRaceFirstValueWins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var failures []int
		w, err := l0.Race(t.Context(), []l0.Task[string]{
			after(3*time.Second, "slow", nil),
			after(time.Second, "", errTask),
			after(2*time.Second, "quick", nil),
			after(time.Hour, "slowest", nil),
		}, l0.RaceOptions{OnFailure: func(i int, err error) {
			failures = append(failures, i)
			assert.ErrorIs(t, err, errTask)
			panic("in the callback")
		}})
		require.NoError(t, err)
		assert.Equal(t, 2, w.Index)
		assert.Equal(t, "quick", w.Value)
		assert.Equal(t, []l0.ItemState{cancelled, failed, ok, cancelled}, states(w.Results))
		assert.Equal(t, []int{1}, failures, "a loser is no failure")
		assert.Equal(t, 2*time.Second, w.Results.Summary.Duration)
		require.ErrorIs(t, w.Results.Summary.CallbackErr, l0.ErrPanic)
	})
}

func TestRaceTieGoesToTheLowerIndex(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for range 100 {
			w, err := l0.Race(t.Context(), []l0.Task[int]{
				stubborn(2*time.Second, 0, nil), stubborn(time.Second, 1, nil), stubborn(time.Second, 2, nil),
			}, l0.RaceOptions{})
			require.NoError(t, err)
			assert.Equal(t, 1, w.Index)
			assert.Equal(t, 1, w.Value)
		}
	})
}

// The losers have returned when the race has: what they clean up is cleaned up.
func TestRaceWaitsForLosers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cleaned := false
		w, err := l0.Race(t.Context(), []l0.Task[int]{
			after(time.Second, 1, nil),
			func(ctx context.Context, _ ...l0.CallOption) (int, error) {
				<-ctx.Done()
				<-time.NewTimer(time.Second).C
				cleaned = true
				return 0, context.Cause(ctx)
			},
		}, l0.RaceOptions{})
		require.NoError(t, err)
		assert.Equal(t, 1, w.Value)
		assert.True(t, cleaned)
		assert.Equal(t, cancelled, w.Results.Items[1].State)
		assert.Equal(t, 2*time.Second, w.Results.Summary.Duration)
	})
}

func TestRaceLeavesAStubbornLoserBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, err := l0.Race(t.Context(), []l0.Task[int]{after(time.Second, 1, nil), stubborn(time.Hour, 2, nil)},
			l0.RaceOptions{Grace: time.Second})
		require.NoError(t, err)
		assert.Equal(t, 1, w.Value)
		assert.Equal(t, 2*time.Second, w.Results.Summary.Duration)
		assert.ErrorContains(t, w.Results.Items[1].Err, "still runs 1s after")
		<-time.NewTimer(time.Hour).C
	})
}

func TestRaceAllFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		other := errors.New("another reason")
		w, err := l0.Race(t.Context(), []l0.Task[int]{
			after(time.Second, 0, errTask), after(3*time.Second, 0, &l0.Error{Code: l0.CodeZeroOutput}), after(2*time.Second, 0, other),
		}, l0.RaceOptions{})
		for _, want := range []error{l0.ErrExhausted, l0.ErrZeroOutput, errTask, other} {
			require.ErrorIs(t, err, want)
		}
		first, found := errors.AsType[*l0.ItemError](err)
		require.True(t, found)
		assert.Equal(t, 1, first.Index, "the last failure is the first cause")
		assert.ErrorContains(t, err, "l0: the race has no winner: 3 of 3 items failed: item 1: ")
		assert.Equal(t, -1, w.Index)
		assert.Equal(t, []l0.ItemState{failed, failed, failed}, states(w.Results))
	})
}

func TestRaceContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		w, err := l0.Race(ctx, []l0.Task[int]{after(time.Hour, 1, nil), after(time.Second, 0, errTask)}, l0.RaceOptions{})
		for _, want := range []error{l0.ErrAborted, context.DeadlineExceeded, errTask} {
			require.ErrorIs(t, err, want)
		}
		require.NotErrorIs(t, err, l0.ErrExhausted)
		assert.Equal(t, -1, w.Index)
		assert.Equal(t, []l0.ItemState{cancelled, failed}, states(w.Results))
	})
}

func TestRaceRefusesNonsense(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		tasks []l0.Task[int]
		opts  l0.RaceOptions
		says  string
	}{
		"nobody": {nil, l0.RaceOptions{}, "there is no task to race"},
		"nil":    {[]l0.Task[int]{nil}, l0.RaceOptions{}, "task 0 is nil"},
		"grace":  {[]l0.Task[int]{after(0, 1, nil)}, l0.RaceOptions{Grace: -2}, "Grace is -2ns"},
	} {
		w, err := l0.Race(t.Context(), tt.tasks, tt.opts)
		require.ErrorIs(t, err, l0.ErrNotConfigured, name)
		require.ErrorContains(t, err, tt.says)
		assert.Equal(t, -1, w.Index)
	}
}

// A call that loses has its stream closed before the race is over, and what it cost is known.
func TestRaceStopsTheStreamsOfLosers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, greet := pricedBinding(t, l0test.Hang("Hello, d"))
		w, err := l0.Race(t.Context(), []l0.Task[string]{l0.TaskOf(greet, "Ada"), after(time.Second, "Hi", nil)}, l0.RaceOptions{})
		require.NoError(t, err)
		assert.Equal(t, "Hi", w.Value)
		assert.Zero(t, p.OpenStreams())
		assert.Equal(t, []l0.ItemState{cancelled, ok}, states(w.Results))
		require.ErrorIs(t, w.Results.Items[0].Err, l0.ErrAborted)
		assert.Equal(t, 1, w.Results.Summary.Unsuccessful.Attempts)
		assert.Positive(t, w.Results.Summary.Unsuccessful.Tokens)
	})
}
