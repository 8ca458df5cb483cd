package retry

import "time"

// Failure is what has to be known about a failed attempt to decide whether another follows.
// The zero value is no failure and is never retried.
type Failure struct {
	// Category says what can be done about it.
	Category Category
	// Reason is what [Config.RetryOn] is compared with. Empty counts as [Unknown].
	Reason Reason
	// Type is the kind of a network failure, which decides its base delay. Empty otherwise.
	Type ErrorType
	// Counts says that a retry uses up [Config.Attempts].
	Counts bool
	// Retryable is false where trying again does not help, whatever the configuration says.
	Retryable bool
	// RetryAfter is how long the server asked to wait; zero if it did not. [Classify] leaves
	// it to its caller, who has the headers.
	RetryAfter time.Duration
}

// NewFailure returns a failure whose Counts and Retryable follow from its category.
func NewFailure(c Category, r Reason) Failure {
	return Failure{Category: c, Reason: r, Counts: c.Counts(), Retryable: c.Retryable()}
}

// NewNetworkFailure returns the failure of a connection. That of [SSLError] is fatal: a
// certificate that is refused now is refused again.
func NewNetworkFailure(t ErrorType) Failure {
	category, reason := CategoryNetwork, NetworkError
	switch t {
	case SSLError:
		category = CategoryFatal
	case TimeoutError:
		reason = Timeout
	default: // the connection failed in one way or another
	}
	f := NewFailure(category, reason)
	f.Type = t
	return f
}

// AfterOutput returns what f means when part of the reply had arrived: a failure without a
// known reason cut the reply short, and a connection that closed did so between chunks.
func (f Failure) AfterOutput() Failure {
	if f.Category == CategoryModel && (f.Reason == Unknown || f.Reason == "") {
		f.Reason = Incomplete
	}
	if f.Type == NoBytes {
		f.Type = PartialChunks
	}
	return f
}
