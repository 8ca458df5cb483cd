package wire

import (
	l0 "github.com/l0gen/l0gen/runtime"
)

// errorBadEvent is the type of the error for an event that cannot be read.
const errorBadEvent = "malformed_event"

// BadEventError is the cause of the error for an event whose data is not what it must be.
type BadEventError struct{ err error }

// Error returns what is wrong with the data.
func (e *BadEventError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *BadEventError) Unwrap() error { return e.err }

// BadEvent returns the error for an event whose data cannot be read because of err.
func BadEvent(data []byte, err error) error {
	return &l0.ProviderError{
		Type:    errorBadEvent,
		Message: "an event of the stream is " + err.Error() + ": " + excerpt(data),
		Err:     &BadEventError{err},
	}
}

// EventError makes the error of an event that reports one. Its status is the one that the
// reported type or code stands for, 0 if that is unknown.
func EventError(data []byte) *l0.ProviderError {
	e := parseError(data)
	if e.Message == "" {
		e.Message = "the server reported an error in the stream: " + excerpt(data)
	}
	return e
}
