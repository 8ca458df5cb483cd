package l0

// State is where a call stands.
type State uint32

// The states. A call begins idle and ends complete or in error.
const (
	StateIdle       State = iota // not read yet
	StateInit                    // an attempt begins
	StateVerifying               // kept text is checked before the reply goes on from it
	StateWaiting                 // the stream is open, nothing has come
	StateStreaming               // the reply comes
	StateMatching                // text is held back until it is known what it repeats
	StateTool                    // the model calls a tool
	StateFinalizing              // the stream has ended, its reply is checked
	StateRetrying                // an attempt failed, another will follow
	StateFallback                // another model takes over
	StateComplete                // the reply was accepted
	StateError                   // the call failed
)

// String returns the name of the state in L0's vocabulary.
func (s State) String() string {
	names := [...]string{
		"idle", "init", "checkpoint_verifying", "waiting_for_token", "streaming", "continuation_matching",
		"tool_call_detected", "finalizing", "retrying", "fallback", "complete", "error",
	}
	if int(s) < len(names) {
		return names[s]
	}
	return "unknown"
}
