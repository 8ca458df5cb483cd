package l0

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/semaphore"
)

// LogCalls logs the end of each call, one line a call: success at level Info, failure at
// level Error. Unlike [WithLogger] it says nothing about the steps between. A nil logger is
// slog.Default().
func LogCalls(logger *slog.Logger) Interceptor {
	return func(ctx context.Context, call *CallInfo, next func(context.Context) error) error {
		err := next(ctx)
		to := logger
		if to == nil {
			to = slog.Default()
		}
		report := call.Report()
		attrs := []slog.Attr{
			slog.String(logStreamID, report.StreamID),
			slog.String(logFunction, call.Function),
			slog.Int(logVersion, call.Version),
			slog.Int("attempts", len(report.Attempts)),
			slog.Int("bytes", len(call.Text())),
			slog.Int64("duration_ms", time.Since(report.Start).Milliseconds()),
		}
		if err != nil {
			to.LogAttrs(ctx, slog.LevelError, "l0 call failed", append(attrs, slog.String("error", safeText(err)))...)
			return err
		}
		to.LogAttrs(ctx, slog.LevelInfo, "l0 call", attrs...)
		return nil
	}
}

// TimeCalls has f told how long each call took, and how it ended. f must be safe for
// concurrent use.
func TimeCalls(f func(ctx context.Context, call *CallInfo, took time.Duration, err error)) Interceptor {
	return func(ctx context.Context, call *CallInfo, next func(context.Context) error) error {
		start := time.Now()
		err := next(ctx)
		f(ctx, call, time.Since(start), err)
		return err
	}
}

// AddValues attaches the values that f makes to each call, see [WithValues].
func AddValues(f func(ctx context.Context, call *CallInfo) map[string]any) Interceptor {
	return func(ctx context.Context, call *CallInfo, next func(context.Context) error) error {
		for key, value := range f(ctx, call) {
			call.SetValue(key, value)
		}
		return next(ctx)
	}
}

// LimitConcurrency lets at most n calls run at the same time; the others wait, first come
// first served, as long as their contexts last. The waiting counts towards the total timeout of
// a call. One interceptor has one limit: share it between clients to share the limit. n below
// 1 is 1.
func LimitConcurrency(n int) Interceptor {
	slots := semaphore.NewWeighted(int64(max(n, 1)))
	return func(ctx context.Context, _ *CallInfo, next func(context.Context) error) error {
		if err := slots.Acquire(ctx, 1); err != nil {
			return err
		}
		defer slots.Release(1)
		return next(ctx)
	}
}

// safeText returns a text of err that quotes no prompt and no reply.
func safeText(err error) string {
	if own, ok := err.(*Error); ok { //nolint:errorlint // what wraps it may quote anything
		return own.Error()
	}
	return "the call failed"
}
