package l0

import (
	"context"
	"fmt"
	"time"

	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

// RetryInfo is what the hooks around a retry see.
type RetryInfo struct {
	// Err is the failure.
	Err *Error
	// Category and Reason say what kind it is.
	Category Category
	Reason   retry.Reason
	// Attempt is how many retries of this kind the model has had, from 0.
	Attempt int
	// Total is how many retries of every kind the call has had.
	Total int
	// Counts reports whether the retry uses up the policy's attempts.
	Counts bool
	// Delay is the wait that the policy asks for.
	Delay time.Duration
	// Checkpoint is the text that a retry could go on from, with continuation on.
	Checkpoint string
}

// WithRetryVeto has f asked before each retry that the policy allows. If it returns false, or
// panics, there is no retry, and the next model has its turn. It cannot allow what the policy
// forbids. The call does not wait for f when it is cancelled meanwhile.
func WithRetryVeto(f func(ctx context.Context, info RetryInfo) bool) Option {
	return bothOption{func(c *callConfig) { c.veto = f }}
}

// WithRetryDelay has f set the wait before each retry. Its result is brought into the range
// from 0 to the policy's NetworkMaxDelay, and is not less than what the server asked for; if
// f panics, the policy's own delay holds.
func WithRetryDelay(f func(ctx context.Context, info RetryInfo) time.Duration) Option {
	return bothOption{func(c *callConfig) { c.delay = f }}
}

// WithRandom sets the source of the random part of delays: f returns numbers in [0, 1). It
// must be safe for concurrent use. Nil is math/rand/v2.
func WithRandom(f func() float64) Option {
	return bothOption{func(c *callConfig) { c.random = f }}
}

// askHooks lets the caller's hooks narrow a decision to retry.
func (s *session) askHooks(ctx context.Context, e *Error, d retry.Decision) retry.Decision {
	if !d.Retry || s.config.veto == nil && s.config.delay == nil {
		return d
	}
	info := RetryInfo{
		Err: e, Category: e.Category, Reason: d.Reason, Attempt: d.N, Total: s.budget.Total(), Counts: d.Counts,
		Delay: d.Delay, Checkpoint: s.reply.checkpoint(),
	}
	if s.config.veto != nil && !s.askVeto(ctx, info) {
		d.Retry, d.Delay, d.Rule = false, 0, ruleVeto
		return d
	}
	if s.config.delay != nil && ctx.Err() == nil {
		delay, err := callHook(ctx, func(ctx context.Context) time.Duration { return s.config.delay(ctx, info) })
		if err == nil {
			d.Delay = max(min(max(delay, 0), s.policy.Retry.NetworkMaxDelay), e.RetryAfter)
			d = s.fits(ctx, d)
		}
	}
	return d
}

// askVeto reports whether the caller's hook lets the retry happen.
func (s *session) askVeto(ctx context.Context, info RetryInfo) bool {
	start := time.Now()
	category := string(info.Category)
	note(s, record.RetryFnStart{Attempt: info.Attempt, Category: category, DefaultShouldRetry: true})
	ok, err := callHook(ctx, func(ctx context.Context) bool { return s.config.veto(ctx, info) })
	took := time.Since(start).Milliseconds()
	if err != nil {
		note(s, record.RetryFnError{Attempt: info.Attempt, Category: category, Error: err.Error(), DurationMs: took})
		return false
	}
	note(s, record.RetryFnResult{Attempt: info.Attempt, Category: category, UserResult: ok, FinalShouldRetry: ok, DurationMs: took})
	return ok
}

// callHook calls a hook of the caller, and does not wait for it longer than ctx lasts.
func callHook[R any](ctx context.Context, hook func(context.Context) R) (R, error) {
	type result struct {
		value R
		err   error
	}
	results := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = panicked(p, "the retry hook")
			}
			results <- r
		}()
		r.value = hook(ctx)
	}()
	select {
	case r := <-results:
		return r.value, r.err
	case <-ctx.Done():
		var zero R
		return zero, fmt.Errorf("the call ended during the hook: %w", context.Cause(ctx))
	}
}
