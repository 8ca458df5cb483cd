package record

// AttemptStart begins a retry. The first attempt on a model has none.
type AttemptStart struct {
	// Attempt counts the attempts on this model; it is 2 or more.
	Attempt int `json:"attempt"`
	// IsRetry is true.
	IsRetry bool `json:"isRetry"`
	// IsFallback reports whether the model is a fallback.
	IsFallback bool `json:"isFallback"`
	// FallbackIndex is 0 for the first model.
	FallbackIndex int `json:"fallbackIndex"`
}

// StreamInit comes before a stream is opened.
type StreamInit struct{}

// StreamReady comes when a stream is open.
type StreamReady struct{}

// AdapterWrapStart comes when a source was given.
type AdapterWrapStart struct {
	// StreamType is the Go type of the source.
	StreamType string `json:"streamType"`
	AdapterID  string `json:"adapterId,omitzero"`
}

// AdapterDetected names what reads the source.
type AdapterDetected struct {
	// AdapterID is the name of the provider.
	AdapterID string `json:"adapterId"`
}

// AdapterWrapEnd comes when a source can be read.
type AdapterWrapEnd struct {
	AdapterID string `json:"adapterId"`
}

// TimeoutStart says that a limit of time begins.
type TimeoutStart struct {
	TimeoutType  TimeoutType `json:"timeoutType"`
	ConfiguredMs int64       `json:"configuredMs"`
}

// TimeoutReset says that the first token came, so that another limit holds from here.
type TimeoutReset struct {
	TimeoutType  TimeoutType `json:"timeoutType"`
	ConfiguredMs int64       `json:"configuredMs"`
	// TokenIndex counts the tokens before.
	TokenIndex int `json:"tokenIndex"`
}

// TimeoutTriggered says that a limit of time was passed.
type TimeoutTriggered struct {
	TimeoutType TimeoutType `json:"timeoutType"`
	// ElapsedMs is the measured time.
	ElapsedMs    int64 `json:"elapsedMs"`
	ConfiguredMs int64 `json:"configuredMs"`
}

// NetworkError says that the network failed.
type NetworkError struct {
	// Error is a text that is safe to log.
	Error string `json:"error"`
	// Code is the kind of network failure.
	Code      string `json:"code,omitzero"`
	Retryable bool   `json:"retryable"`
}

// NetworkRecovery says that the network works again.
type NetworkRecovery struct {
	AttemptCount int   `json:"attemptCount"`
	DurationMs   int64 `json:"durationMs"`
}

// ConnectionDropped says that a connection was lost.
type ConnectionDropped struct {
	Reason string `json:"reason"`
}

// ConnectionRestored says that a connection is back.
type ConnectionRestored struct {
	DurationMs int64 `json:"durationMs"`
}
