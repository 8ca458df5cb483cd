package ir

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// Policy is the merged policy of a prompt. It holds only what the spec says:
// nil and empty mean that the runtime's default applies.
type Policy struct {
	Timeouts       Timeouts
	Retry          Retry
	Guardrails     Guardrails
	Drift          *Drift
	CheckIntervals CheckIntervals
	Continuation   *Continuation
	Repair         Repair
	OutputMode     string // auto, native, tool, prompt
	Limits         Limits
	// Spans is where each key was said last, by its path, such as
	// "retry.max_delay".
	Spans map[string]source.Span
	// Canonical is all that the spec says, as JSON with the keys of the
	// format; for hashes.
	Canonical string
}

// Off is the value of a duration that the spec switches off with "none".
const Off time.Duration = -1

// Unlimited is the value of a limit that the spec takes away.
const Unlimited int64 = -1

// Timeouts are the limits on time.
type Timeouts struct {
	InitialToken, InterToken, Attempt, Total *time.Duration
}

// Retry says when and how a failed attempt is tried again.
type Retry struct {
	Preset                               string
	Attempts, MaxRetries                 *int64 // MaxRetries may be Unlimited
	Backoff                              string
	BaseDelay, MaxDelay, NetworkMaxDelay *time.Duration
	RetryOn                              *[]string // not nil: replaces the default list
	ErrorTypeDelays                      []ErrorDelay
	Feedback                             *bool
}

// ErrorDelay is the base delay of one type of network error.
type ErrorDelay struct {
	Type  string
	Delay time.Duration
}

// Guardrails says which rules a reply must pass.
type Guardrails struct {
	Preset      string
	Rules       []GuardrailRule
	OnFatal     string // fallback, halt
	OnExhausted string // fail, return
	MaxContent  *int64 // bytes
	Delivery    string // live, checked
	ZeroOutput  *bool
}

// GuardrailRule is one rule.
type GuardrailRule struct {
	Span source.Span
	// Kind is the rule's key: json, pattern, phrases, …
	Kind        string
	Severity    string // warning, error, fatal; empty is the rule's own
	Recoverable *bool
	// Deny, Require and Message belong to pattern; Deny and IgnoreCase to
	// phrases.
	Deny, Require []string
	Message       string
	IgnoreCase    bool
	// Min, Max and Unit belong to length.
	Min, Max *int64
	Unit     string // char, word, token
	// Expr is the expression of assert and check, or the name of custom.
	Expr string
}

// Drift configures drift detection.
type Drift struct {
	Window        *int64
	Repetition    *int64
	EntropySD     *float64
	MinConfidence *float64
	Signals       []string
}

// CheckIntervals are counted in tokens.
type CheckIntervals struct {
	Guardrails, Drift, Checkpoint *int64
}

// Continuation configures going on from a checkpoint.
type Continuation struct {
	Prompt                    string
	MinOverlap, MaxOverlap    *int64
	IgnoreCase, CollapseSpace *bool
}

// Repair says how a reply may be healed.
type Repair struct {
	Level       string // strict, standard, lenient
	Allow, Deny []string
}

// Limits bound the size of a reply.
type Limits struct {
	MaxOutputTokens *int64
	MaxReplyBytes   *int64
}
