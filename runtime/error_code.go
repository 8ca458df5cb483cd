package l0

import (
	"slices"

	"github.com/l0gen/l0gen/runtime/retry"
)

// Code says what kind of failure an [*Error] is. Codes are stable.
type Code string

// The codes.
const (
	CodeInvalidInput            Code = "INVALID_INPUT"
	CodeNotConfigured           Code = "NOT_CONFIGURED"
	CodeStreamAborted           Code = "STREAM_ABORTED"
	CodeInitialTokenTimeout     Code = "INITIAL_TOKEN_TIMEOUT"
	CodeInterTokenTimeout       Code = "INTER_TOKEN_TIMEOUT"
	CodeAttemptTimeout          Code = "ATTEMPT_TIMEOUT"
	CodeTotalTimeout            Code = "TOTAL_TIMEOUT"
	CodeZeroOutput              Code = "ZERO_OUTPUT"
	CodeIncomplete              Code = "INCOMPLETE"
	CodeInvalidOutput           Code = "INVALID_OUTPUT"
	CodeReplyTooLarge           Code = "REPLY_TOO_LARGE"
	CodeGuardrailViolation      Code = "GUARDRAIL_VIOLATION"
	CodeFatalGuardrailViolation Code = "FATAL_GUARDRAIL_VIOLATION"
	CodeDriftDetected           Code = "DRIFT_DETECTED"
	CodeInvalidStream           Code = "INVALID_STREAM"
	CodeNetworkError            Code = "NETWORK_ERROR"
	CodeProviderError           Code = "PROVIDER_ERROR"
	CodeAllStreamsExhausted     Code = "ALL_STREAMS_EXHAUSTED"
	CodeAdapterNotFound         Code = "ADAPTER_NOT_FOUND"
	CodeFeatureNotEnabled       Code = "FEATURE_NOT_ENABLED"
	CodePanic                   Code = "PANIC"
	CodeStreamUsed              Code = "STREAM_USED"
	CodeAbandoned               Code = "ABANDONED"
	CodeRestarted               Code = "RESTARTED"
	CodeNotFaked                Code = "NOT_FAKED"
	CodeRefused                 Code = "REFUSED"
)

// Category groups codes by what can be done about them.
type Category = retry.Category

// The categories.
const (
	CategoryNetwork   = retry.CategoryNetwork   // the connection failed
	CategoryTransient = retry.CategoryTransient // the server was busy or slow
	CategoryModel     = retry.CategoryModel     // the model or its stream failed
	CategoryContent   = retry.CategoryContent   // the reply was not acceptable
	CategoryProvider  = retry.CategoryProvider  // the call as a whole ended: aborted or out of models
	CategoryFatal     = retry.CategoryFatal     // trying again does not help
	CategoryInternal  = retry.CategoryInternal  // the program or the runtime is at fault
)

// The errors to compare with, as in errors.Is(err, l0.ErrTimeout). Each stands for one or
// more codes of [*Error].
const (
	ErrInput         = sentinel("the input is invalid")
	ErrNotConfigured = sentinel("the call is not configured")
	ErrAborted       = sentinel("the call was aborted")
	ErrTimeout       = sentinel("the call timed out")
	ErrZeroOutput    = sentinel("the reply was empty")
	ErrIncomplete    = sentinel("the reply was incomplete")
	ErrValidation    = sentinel("the reply did not fit its type")
	ErrTooLarge      = sentinel("the reply was too large")
	ErrGuardrail     = sentinel("a guardrail refused the reply")
	ErrDrift         = sentinel("the reply drifted")
	ErrInvalidStream = sentinel("the provider returned no stream")
	ErrNetwork       = sentinel("the network failed")
	ErrProvider      = sentinel("the provider failed")
	ErrExhausted     = sentinel("all models failed")
	ErrPanic         = sentinel("called code panicked")
	ErrStreamUsed    = sentinel("the stream was already used")
	ErrAbandoned     = sentinel("the stream was abandoned")
	ErrRestarted     = sentinel("the stream was restarted")
	ErrNotFaked      = sentinel("the function is not faked")
	ErrRefused       = sentinel("an interceptor refused the call")
)

