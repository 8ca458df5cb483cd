package wiretest

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

// soon is how fast the end of a call must show, and late how long a test waits before it
// gives up.
const (
	soon = 100 * time.Millisecond
	late = 10 * time.Second
)

// hang answers with pieces and then with nothing, until the connection ends. It tells when.
func hang(gone chan<- time.Time, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		Stream(pieces...)(w, r)
		<-r.Context().Done()
		gone <- time.Now()
	}
}

// within checks that something happened soon after begin.
func within(tb testing.TB, begin time.Time, happened <-chan time.Time, what string) {
	tb.Helper()
	timer := time.NewTimer(late)
	defer timer.Stop()
	select {
	case at := <-happened:
		assert.Less(tb, at.Sub(begin), soon, what)
	case <-timer.C:
		tb.Fatalf("%s: never", what)
	}
}

// readText reads until there is text. After the text that a test sends, nothing comes.
func readText(tb testing.TB, src l0.Source) {
	tb.Helper()
	for {
		c, err := src.Next()
		require.NoError(tb, err)
		if c.Text != "" {
			return
		}
	}
}

// endingEarly: a call that ends early ends at once, on both sides.
func (f Format) endingEarly(t *testing.T) { // not parallel: it measures time
	t.Run("cancelled while reading", func(t *testing.T) {
		gone := make(chan time.Time, 1)
		p, _ := f.provider(t, hang(gone, f.Start, f.Text("H")))
		cause := errors.New("the reason")
		ctx, cancel := context.WithCancelCause(t.Context())
		src := open(ctx, t, p, NewRequest())
		readText(t, src)
		returned := make(chan time.Time, 1)
		go func() {
			_, err := src.Next()
			returned <- time.Now()
			assert.Equal(t, cause, err)
		}()
		begin := time.Now()
		cancel(cause)
		within(t, begin, returned, "Next returns")
		within(t, begin, gone, "the server sees the end")
		require.NoError(t, src.Close())
	})
	t.Run("closed while reading", func(t *testing.T) {
		gone := make(chan time.Time, 1)
		p, _ := f.provider(t, hang(gone, f.Start, f.Text("H")))
		src := open(t.Context(), t, p, NewRequest())
		direct, ok := src.(l0.DirectSource)
		require.True(t, ok)
		assert.True(t, direct.UnblocksOnClose())
		readText(t, src)
		returned := make(chan time.Time, 1)
		go func() {
			_, err := src.Next()
			returned <- time.Now()
			assert.Error(t, err)
		}()
		begin := time.Now()
		var closers sync.WaitGroup
		for range 4 {
			closers.Go(func() { assert.NoError(t, src.Close()) })
		}
		within(t, begin, returned, "Next returns")
		within(t, begin, gone, "the server sees the end")
		closers.Wait()
		_, err := src.Next()
		assert.Error(t, err)
		assert.NoError(t, src.Close())
	})
	t.Run("cancelled before the headers", func(t *testing.T) {
		gone := make(chan time.Time, 1)
		got := make(chan struct{})
		p, _ := f.provider(t, func(_ http.ResponseWriter, r *http.Request) {
			close(got)
			<-r.Context().Done()
			gone <- time.Now()
		})
		ctx, cancel := context.WithCancel(t.Context())
		returned := make(chan time.Time, 1)
		go func() {
			_, err := p.Open(ctx, NewRequest())
			returned <- time.Now()
			assert.Equal(t, context.Canceled, err)
		}()
		<-got
		begin := time.Now()
		cancel()
		within(t, begin, returned, "Open returns")
		within(t, begin, gone, "the server sees the end")
	})
	t.Run("closed unread", func(t *testing.T) {
		gone := make(chan time.Time, 1)
		p, _ := f.provider(t, hang(gone, f.Start))
		src := open(t.Context(), t, p, NewRequest())
		begin := time.Now()
		require.NoError(t, src.Close())
		within(t, begin, gone, "the server sees the end")
	})
}

// connections: a connection is used again after a complete reply, and Open waits for the
// headers only.
func (f Format) connections(t *testing.T) {
	t.Run("used again", func(t *testing.T) {
		p, s := f.provider(t, Stream(f.Start, f.Text("Hi"), f.End))
		for range 5 {
			_, err := Call(t, p, NewRequest())
			require.NoError(t, err)
		}
		assert.EqualValues(t, 1, s.Connections.Load())
	})
	t.Run("kept open by the server", func(t *testing.T) {
		gone := make(chan time.Time, 1)
		p, _ := f.provider(t, hang(gone, f.Start, f.Text("Hi"), f.End, "data: [DONE]\n\n"))
		src := open(t.Context(), t, p, NewRequest())
		for {
			c, err := src.Next()
			require.NoError(t, err)
			if c.Finish != "" {
				break
			}
		}
		begin := time.Now()
		require.NoError(t, src.Close())
		assert.Less(t, time.Since(begin), soon)
		within(t, begin, gone, "the server sees the end")
	})
	t.Run("opened by the headers", func(t *testing.T) {
		release := make(chan struct{})
		p, _ := f.provider(t, func(w http.ResponseWriter, r *http.Request) {
			Stream("")(w, r)
			<-release
			Stream(f.Start, f.Text("Hi"), f.End)(w, r)
		})
		src := open(t.Context(), t, p, NewRequest()) // would hang otherwise
		close(release)
		r, err := Read(t, src)
		require.NoError(t, err)
		assert.Equal(t, "Hi", r.Text)
		require.NoError(t, src.Close())
	})
}
