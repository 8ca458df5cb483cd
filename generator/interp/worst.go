package interp

import (
	"math"
	"slices"
	"time"

	"github.com/l0gen/l0gen/runtime/retry"
)

// Unbounded is a duration or a number without a limit.
const Unbounded = math.MaxInt64

// Worst is what a call may cost at most. [Unbounded] stands for what has no
// limit.
type Worst struct {
	// Attempts is how many requests a call makes at most, fallbacks included.
	Attempts int
	// Wait is the longest time between attempts together, and WaitAsked that
	// if servers ask for the longest wait that is honoured (Retry-After).
	Wait, WaitAsked time.Duration
	// Silent is how long a call takes if no model says anything, in
	// SilentAttempts attempts.
	Silent         time.Duration
	SilentAttempts int
	// Duration is the longest that a call takes; the time that its consumer
	// takes is not counted.
	Duration time.Duration
	// ByTotal says that the total timeout bounds Duration.
	ByTotal bool
}

func (s *Schedule) worst() Worst {
	w := Worst{Attempts: len(s.Models), SilentAttempts: len(s.Models)}
	if len(s.Models) == 0 {
		return w
	}
	retries := s.mostRetries()
	w.Attempts = add(w.Attempts, retries)
	wait := s.longestWait(retries, 0)
	asked := wait
	if s.Retry.NetworkMaxDelay > 0 && (s.retried(retry.RateLimit) || s.retried(retry.ServerError)) {
		asked = s.longestWait(retries, s.Retry.NetworkMaxDelay)
	}
	w.Wait, w.WaitAsked = s.atMostTotal(wait), s.atMostTotal(asked)
	w.Silent, w.SilentAttempts = s.silence()
	sum := plus(s.busy(retries), asked)
	w.Duration = s.atMostTotal(sum)
	w.ByTotal = w.Duration < sum
	return w
}

// atMostTotal cuts a duration to the total timeout.
func (s *Schedule) atMostTotal(d time.Duration) time.Duration {
	if total := s.Total(); total > 0 {
		return min(d, total)
	}
	return d
}

// retried reports whether RetryOn names the reason.
func (s *Schedule) retried(r retry.Reason) bool {
	return slices.Contains(s.Retry.RetryOn, r)
}

// any reports whether a class has a failure that is retried.
func (s *Schedule) any(c Class) bool {
	return slices.ContainsFunc(s.Failures, func(f Failure) bool { return f.Class == c && f.retried() })
}

// mostRetries is how many retries a call makes at most, whatever fails.
func (s *Schedule) mostRetries() int {
	limit := max(s.Retry.MaxRetries, 0)
	if s.any(Network) || s.any(Transient) {
		return limit
	}
	if !s.any(Counted) {
		return 0
	}
	attempts := max(s.Retry.Attempts, 0)
	if attempts > limit/len(s.Models) {
		return limit
	}
	return attempts * len(s.Models)
}

// longestWait is the greatest sum of the delays before so many retries. atLeast
// is what servers ask for.
//
// Each class of failures has a counter for each model, and the delays grow with
// it. So the longest wait has some models use up their attempts on failures
// that count, and puts all other retries on one counter.
func (s *Schedule) longestWait(retries int, atLeast time.Duration) time.Duration {
	if retries == retry.Unlimited {
		return Unbounded
	}
	attempts := 0
	if s.any(Counted) {
		attempts = max(s.Retry.Attempts, 0)
	}
	counted := s.sum(Counted, min(attempts, retries), atLeast)
	longest := time.Duration(0)
	for models := range len(s.Models) + 1 {
		rest := retries - models*attempts
		if rest < 0 || models > 0 && attempts == 0 {
			break
		}
		full := times(counted, models)
		if models < len(s.Models) {
			longest = max(longest, plus(full, s.sum(Counted, min(rest, attempts), atLeast)))
		}
		longest = max(longest, full, plus(full, s.sum(Network, rest, atLeast)), plus(full, s.sum(Transient, rest, atLeast)))
	}
	return longest
}

// sum adds up the longest delays before the first n retries of a class; zero if
// the class is not retried.
func (s *Schedule) sum(c Class, n int, atLeast time.Duration) time.Duration {
	longest := time.Duration(0)
	for i := range s.Failures {
		if f := &s.Failures[i]; f.Class == c && f.retried() {
			longest = max(longest, sumDelays(s.Retry.BackoffFor(f.Type), n, atLeast))
		}
	}
	return longest
}

// sumDelays adds up the longest delays before the first n retries. Delays grow
// until they meet their cap, if they grow at all.
func sumDelays(b retry.Backoff, n int, atLeast time.Duration) time.Duration {
	sum, before := time.Duration(0), time.Duration(-1)
	for i := range n {
		delay := b.Delay(i, func() float64 { return 1 })
		if delay == before {
			return plus(sum, times(max(delay, atLeast), n-i))
		}
		sum, before = plus(sum, max(delay, atLeast)), delay
	}
	return sum
}

// busy is how long the attempts take together if each lasts as long as it may:
// one on each model, and all retries on the slowest.
func (s *Schedule) busy(retries int) time.Duration {
	sum, slowest := time.Duration(0), time.Duration(0)
	for _, m := range s.Models {
		limit := orUnbounded(m.Timeouts.Attempt)
		sum, slowest = plus(sum, limit), max(slowest, limit)
	}
	return plus(sum, times(slowest, retries))
}

// maxSilence is how many silent attempts are played before it is taken for
// granted that only the total timeout ends them.
const maxSilence = 1_000_000

// silence is how long a call takes, and how many attempts it makes, if no
// model ever says anything.
func (s *Schedule) silence() (time.Duration, int) {
	total, retries, attempts := orUnbounded(s.Total()), 0, 0
	if s.retried(retry.Timeout) {
		retries = max(s.Retry.MaxRetries, 0)
	}
	backoff := s.Retry.BackoffFor("")
	elapsed := time.Duration(0)
	for _, m := range s.Models {
		limit := min(orUnbounded(m.Timeouts.InitialToken), orUnbounded(m.Timeouts.Attempt))
		for n := 0; ; n++ {
			attempts++
			if elapsed = plus(elapsed, limit); elapsed >= total || attempts > maxSilence {
				return total, attempts
			}
			delay := backoff.Delay(n, func() float64 { return 1 })
			if retries == 0 || delay >= total-elapsed {
				break // to the next model
			}
			retries--
			elapsed = plus(elapsed, delay)
		}
	}
	return elapsed, attempts
}

func orUnbounded(limit time.Duration) time.Duration {
	if limit <= 0 {
		return Unbounded
	}
	return limit
}

// plus, times and add stay at Unbounded.

func plus(a, b time.Duration) time.Duration {
	if a > Unbounded-b {
		return Unbounded
	}
	return a + b
}

func times(d time.Duration, n int) time.Duration {
	if n > 0 && d > Unbounded/time.Duration(n) {
		return Unbounded
	}
	return d * time.Duration(n)
}

func add(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}