// sentinel is an error that is a constant, so that nobody can assign to it.
type sentinel string

// Error returns the text.
func (s sentinel) Error() string { return "l0: " + string(s) }

// codeInfo is one row of the table of codes.
type codeInfo struct {
	code     Code
	category Category
	is       sentinel // what errors.Is finds
	text     string   // what happened, unless the error says it better
	advice   string   // what to do
}

// codeTable returns what is fixed about each code.
func codeTable() [26]codeInfo {
	return [26]codeInfo{
		{CodeInvalidInput, CategoryFatal, ErrInput, "the input is invalid", "nothing was sent; correct the input"},
		{CodeNotConfigured, CategoryFatal, ErrNotConfigured, "the call is not configured", "check the client's options"},
		{CodeStreamAborted, CategoryProvider, ErrAborted, "the call was aborted", ""},
		{CodeInitialTokenTimeout, CategoryTransient, ErrTimeout, "no token came in time", "raise timeouts.initial_token if the model is slow"},
		{CodeInterTokenTimeout, CategoryTransient, ErrTimeout, "the stream fell silent", "raise timeouts.inter_token if the model pauses"},
		{CodeAttemptTimeout, CategoryTransient, ErrTimeout, "the attempt took too long", "raise timeouts.attempt"},
		{CodeTotalTimeout, CategoryTransient, ErrTimeout, "the call took too long", "raise timeouts.total"},
		{CodeZeroOutput, CategoryContent, ErrZeroOutput, "the reply was empty", "switch guardrails.zero_output off if empty replies are fine"},
		{CodeIncomplete, CategoryContent, ErrIncomplete, "the reply is incomplete", ""},
		{CodeInvalidOutput, CategoryContent, ErrValidation, "the reply does not fit its type", "see Violations"},
		{CodeReplyTooLarge, CategoryContent, ErrTooLarge, "the reply was too large", "raise limits.max_reply_bytes"},
		{CodeGuardrailViolation, CategoryContent, ErrGuardrail, "a guardrail refused the reply", "see Violations"},
		{CodeFatalGuardrailViolation, CategoryContent, ErrGuardrail, "a guardrail refused the reply for good", "see Violations"},
		{CodeDriftDetected, CategoryContent, ErrDrift, "the reply drifted", "see Violations"},
		{CodeInvalidStream, CategoryInternal, ErrInvalidStream, "the provider returned no stream", "this is a mistake in the provider"},
		{CodeNetworkError, CategoryNetwork, ErrNetwork, "the network failed", ""},
		{CodeProviderError, CategoryModel, ErrProvider, "the provider reported an error", "errors.Unwrap gives the provider's own"},
		{CodeAllStreamsExhausted, CategoryProvider, ErrExhausted, "all models failed", ""},
		{CodeAdapterNotFound, CategoryInternal, ErrNotConfigured, "there is no such adapter", ""},
		{CodeFeatureNotEnabled, CategoryInternal, ErrNotConfigured, "the feature is not enabled", ""},
		{CodePanic, CategoryInternal, ErrPanic, "called code panicked", "errors.Unwrap gives the value and the stack"},
		{CodeStreamUsed, CategoryInternal, ErrStreamUsed, "the stream was already used", "a stream has one iterator; make the call again for another"},
		{CodeAbandoned, CategoryProvider, ErrAbandoned, "the stream was left before its end", ""},
		{CodeRestarted, CategoryContent, ErrRestarted, "the stream was restarted after text had been delivered", "use Events, or switch continuation on"},
		{CodeRefused, CategoryFatal, ErrRefused, "an interceptor refused the call", "errors.Unwrap gives its reason"},
		{CodeNotFaked, CategoryInternal, ErrNotFaked, "the function is not faked", "set its func in the fake"},
	}
}

// Category returns the group that c belongs to; a code that does not exist is internal. A
// single [*Error] may know better: the provider's status decides there.
func (c Code) Category() Category { return c.info().category }

func (c Code) info() codeInfo {
	table := codeTable()
	i := slices.IndexFunc(table[:], func(row codeInfo) bool { return row.code == c })
	if i < 0 {
		return codeInfo{code: c, category: CategoryInternal, text: "the call failed"}
	}
	return table[i]
}
