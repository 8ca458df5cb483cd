package retry

import "time"

// Step is one retry of a [Schedule]: the shortest, the middle and the longest time before
// it. Half of all delays are below the middle one. Without jitter they are all the same.
type Step struct {
	Min, Median, Max time.Duration
}

// Schedule returns the retries that one model gets if it fails with f each time, and nothing
// else of the call fails: as many as the limits of c allow, at most limit of them.
func Schedule(c Config, f Failure, limit int) []Step {
	var b Budget
	var steps []Step
	share := 0.0
	random := func() float64 { return share }
	for len(steps) < limit {
		var s Step
		var last Decision
		for _, at := range [...]struct {
			share float64
			delay *time.Duration
		}{{0, &s.Min}, {0.5, &s.Median}, {1, &s.Max}} {
			share = at.share
			last = b.Decide(f, c, random)
			*at.delay = last.Delay
		}
		if !last.Retry {
			break
		}
		b.Record(last)
		steps = append(steps, s)
	}
	return steps
}
