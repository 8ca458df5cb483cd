package l0_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

func l0test1() l0test.Reply { return l0test.Text("1") }

func TestInterceptorsWrapTheWholeCall(t *testing.T) {
	t.Parallel()
	var order []string
	named := func(name string) l0.Interceptor {
		return func(ctx context.Context, call *l0.CallInfo, next func(context.Context) error) error {
			order = append(order, name+" before")
			assert.Empty(t, call.Text())
			err := next(ctx)
			assert.Equal(t, "Hello you", call.Text())
			assert.Len(t, call.Report().Attempts, 2)
			order = append(order, name+" after")
			return err
		}
	}
	p, r := playing(fail(io.ErrUnexpectedEOF, "Hel"), say("Hello", " you")), &recorder{}
	s := p.call(t, t.Context(), 1, l0.WithInterceptor(named("a"), nil, named("b")), quick(retry.Config{}), l0.WithObserver(r))
	for ev, err := range s.Events() {
		require.NoError(t, err)
		order = append(order, ev.Kind.String())
	}
	assert.Equal(t, []string{
		"a before", "b before", "token", "restart", "token", "token", "b after", "a after", "complete",
	}, order)
	checkInvariants(t, r)
}

func TestInterceptorsRefuse(t *testing.T) {
	t.Parallel()
	mine := errors.New("mine")
	pass := func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error { return next(ctx) }
	for name, c := range map[string]struct {
		interceptor l0.Interceptor
		is          error
		requests    int
		records     string
	}{
		"before": {func(context.Context, *l0.CallInfo, func(context.Context) error) error { return mine }, mine, 0, "SESSION_START ERROR"},
		"after": {func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
			return errors.Join(next(ctx), mine)
		}, mine, 1, "ERROR"},
		"no next": {func(context.Context, *l0.CallInfo, func(context.Context) error) error { return nil }, l0.ErrNotConfigured, 0, "ERROR"},
		"next twice": {func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
			_ = next(ctx)
			return next(ctx)
		}, l0.ErrNotConfigured, 1, "ERROR"},
		"panic": {func(context.Context, *l0.CallInfo, func(context.Context) error) error { panic("in it") }, l0.ErrPanic, 0, "ERROR"},
		"panic after": {func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
			_ = next(ctx)
			panic("in it")
		}, l0.ErrPanic, 1, "ERROR"},
		"own context": {func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
			ctx, cancel := context.WithCancelCause(ctx)
			cancel(mine)
			return next(ctx)
		}, mine, 0, "ERROR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, r := playing(say("x")), &recorder{}
			_, err := p.call(t, t.Context(), 2, l0.WithInterceptor(pass, c.interceptor), l0.WithObserver(r)).Result()
			require.ErrorIs(t, err, c.is)
			_, ok := errors.AsType[*l0.Error](err)
			assert.True(t, ok)
			assert.Len(t, p.requests, c.requests)
			assert.Contains(t, names(r), "ERROR")
			assert.NotContains(t, names(r), "COMPLETE")
			assert.Zero(t, p.open)
		})
	}
}

// A failure is not made a success: there would be no value.
func TestInterceptorCannotHideAFailure(t *testing.T) {
	t.Parallel()
	hide := func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
		_ = next(ctx)
		return nil
	}
	_, err := playing(fail(io.ErrUnexpectedEOF)).call(t, t.Context(), 1, noRetry(), l0.WithInterceptor(hide)).Result()
	require.ErrorIs(t, err, l0.ErrIncomplete)
}

// A panic of the consumer's loop is the consumer's own.
func TestPanicOfTheLoopPassesInterceptors(t *testing.T) {
	t.Parallel()
	pass := func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error { return next(ctx) }
	s := playing(silent("x")).call(t, t.Context(), 1, l0.WithInterceptor(pass, pass))
	assert.PanicsWithValue(t, "mine", func() {
		for range s.Text() {
			panic("mine")
		}
	})
}

func TestReadyInterceptors(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var took time.Duration
	r := &recorder{}
	synctest.Test(t, func(t *testing.T) {
		p := playing(play{opening: time.Second, steps: say("secret").steps}, fail(io.ErrUnexpectedEOF))
		opts := []l0.CallOption{l0.WithInterceptor(
			l0.LogCalls(slog.New(slog.NewJSONHandler(&log, nil))),
			l0.TimeCalls(func(_ context.Context, call *l0.CallInfo, d time.Duration, err error) { took = d }),
			l0.AddValues(func(_ context.Context, call *l0.CallInfo) map[string]any { return map[string]any{"of": call.Function} }),
		), l0.WithObserver(r), noRetry()}
		_, err := p.call(t, t.Context(), 1, opts...).Result()
		require.NoError(t, err)
		assert.Equal(t, time.Second, took)
		_, err = p.call(t, t.Context(), 1, opts...).Result()
		e, _ := errors.AsType[*l0.Error](err)
		assert.Equal(t, map[string]any{"of": "Echo"}, e.Context)
	})
	assert.Equal(t, map[string]any{"of": "Echo"}, r.records[1].Context)
	assert.Contains(t, log.String(), `"level":"INFO","msg":"l0 call"`)
	assert.Contains(t, log.String(), `"level":"ERROR","msg":"l0 call failed"`)
	assert.NotContains(t, log.String(), "secret")
}

