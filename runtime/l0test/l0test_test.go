package l0test_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestProvider(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p", l0test.Text("one two"))
	p.Add(l0test.Refuse(io.ErrClosedPipe))
	assert.NotNil(t, l0.NewClient(p))
	src, err := p.Open(t.Context(), &l0.Request{Attempt: 7})
	require.NoError(t, err)
	assert.Equal(t, 1, p.OpenStreams())
	var text strings.Builder
	for {
		c, err := src.Next()
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		text.WriteString(c.Text)
	}
	assert.Equal(t, "one two", text.String())
	require.NoError(t, src.Close())
	require.NoError(t, src.Close())
	assert.Zero(t, p.OpenStreams())
	_, err = src.Next()
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "closed")

	_, err = p.Open(t.Context(), &l0.Request{})
	require.ErrorIs(t, err, io.ErrClosedPipe)
	_, err = p.Open(t.Context(), &l0.Request{})
	require.ErrorContains(t, err, "request 3")
	assert.Equal(t, 7, p.Requests()[0].Attempt)
	assert.Len(t, p.Requests(), 3)
}

func TestHangEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := l0test.NewProvider("p", l0test.Hang("x"))
	src, err := p.Open(ctx, &l0.Request{})
	require.NoError(t, err)
	_, err = src.Next()
	require.NoError(t, err)
	cancel()
	_, err = src.Next()
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, src.Close())
}

func TestProviderIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("p")
	var wg sync.WaitGroup
	for range 50 {
		p.Add(l0test.Text("a b"))
		wg.Go(func() {
			text, err := l0.Run(t.Context(), func(ctx context.Context) (l0.Source, error) { return p.Open(ctx, &l0.Request{}) }).Result()
			assert.NoError(t, err)
			assert.Equal(t, "a b", text)
		})
	}
	wg.Wait()
	assert.Len(t, p.Requests(), 50)
}

// good keeps the rules: three values, then maybe an error, once.
func good(fails bool) (iter.Seq2[int, error], func() bool) {
	used, open := false, false
	return func(yield func(int, error) bool) {
		if used {
			yield(0, l0.ErrStreamUsed)
			return
		}
		used, open = true, true
		defer func() { open = false }()
		for i := range 3 {
			if !yield(i, nil) {
				return
			}
		}
		if fails {
			yield(0, errors.New("at the end"))
		}
	}, func() bool { return !open }
}

func TestTestIterator(t *testing.T) {
	t.Parallel()
	l0test.TestIterator(t, func() (iter.Seq2[int, error], func() bool) { return good(false) })
	l0test.TestIterator(t, func() (iter.Seq2[int, error], func() bool) { return good(true) })
}
