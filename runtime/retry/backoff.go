package retry

import (
	"math"
	"math/rand/v2"
	"time"
)

// Strategy is how the delay grows from one retry to the next.
type Strategy string

// The strategies. n counts the retries of a class from 0; U(a, b) is a random number between a and b.
const (
	FixedJitter Strategy = "fixed_jitter" // min(base + U(0, base/2), cap)
	Exponential Strategy = "exponential"  // min(base * 2^n, cap)
	FullJitter  Strategy = "full_jitter"  // U(0, min(base * 2^n, cap))
	Linear      Strategy = "linear"       // min(base * (n+1), cap)
	Fixed       Strategy = "fixed"        // min(base, cap)
)

// Strategies returns all strategies.
func Strategies() []Strategy {
	return []Strategy{FixedJitter, Exponential, FullJitter, Linear, Fixed}
}

// Valid reports whether s is a strategy; the empty string is not one.
func (s Strategy) Valid() bool {
	switch s {
	case FixedJitter, Exponential, FullJitter, Linear, Fixed:
		return true
	}
	return false
}

// Backoff computes delays. Zero or negative Base means no delay, zero or negative Cap no cap.
type Backoff struct {
	Strategy Strategy // empty or unknown: FixedJitter
	Base     time.Duration
	Cap      time.Duration
}

// Delay returns the time to wait before retry n, where the first retry is 0. random gives
// numbers in [0, 1); nil takes them from math/rand/v2. The result is never negative and
// never above Cap.
func (b Backoff) Delay(n int, random func() float64) time.Duration {
	if b.Base <= 0 {
		return 0
	}
	if random == nil {
		random = rand.Float64
	}
	switch b.Strategy {
	case Fixed:
		return b.capped(b.Base)
	case Linear:
		return b.capped(times(b.Base, float64(max(n, 0))+1))
	case Exponential:
		return b.capped(double(b.Base, n))
	case FullJitter:
		return part(b.capped(double(b.Base, n)), random)
	default:
		return b.capped(plus(b.Base, part(b.Base/2, random)))
	}
}

// Decorrelated returns the next delay by decorrelated jitter: a random time between Base and
// three times the previous delay, at most Cap. previous is 0 before the first retry.
func (b Backoff) Decorrelated(previous time.Duration, random func() float64) time.Duration {
	if b.Base <= 0 {
		return 0
	}
	if random == nil {
		random = rand.Float64
	}
	top := times(max(previous, b.Base), 3)
	return b.capped(plus(b.Base, part(top-b.Base, random)))
}

// Suggest returns a delay for code that retries on its own: the base delay of t, doubled n
// times, at most 30 s. It is 0 for what should not be retried.
func Suggest(t ErrorType, n int) time.Duration {
	base := DefaultErrorDelays().Of(t)
	return Backoff{Strategy: Exponential, Base: base, Cap: Defaults().NetworkMaxDelay}.Delay(n, nil)
}

func (b Backoff) capped(d time.Duration) time.Duration {
	if b.Cap > 0 && d > b.Cap {
		return b.Cap
	}
	return d
}

// part returns a random part of d; numbers outside [0, 1) are brought inside.
func part(d time.Duration, random func() float64) time.Duration {
	share := random()
	if !(share >= 0) { // also NaN
		share = 0
	}
	return time.Duration(math.Floor(float64(d) * min(share, 1)))
}

// double returns d * 2^n, or the longest duration when that is too much.
func double(d time.Duration, n int) time.Duration {
	for range min(n, 63) {
		if d > math.MaxInt64/2 {
			return math.MaxInt64
		}
		d *= 2
	}
	return d
}

func times(d time.Duration, n float64) time.Duration {
	if v := float64(d) * n; v < math.MaxInt64 {
		return d * time.Duration(n)
	}
	return math.MaxInt64
}

func plus(a, b time.Duration) time.Duration {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
