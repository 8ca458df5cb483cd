package retry_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/retry"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestDefaults(t *testing.T) {
	t.Parallel()
	d := retry.Defaults()
	assert.Equal(t, 3, d.Attempts)
	assert.Equal(t, 6, d.MaxRetries)
	assert.Equal(t, retry.FixedJitter, d.Backoff)
	assert.Equal(t, []time.Duration{time.Second, 10 * time.Second, 30 * time.Second}, []time.Duration{d.BaseDelay, d.MaxDelay, d.NetworkMaxDelay})
	assert.Len(t, d.RetryOn, 8)
	assert.Len(t, retry.Reasons(), 9)
	for _, r := range retry.Reasons() {
		assert.True(t, r.Valid())
	}
	assert.False(t, retry.Reason("").Valid())
	assert.Equal(t, d, retry.Config{}.Resolve())
	assert.Equal(t, d, d.Resolve())

	delays := retry.DefaultErrorDelays()
	for kind, ms := range map[retry.ErrorType]int{
		"connection_dropped": 1000, "fetch_error": 500, "econnreset": 1000, "econnrefused": 2000, "sse_aborted": 500, "no_bytes": 500,
		"partial_chunks": 500, "runtime_killed": 2000, "background_throttle": 5000, "dns_error": 3000, "ssl_error": 0, "timeout": 1000, "unknown": 1000,
	} {
		assert.Equal(t, time.Duration(ms)*time.Millisecond, delays.Of(kind), kind)
	}
	assert.Len(t, retry.ErrorTypes(), 13)
	assert.Equal(t, time.Second, delays.Of("no such kind"))
}

func TestPresets(t *testing.T) {
	t.Parallel()
	type row struct {
		attempts, retries int
		strategy          retry.Strategy
	}
	for preset, want := range map[retry.Preset]row{
		retry.Minimal:           {2, 4, retry.Linear},
		retry.Recommended:       {3, 6, retry.FixedJitter},
		retry.Strict:            {3, 6, retry.FullJitter},
		retry.ExponentialPreset: {4, 8, retry.Exponential},
		retry.NoRetries:         {retry.None, retry.None, retry.FixedJitter},
		"no such preset":        {3, 6, retry.FixedJitter},
	} {
		c := retry.Config{Preset: preset}.Resolve()
		assert.Equal(t, want, row{c.Attempts, c.MaxRetries, c.Backoff}, preset)
		assert.Equal(t, c, c.Resolve())
		assert.Equal(t, preset != "no such preset", preset.Valid())
	}
	assert.Len(t, retry.Presets(), 5)

	c := retry.Config{
		Preset: retry.Strict, Attempts: 5, RetryOn: []retry.Reason{}, ErrorTypeDelays: retry.ErrorDelays{DNSError: retry.NoDelay, Timeout: 7},
	}.Resolve()
	assert.Equal(t, 5, c.Attempts)
	assert.Equal(t, 6, c.MaxRetries)
	assert.NotNil(t, c.RetryOn)
	assert.Empty(t, c.RetryOn)
	assert.Zero(t, c.BackoffFor(retry.DNSError).Delay(0, nil), "no delay")
	assert.EqualValues(t, 7, c.BackoffFor(retry.TimeoutError).Base)
	assert.Equal(t, time.Second, c.BackoffFor(retry.ECONNRESET).Base)
	assert.Equal(t, time.Second, c.BackoffFor("").Base)
}

