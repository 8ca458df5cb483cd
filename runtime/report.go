package l0

import (
	"slices"
	"time"

	"github.com/l0gen/l0gen/runtime/retry"
)

// Report says what happened in a call. It holds no text of the prompt or the reply, apart
// from what Violations, Repairs and errors quote.
type Report struct {
	// Function, Version and Hash name the prompt; empty for a call without a spec.
	Function string
	Version  int
	Hash     string
	// StreamID is the UUIDv7 of the call, the same as in its records. Empty before it begins.
	StreamID string
	// Start is when the call began, Duration how long it took, the consumer's time included.
	Start    time.Time
	Duration time.Duration
	// Attempts are all executions of a model's stream, in order.
	Attempts []Attempt
	// Finish is why the model stopped in the attempt that counts.
	Finish FinishReason
	// Violations are those of the input or of the reply that counts.
	Violations []Violation
	// Repairs are the changes made to the reply that counts.
	Repairs []Repair
	// Err is how the call ended, nil for success.
	Err error
}

// Attempt is one execution of a model's stream.
type Attempt struct {
	// Model and Provider are what served it.
	Model    ModelName
	Provider string
	// Fallback is 0 for the first model of the call, 1 for the first fallback, and so on.
	Fallback int
	// OutputMode is how the reply was held to its schema, empty for text.
	OutputMode OutputMode
	// Start is when it began, Duration how long it took.
	Start    time.Time
	Duration time.Duration
	// TimeToFirstToken is the time from Start to the first text or reasoning, zero if none came.
	TimeToFirstToken time.Duration
	// Tokens is how many pieces of text and reasoning came, which is close to the number of tokens.
	Tokens int
	// Bytes is the length of the reply's text.
	Bytes int
	// Resumed is the length of the text that was kept from the attempt before, in bytes. Overlap
	// is how much repeated text was cut out where the two meet.
	Resumed, Overlap int
	// Usage is what the provider counted, nil if it did not say.
	Usage *Usage
	// Finish is why the model stopped, empty if it did not say.
	Finish FinishReason
	// RequestID is what the provider calls the request.
	RequestID string
	// Err is how the attempt failed, nil if it did not. The fields below are set with it.
	Err error
	// Category and Reason say what kind of failure it was.
	Category Category
	Reason   retry.Reason
	// Next is what followed, and Rule what decided it.
	Next NextStep
	Rule retry.Rule
	// Delay is the wait before a retry.
	Delay time.Duration
}

// NextStep is what follows a failed attempt.
type NextStep string

// The next steps.
const (
	NextRetry    NextStep = "retry"    // another attempt on the same model
	NextFallback NextStep = "fallback" // the next model
	NextHalt     NextStep = "halt"     // the end of the call
)

// Retries returns how many attempts were made after the first on each model.
func (r Report) Retries() int {
	n := 0
	for _, a := range r.Attempts {
		if a.Next == NextRetry {
			n++
		}
	}
	return n
}

// Usage returns the tokens of all attempts together. It is false if a provider did not
// report them for an attempt, and the sum is then too small.
func (r Report) Usage() (Usage, bool) {
	var sum Usage
	known := len(r.Attempts) > 0
	for _, a := range r.Attempts {
		if a.Usage == nil {
			known = false
			continue
		}
		sum = sum.plus(*a.Usage)
	}
	return sum, known
}

// clone returns a report that shares nothing that is still written to.
func (r Report) clone() Report {
	r.Attempts = slices.Clone(r.Attempts)
	r.Violations = slices.Clone(r.Violations)
	r.Repairs = slices.Clone(r.Repairs)
	return r
}
