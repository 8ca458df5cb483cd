package record

// RetryStart says that a retry was decided on.
type RetryStart struct {
	// Attempt is the number of this retry on the model, from 1.
	Attempt       int    `json:"attempt"`
	MaxAttempts   int    `json:"maxAttempts"`
	Reason        string `json:"reason"`
	FallbackIndex int    `json:"fallbackIndex"`
}

// RetryAttempt comes before the delay of a retry.
type RetryAttempt struct {
	// Attempt is the number of this retry on the model, from 1.
	Attempt           int    `json:"attempt"`
	MaxAttempts       int    `json:"maxAttempts"`
	Reason            string `json:"reason"`
	DelayMs           int64  `json:"delayMs"`
	CountsTowardLimit bool   `json:"countsTowardLimit"`
	IsNetwork         bool   `json:"isNetwork"`
	IsModelIssue      bool   `json:"isModelIssue"`
	FallbackIndex     int    `json:"fallbackIndex"`
}

// RetryEnd says that a retry succeeded.
type RetryEnd struct {
	Attempt int  `json:"attempt"`
	Success bool `json:"success"`
}

// RetryGiveUp says that no further retry follows on this model.
type RetryGiveUp struct {
	// Attempt is how many retries there were.
	Attempt     int `json:"attempt"`
	MaxAttempts int `json:"maxAttempts"`
	// Reason is the rule that decided.
	Reason string `json:"reason"`
	// LastError is a text that is safe to log.
	LastError string `json:"lastError"`
}

// RetryFnStart comes before the hook that may veto a retry.
type RetryFnStart struct {
	// Attempt counts the retries of this class before, from 0.
	Attempt            int    `json:"attempt"`
	Category           string `json:"category"`
	DefaultShouldRetry bool   `json:"defaultShouldRetry"`
}

// RetryFnResult is what the hook decided.
type RetryFnResult struct {
	Attempt          int    `json:"attempt"`
	Category         string `json:"category"`
	UserResult       bool   `json:"userResult"`
	FinalShouldRetry bool   `json:"finalShouldRetry"`
	DurationMs       int64  `json:"durationMs"`
}

// RetryFnError says that the hook failed, which counts as a veto.
type RetryFnError struct {
	Attempt          int    `json:"attempt"`
	Category         string `json:"category"`
	Error            string `json:"error"`
	FinalShouldRetry bool   `json:"finalShouldRetry"`
	DurationMs       int64  `json:"durationMs"`
}

// FallbackStart says that another model takes over.
type FallbackStart struct {
	FromIndex int    `json:"fromIndex"`
	ToIndex   int    `json:"toIndex"`
	Reason    string `json:"reason"`
}

// FallbackModelSelected names the model that takes over.
type FallbackModelSelected struct {
	Index  int    `json:"index"`
	Reason string `json:"reason"`
	Model  string `json:"model,omitzero"`
}

// FallbackEnd ends a call that used a fallback.
type FallbackEnd struct {
	Success    bool `json:"success"`
	FinalIndex int  `json:"finalIndex"`
	// Index is FinalIndex, under its older name.
	Index int `json:"index"`
}

// CheckpointSaved says that text may be kept.
type CheckpointSaved struct {
	// Checkpoint is the text of the reply so far.
	Checkpoint string `json:"checkpoint"`
	TokenCount int    `json:"tokenCount"`
}

// ContinuationStart says that an attempt goes on from a checkpoint.
type ContinuationStart struct {
	Checkpoint string `json:"checkpoint"`
	// TokenCount counts the tokens in the checkpoint.
	TokenCount int `json:"tokenCount"`
}

// ResumeStart comes with CONTINUATION_START.
type ResumeStart struct {
	Checkpoint string `json:"checkpoint"`
	TokenCount int    `json:"tokenCount"`
}
