package record

// FailureType is what kind of failure an [Error] is about.
type FailureType string

// The failure types.
const (
	FailureAbort      FailureType = "abort"
	FailureTimeout    FailureType = "timeout"
	FailureZeroOutput FailureType = "zero_output"
	FailureNetwork    FailureType = "network"
	FailureModel      FailureType = "model"
	FailureTool       FailureType = "tool"
	FailureUnknown    FailureType = "unknown"
)

// Strategy is what follows a failure.
type Strategy string

// The strategies.
const (
	StrategyRetry    Strategy = "retry"
	StrategyFallback Strategy = "fallback"
	StrategyContinue Strategy = "continue"
	StrategyHalt     Strategy = "halt"
)

// TimeoutType is a limit of time.
type TimeoutType string

// The limits of time.
const (
	TimeoutInitial TimeoutType = "initial" // until the first token
	TimeoutInter   TimeoutType = "inter"   // between two tokens
	TimeoutAttempt TimeoutType = "attempt" // for one attempt
	TimeoutTotal   TimeoutType = "total"   // for the whole call
)

// AbortSource is who ended a call.
type AbortSource string

// The sources of an end.
const (
	AbortUser    AbortSource = "user"    // the caller cancelled, closed the stream or left its loop
	AbortTimeout AbortSource = "timeout" // the deadline of the caller's context passed
	AbortError   AbortSource = "error"
)

// Phase is when rules are checked.
type Phase string

// The phases.
const (
	PhasePre  Phase = "pre"  // while the reply comes
	PhasePost Phase = "post" // when it is complete
)

// Policy is what was allowed when an [Error] was made.
type Policy struct {
	RetryEnabled    bool `json:"retryEnabled"`
	FallbackEnabled bool `json:"fallbackEnabled"`
	// Attempts and MaxRetries are the two limits; -1 is none.
	Attempts   int `json:"attempts"`
	MaxRetries int `json:"maxRetries"`
	// MaxFallbacks is how many models stand behind the first.
	MaxFallbacks int `json:"maxFallbacks"`
	// Attempt counts the attempts on this model from 1.
	Attempt       int `json:"attempt"`
	FallbackIndex int `json:"fallbackIndex"`
}

// State is where a call stood at its end.
type State struct {
	TokenCount        int  `json:"tokenCount"`
	ContentLength     int  `json:"contentLength"`
	ModelRetryCount   int  `json:"modelRetryCount"`
	NetworkRetryCount int  `json:"networkRetryCount"`
	FallbackIndex     int  `json:"fallbackIndex"`
	Resumed           bool `json:"resumed"`
	// ResumeFrom is the length in bytes of the text that was kept.
	ResumeFrom int `json:"resumeFrom,omitzero"`
	// OverlapRemoved is the length in bytes of the repeated text that was cut out.
	OverlapRemoved int  `json:"overlapRemoved,omitzero"`
	DriftDetected  bool `json:"driftDetected"`
	Violations     int  `json:"violations"`
	Completed      bool `json:"completed"`
}
