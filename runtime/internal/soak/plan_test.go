package soak

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// consumer is how a call is read.
type consumer int

const (
	readEvents consumer = iota
	readText
	readPartials
	readResult
	consumers
)

// leaving is how a call is left before its end.
type leaving int

const (
	staysOn leaving = iota
	breaksOff
	cancels
	closes
)

// plan is all that is decided about a call before it is made. It depends on its seed alone.
type plan struct {
	seed      uint64
	typed     bool
	continues bool
	wrong     bool // about half of the attempts go wrong, else few
	consumer  consumer
	models    int // which list of models
	mode      l0.OutputMode
	words     int
	maxBytes  int
	deadline  time.Duration // of the context; none if zero
	total     time.Duration // as a policy; none if zero
	attempt   time.Duration // as a policy; none if zero
	leaving   leaving
	steps     int           // until breaking off
	after     time.Duration // until cancelling or closing
	slow      bool          // the consumer takes its time
}

// source returns the random numbers of the call for one purpose.
func (p *plan) source(purpose uint64) *rand.Rand {
	return rand.New(rand.NewPCG(p.seed, purpose)) //nolint:gosec // it must be repeatable
}

// The purposes of random numbers. Those of attempts follow.
const (
	forPlan uint64 = iota
	forText
	forAttempts
)

func one(r *rand.Rand, in int) bool { return r.IntN(in) == 0 }

func between(r *rand.Rand, from, to time.Duration) time.Duration {
	return from + time.Duration(r.Int64N(int64(to-from)))
}

// newPlan draws a plan.
func newPlan(seed uint64) *plan {
	p := &plan{seed: seed}
	r := p.source(forPlan)
	p.typed = one(r, 3)
	p.continues = !p.typed && !one(r, 3)
	p.wrong = !one(r, 4)
	p.consumer = consumer(r.IntN(int(consumers)))
	p.models = r.IntN(len(modelLists()))
	p.mode = []l0.OutputMode{l0.OutputAuto, l0.OutputNative, l0.OutputTool, l0.OutputPrompt}[r.IntN(4)]
	if p.mode == l0.OutputNative && slices.Contains(modelLists()[p.models], l0.ModelName(l0test.WireAnthropic)) {
		p.mode = l0.OutputAuto // that provider has no such mode
	}
	p.words = 1 + r.IntN(40)
	if one(r, 20) {
		p.words *= 20
	}
	p.maxBytes = 64 << 10
	if one(r, 10) {
		p.maxBytes = 50 + r.IntN(200)
	}
	if one(r, 4) {
		p.deadline = between(r, time.Millisecond, time.Second)
	}
	if one(r, 4) {
		p.total = between(r, time.Millisecond, time.Second)
	}
	if one(r, 4) {
		p.attempt = between(r, 5*time.Millisecond, silence)
	}
	if one(r, 4) {
		p.leaving = []leaving{breaksOff, cancels, closes}[r.IntN(3)]
		p.steps = 1 + r.IntN(p.words)
		p.after = between(r, 0, 20*time.Millisecond)
	}
	p.slow = one(r, 20)
	return p
}

// String shows the plan in a report of a failure.
func (p *plan) String() string { return fmt.Sprintf("%+v", *p) }

// silence is the longest that a source may be silent.
const silence = 400 * time.Millisecond

// policy is what the plan asks of the runtime.
func (p *plan) policy() l0.Policy {
	policy := l0.Policy{
		Timeouts:     l0.Timeouts{InitialToken: silence, InterToken: silence, Attempt: p.attempt, Total: p.total},
		Limits:       l0.Limits{MaxReplyBytes: p.maxBytes},
		Continuation: l0.Continuation{On: p.continues},
		Retry:        retries(),
	}
	if p.typed {
		policy.OutputMode = p.mode
	}
	return policy
}
