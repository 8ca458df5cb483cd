package l0

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/structured"
)

// Violation is one thing that was wrong with an input or a reply.
type Violation = guard.Violation

// Repair is one change that was made to a reply so that it fits its type.
type Repair = structured.Repair

// Error is the error of every call. Compare it with the Err constants by errors.Is, or get
// at its fields with errors.AsType; what caused it is found through both.
//
// Its message names the function, its version, the model and what to do. Text of the
// prompt, the reply or the provider is in fields only and never in the message, so that the
// message may be logged.
type Error struct {
	// Code is the kind of failure.
	Code Code
	// Category is the group of failures; empty is that of the Code.
	Category Category
	// Function and Version name the prompt; empty for a call without a spec.
	Function string
	Version  int
	// Model is the one that was in use, empty before one was chosen.
	Model ModelName
	// Attempt counts from 1; zero is before the first.
	Attempt int
	// Message says what happened. Empty is a text for the Code.
	Message string
	// Advice says what to do about it. Empty is a text for the Code.
	Advice string
	// Checkpoint is the text that a new call could go on from, with continuation on.
	Checkpoint string
	// Partial is the text of the reply that had come.
	Partial string
	// Violations are what was wrong with the input or the reply, all of it.
	Violations []Violation
	// Repairs are the changes that were made to the reply before it failed.
	Repairs []Repair
	// StatusCode is the provider's HTTP status, zero if there was none.
	StatusCode int
	// RetryAfter is how long the provider asked to wait, zero if it did not.
	RetryAfter time.Duration
	// Timeout is the limit of time that passed, zero for other failures.
	Timeout time.Duration
	// Tokens is how many pieces the text in Partial came in.
	Tokens int
	// Context is what was attached to the call with [WithValues].
	Context map[string]any
	// Err is the cause, nil if there is none.
	Err error

	told bool // observers have been told
}

// Error returns one line that is safe to log.
func (e *Error) Error() string {
	info := e.Code.info()
	var b strings.Builder
	b.WriteString("l0: ")
	if e.Function != "" {
		b.WriteString(e.Function)
		if e.Version != 0 {
			b.WriteString(" v" + strconv.Itoa(e.Version))
		}
		if e.Model != "" {
			b.WriteString(" on " + string(e.Model))
		}
		b.WriteString(": ")
	}
	b.WriteString(e.what())
	if advice := cmp.Or(e.Advice, info.advice); advice != "" {
		b.WriteString("; " + advice)
	}
	if e.Code != "" {
		b.WriteString(" [" + string(e.Code) + "]")
	}
	return b.String()
}

// what says what happened.
func (e *Error) what() string {
	text := cmp.Or(e.Message, e.Code.info().text)
	if e.StatusCode != 0 {
		text += " (HTTP status " + strconv.Itoa(e.StatusCode) + ")"
	}
	if e.Timeout > 0 {
		text += " within " + e.Timeout.String()
	}
	return text
}

func (e *Error) category() Category { return cmp.Or(e.Category, e.Code.Category()) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the Err constant that stands for the error's code.
func (e *Error) Is(target error) bool {
	s, ok := target.(sentinel)
	return ok && s != "" && s == e.Code.info().is
}

// MarshalJSON implements [json.Marshaler]. Checkpoint and Partial are left out but for
// their lengths, so that the result may be logged; Violations may quote the input or the reply.
func (e *Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name          string         `json:"name"`
		Code          Code           `json:"code"`
		Category      Category       `json:"category"`
		Message       string         `json:"message"`
		Function      string         `json:"function,omitzero"`
		Version       int            `json:"version,omitzero"`
		Model         ModelName      `json:"model,omitzero"`
		Attempt       int            `json:"attempt,omitzero"`
		HasCheckpoint bool           `json:"hasCheckpoint"`
		ContentLength int            `json:"contentLength"`
		StatusCode    int            `json:"statusCode,omitzero"`
		RetryAfterMs  int64          `json:"retryAfterMs,omitzero"`
		TokenCount    int            `json:"tokenCount"`
		Violations    []Violation    `json:"violations,omitzero"`
		Context       map[string]any `json:"context,omitzero"`
	}{
		Name: "L0Error", Code: e.Code, Category: e.category(), Message: e.Error(),
		Function: e.Function, Version: e.Version, Model: e.Model, Attempt: e.Attempt,
		HasCheckpoint: e.Checkpoint != "", ContentLength: len(e.Partial),
		StatusCode: e.StatusCode, RetryAfterMs: e.RetryAfter.Milliseconds(), Violations: e.Violations,
		TokenCount: e.Tokens, Context: e.Context,
	})
}