func TestLimitConcurrency(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limit := l0.WithInterceptor(l0.LimitConcurrency(2))
		p := playing()
		for range 6 {
			p.plays = append(p.plays, play{opening: time.Second, steps: say("x").steps})
		}
		begin := time.Now()
		var wg sync.WaitGroup
		for range 6 {
			s := p.call(t, t.Context(), 1, limit)
			wg.Go(func() {
				_, err := s.Result()
				assert.NoError(t, err)
			})
		}
		wg.Wait()
		assert.Equal(t, 3*time.Second, time.Since(begin))

		p.plays = []play{silent("x"), silent("x")}
		ctx, cancel := context.WithCancel(t.Context())
		for range 2 {
			s := p.call(t, ctx, 1, limit)
			wg.Go(func() { _, _ = s.Result() })
		}
		synctest.Wait()
		_, err := p.call(t, t.Context(), 1, limit, timeouts(l0.Timeouts{Total: time.Second})).Result()
		require.ErrorIs(t, err, l0.ErrTimeout, "waiting counts")
		cancel()
		wg.Wait()
	})
}

func TestValues(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	tags := []any{"a"}
	values := map[string]any{"user": 7, "tags": tags, "context": "mine"}
	ctx := l0.ContextWithValues(l0.ContextWithValues(t.Context(), map[string]any{"user": 1, "request": "r-1"}), map[string]any{"tenant": "t"})
	p := playing(fail(io.ErrUnexpectedEOF))
	s := p.call(t, ctx, 1, l0.WithValues(values), l0.WithValues(map[string]any{"more": true}), l0.WithObserver(r), noRetry())
	for range s.Events() {
		tags[0], values["user"] = "changed", 8
	}
	want := map[string]any{"user": 7, "tags": []any{"a"}, "context": "mine", "request": "r-1", "tenant": "t", "more": true}
	want["user"] = r.records[0].Context["user"]
	for _, rec := range r.records {
		assert.Equal(t, want, rec.Context)
	}
	_, err := s.Result()
	e, _ := errors.AsType[*l0.Error](err)
	assert.Equal(t, want, e.Context)
	data, err := json.Marshal(e)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"tenant":"t"`)
	endless := map[string]any{}
	endless["self"] = endless
	_, err = playing(say("x")).call(t, t.Context(), 1, l0.WithValues(endless)).Result()
	require.NoError(t, err)
}

func TestObserversCannotHarm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var seen atomic.Int32
		bad := l0.ObserverFunc(func(l0.Record) { seen.Add(1); panic("in the observer") })
		slow := l0.ObserverFunc(func(l0.Record) { pass(time.Minute) })
		begin := time.Now()
		s := playing(say("a", "b")).call(t, t.Context(), 1, l0.WithObserver(bad), l0.WithObserver(slow), l0.WithObserver(nil))
		for _, err := range s.Text() {
			require.NoError(t, err)
			assert.Zero(t, time.Since(begin), "the stream does not wait for observers")
		}
		assert.LessOrEqual(t, time.Since(begin), time.Second, "nor does its end for ever")
		pass(time.Hour)
		assert.EqualValues(t, 9, seen.Load(), "all the records came")
	})
}

func ExampleWithObserver() {
	observer := l0.ObserverFunc(func(r l0.Record) {
		if retried, ok := r.Detail.(record.RetryAttempt); ok {
			fmt.Println("retry", retried.Attempt, "because of", retried.Reason)
		}
	})
	provider := playing(fail(io.ErrUnexpectedEOF, "Hel"), say("Hello"))
	open := func(ctx context.Context) (l0.Source, error) { return provider.Open(ctx, nil) }
	text, err := l0.Run(context.Background(), open, l0.WithObserver(observer), quick(retry.Config{})).Result()
	fmt.Println(text, err)
	// Output:
	// retry 1 because of incomplete
	// Hello <nil>
}

func ExampleInterceptor() {
	polite := func(ctx context.Context, call *l0.CallInfo, next func(context.Context) error) error {
		if err := next(ctx); err != nil {
			return err
		}
		if !bytes.Contains([]byte(call.Text()), []byte("please")) {
			return errors.New("not polite")
		}
		return nil
	}
	provider := playing(say("Go away."))
	open := func(ctx context.Context) (l0.Source, error) { return provider.Open(ctx, nil) }
	_, err := l0.Run(context.Background(), open, l0.WithInterceptor(polite)).Result()
	fmt.Println(errors.Is(err, l0.ErrRefused), errors.Unwrap(err))
	// Output: true not polite
}

// An interceptor that has something to say about a consumer who left says it to Result only.
func TestInterceptorAfterABreak(t *testing.T) {
	t.Parallel()
	mine := errors.New("mine")
	var seen error
	i := l0.WithInterceptor(func(ctx context.Context, _ *l0.CallInfo, next func(context.Context) error) error {
		seen = next(ctx)
		return mine
	})
	s := playing(silent("x")).call(t, t.Context(), 2, i)
	for range s.Text() {
		break
	}
	require.ErrorIs(t, seen, l0.ErrAbandoned)
	_, err := s.Result()
	require.ErrorIs(t, err, mine)
}

func TestPanicOfTheLoopIsRecorded(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	s := playing(silent("x")).call(t, t.Context(), 2, l0.WithObserver(r))
	assert.Panics(t, func() {
		for range s.Text() {
			panic("mine")
		}
	})
	assert.Equal(t, []string{"ABORT_REQUESTED", "ABORT_COMPLETED", "ERROR"}, names(r)[5:])
	s = playing(say("x")).call(t, t.Context(), 2)
	assert.Panics(t, func() {
		for ev := range s.Events() {
			if ev.Kind == l0.EventComplete {
				panic("mine")
			}
		}
	})
	text, err := s.Result()
	require.NoError(t, err, "it had been complete")
	assert.Equal(t, "x", text)
}
