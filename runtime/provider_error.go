package l0

import (
	"fmt"
	"strconv"
	"time"
)

// ProviderError is what a [Provider] or [Source] returns when the server answered with an
// error, in its status or in the middle of a stream. The runtime wraps it into an [*Error]
// and decides by its fields what to do.
type ProviderError struct {
	// StatusCode is the HTTP status. Inside a stream it is the status that the error stands
	// for (529 for an overloaded server), not the 200 that the stream began with.
	StatusCode int
	// Type is the provider's name for the error, such as overloaded_error.
	Type string
	// Code is the provider's finer name for it, such as context_length_exceeded. Empty if it gave none.
	Code string
	// Message is the provider's own text. It may quote the prompt.
	Message string
	// RetryAfter is how long the server asked to wait.
	RetryAfter time.Duration
	// RequestID is what the provider calls the request.
	RequestID string
	// Err is the cause, if there is one.
	Err error
}

// Error returns the status, the type and the provider's text.
func (e *ProviderError) Error() string {
	text := "provider error"
	if e.Type != "" {
		text += " " + e.Type
	}
	if e.Code != "" && e.Code != e.Type {
		text += " " + e.Code
	}
	if e.StatusCode != 0 {
		text += " (HTTP status " + strconv.Itoa(e.StatusCode) + ")"
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// HTTPStatus returns StatusCode; package retry asks for it.
func (e *ProviderError) HTTPStatus() int { return e.StatusCode }

// Unwrap returns the cause.
func (e *ProviderError) Unwrap() error { return e.Err }

// panicError is a panic of called code as an error.
type panicError struct {
	value any
	stack []byte
}

// Error returns the value and the stack of the panic.
func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n\n%s", p.value, p.stack) }

// Unwrap returns the value if it is an error.
func (p *panicError) Unwrap() error {
	err, _ := p.value.(error)
	return err
}