func TestMerge(t *testing.T) {
	t.Parallel()
	low := retry.Config{Attempts: 1, BaseDelay: time.Minute}
	assert.Equal(t, retry.Config{Attempts: 2, BaseDelay: time.Minute}, low.Merge(retry.Config{Attempts: 2}))
	assert.Equal(t, retry.Config{Preset: retry.Strict}, low.Merge(retry.Config{Preset: retry.Strict}), "a preset starts anew")
	assert.Equal(t, retry.Config{Attempts: 1, BaseDelay: time.Minute}, low, "nothing is written to")
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	const s = time.Second
	random := func(v float64) func() float64 { return func() float64 { return v } }
	for name, c := range map[string]struct {
		b    retry.Backoff
		r    float64
		want [5]time.Duration // for n = 0, 1, 2, 3, 1000
	}{
		"fixed":             {retry.Backoff{retry.Fixed, s, 10 * s}, 0.5, [5]time.Duration{s, s, s, s, s}},
		"fixed, capped":     {retry.Backoff{retry.Fixed, 20 * s, 10 * s}, 0.5, [5]time.Duration{10 * s, 10 * s, 10 * s, 10 * s, 10 * s}},
		"linear":            {retry.Backoff{retry.Linear, s, 3 * s}, 0.5, [5]time.Duration{s, 2 * s, 3 * s, 3 * s, 3 * s}},
		"exponential":       {retry.Backoff{retry.Exponential, s, 6 * s}, 0.5, [5]time.Duration{s, 2 * s, 4 * s, 6 * s, 6 * s}},
		"no cap":            {retry.Backoff{retry.Exponential, s, 0}, 0.5, [5]time.Duration{s, 2 * s, 4 * s, 8 * s, math.MaxInt64}},
		"full, low":         {retry.Backoff{retry.FullJitter, s, 6 * s}, 0, [5]time.Duration{}},
		"full, half":        {retry.Backoff{retry.FullJitter, s, 6 * s}, 0.5, [5]time.Duration{s / 2, s, 2 * s, 3 * s, 3 * s}},
		"jitter, low":       {retry.Backoff{retry.FixedJitter, s, 10 * s}, 0, [5]time.Duration{s, s, s, s, s}},
		"jitter, half":      {retry.Backoff{"", s, 10 * s}, 0.5, [5]time.Duration{s * 5 / 4, s * 5 / 4, s * 5 / 4, s * 5 / 4, s * 5 / 4}},
		"jitter, capped":    {retry.Backoff{retry.FixedJitter, s, s * 11 / 10}, 0.5, [5]time.Duration{s * 11 / 10, s * 11 / 10, s * 11 / 10, s * 11 / 10, s * 11 / 10}},
		"nothing":           {retry.Backoff{retry.Exponential, 0, s}, 0.5, [5]time.Duration{}},
		"negative":          {retry.Backoff{retry.Linear, -s, s}, 0.5, [5]time.Duration{}},
		"bad random number": {retry.Backoff{retry.FullJitter, s, s}, math.NaN(), [5]time.Duration{}},
	} {
		for i, n := range []int{0, 1, 2, 3, 1000} {
			assert.Equal(t, c.want[i], c.b.Delay(n, random(c.r)), "%s, retry %d", name, n)
		}
		assert.Equal(t, c.want[0], c.b.Delay(-5, random(c.r)), "%s, before the first", name)
	}
	d := retry.Backoff{Base: s, Cap: 10 * s}
	assert.Equal(t, s, d.Decorrelated(0, random(0)))
	assert.Equal(t, 2*s, d.Decorrelated(0, random(0.5)))
	assert.Equal(t, 10*s, d.Decorrelated(time.Hour, random(0.9)))
	assert.Zero(t, retry.Backoff{}.Decorrelated(s, nil))
	assert.Equal(t, 4*s, retry.Suggest(retry.ECONNREFUSED, 1))
	assert.Equal(t, 30*s, retry.Suggest(retry.ECONNREFUSED, 99))
	assert.Zero(t, retry.Suggest(retry.SSLError, 3))
	for _, s := range retry.Strategies() {
		assert.True(t, s.Valid())
	}
	assert.False(t, retry.Strategy("").Valid())
}

func FuzzBackoff(f *testing.F) {
	f.Add(int64(time.Second), int64(time.Minute), 3, 0.5)
	f.Fuzz(func(t *testing.T, base, limit int64, n int, share float64) {
		for _, s := range append(retry.Strategies(), "") {
			b := retry.Backoff{Strategy: s, Base: time.Duration(base), Cap: time.Duration(limit)}
			for _, d := range []time.Duration{b.Delay(n, func() float64 { return share }), b.Decorrelated(time.Duration(n), func() float64 { return share })} {
				if d < 0 || limit > 0 && d > time.Duration(limit) {
					t.Fatalf("%+v, retry %d: %d", b, n, d)
				}
			}
		}
	})
}
