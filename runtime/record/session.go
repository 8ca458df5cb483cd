package record

// SessionStart is the first record of a call.
type SessionStart struct {
	// Attempt is 1.
	Attempt int `json:"attempt"`
	// IsRetry is false.
	IsRetry bool `json:"isRetry"`
	// IsFallback is false.
	IsFallback bool `json:"isFallback"`
}

// SessionEnd is the last record of a call, where session records are asked for.
type SessionEnd struct{}

// SessionSummary sums up a call, where session records are asked for.
type SessionSummary struct {
	// TokenCount counts the tokens of the reply that counts.
	TokenCount int `json:"tokenCount"`
	// StartTs is the begin in Unix milliseconds.
	StartTs int64 `json:"startTs"`
	// EndTs is the end in Unix milliseconds.
	EndTs               int64 `json:"endTs"`
	DriftDetected       bool  `json:"driftDetected"`
	GuardrailViolations int   `json:"guardrailViolations"`
	// FallbackDepth is how many models were left behind.
	FallbackDepth      int `json:"fallbackDepth"`
	RetryCount         int `json:"retryCount"`
	CheckpointsCreated int `json:"checkpointsCreated"`
}

// Complete is the last record of a call that succeeded.
type Complete struct {
	TokenCount int `json:"tokenCount"`
	// ContentLength is the length of the text in bytes.
	ContentLength int `json:"contentLength"`
	// DurationMs is the time of the whole call.
	DurationMs int64  `json:"durationMs"`
	State      *State `json:"state,omitzero"`
}

// Error says that an attempt, or the call, failed and what follows.
type Error struct {
	// Error is a text that is safe to log.
	Error            string      `json:"error"`
	ErrorCode        string      `json:"errorCode,omitzero"`
	FailureType      FailureType `json:"failureType"`
	RecoveryStrategy Strategy    `json:"recoveryStrategy"`
	Policy           Policy      `json:"policy"`
}

// AbortRequested says that somebody ended the call.
type AbortRequested struct {
	Source AbortSource `json:"source"`
}

// AbortCompleted says that an ended call has stopped.
type AbortCompleted struct {
	TokenCount int `json:"tokenCount"`
	// ContentLength is the length of the text in bytes.
	ContentLength int `json:"contentLength"`
}
