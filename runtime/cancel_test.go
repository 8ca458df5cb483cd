package l0_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func TestCancelEndsTheCall(t *testing.T) {
	t.Parallel()
	for name, pumped := range map[string]bool{"direct": false, "pumped": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				reply := l0test.Hang("one two")
				reply.Pumped = pumped
				p := l0test.NewProvider("p", reply)
				ctx, cancel := context.WithCancelCause(t.Context())
				why := errors.New("the user left")
				time.AfterFunc(8*time.Second, func() { cancel(why) })
				start := time.Now()
				_, err := l0.Call(ctx, bind(t, p), textFunction(), "in").Result()
				assert.Equal(t, 8*time.Second, time.Since(start), "at once")
				require.ErrorIs(t, err, l0.ErrAborted)
				require.ErrorIs(t, err, context.Canceled)
				require.ErrorIs(t, err, why)
				e, _ := errors.AsType[*l0.Error](err)
				assert.Equal(t, l0.CodeStreamAborted, e.Code)
				assert.Equal(t, "one two", e.Partial)
				assert.Zero(t, p.OpenStreams())
			})
		})
	}
}

func TestDeadlineOfTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := l0.Call(ctx, bind(t, l0test.NewProvider("p", l0test.Hang("x"))), textFunction(), "in").Result()
		require.ErrorIs(t, err, l0.ErrAborted)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestCancelledBefore(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := l0test.NewProvider("p", l0test.Text("x"))
	_, err := l0.Call(ctx, bind(t, p), textFunction(), "in").Result()
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, p.Requests(), "no request is made")
}

func TestCancelBetweenTokens(t *testing.T) {
	t.Parallel()
	both(t, l0test.Text("one two three"), func(t *testing.T, p *l0test.Provider) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var texts []string
		var last error
		for text, err := range l0.Call(ctx, bind(t, p), textFunction(), "in").Text() {
			if err == nil {
				texts = append(texts, text)
			}
			last = err
			cancel()
		}
		require.ErrorIs(t, last, context.Canceled)
		assert.Equal(t, []string{"one"}, texts, "nothing comes after the cancellation")
	})
}

// pass lets time go by, on the clock of the bubble.
func pass(d time.Duration) { <-time.NewTimer(d).C }

// deaf is a source that takes no notice of its context nor of Close, for a while.
type deaf struct{ waits, closes time.Duration }

func (d deaf) Next() (l0.Chunk, error) {
	pass(d.waits)
	return l0.Chunk{}, io.EOF
}

func (d deaf) Close() error {
	pass(d.closes)
	return nil
}

func TestDeafSources(t *testing.T) {
	t.Parallel()
	run := func(t *testing.T, open func() l0.Source) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			start := time.Now()
			_, err := l0.Run(ctx, func(context.Context) (l0.Source, error) { return open(), nil }).Result()
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.LessOrEqual(t, time.Since(start), 1100*time.Millisecond)
			pass(time.Hour) // synctest fails if a goroutine is left behind then
		})
	}
	t.Run("open", func(t *testing.T) {
		t.Parallel()
		run(t, func() l0.Source { pass(time.Minute); return deaf{} })
	})
	t.Run("next", func(t *testing.T) { t.Parallel(); run(t, func() l0.Source { return deaf{waits: time.Minute} }) })
	t.Run("close", func(t *testing.T) {
		t.Parallel()
		run(t, func() l0.Source { return deaf{waits: time.Minute, closes: time.Minute} })
	})
}

// late is closed when it arrives after the call has ended.
func TestLateSourceIsClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := l0test.NewProvider("p", l0test.Hang(""))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := l0.Run(ctx, func(ctx context.Context) (l0.Source, error) {
			pass(time.Minute)
			return p.Open(ctx, &l0.Request{})
		}).Result()
		require.ErrorIs(t, err, l0.ErrAborted)
		pass(2 * time.Minute)
		assert.Len(t, p.Requests(), 1)
		assert.Zero(t, p.OpenStreams())
	})
}

func TestFakeIsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		st := l0.StreamOf(ctx, "F", func(ctx context.Context, _ int, _ ...l0.CallOption) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		}, 1)
		_, err := st.Result()
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}
