package retry

// Reason is why an attempt is tried again.
type Reason string

// The reasons.
const (
	ZeroOutput         Reason = "zero_output"         // the reply had nothing in it
	GuardrailViolation Reason = "guardrail_violation" // a rule or the output's schema refused the reply
	Drift              Reason = "drift"               // the reply lost its thread
	Incomplete         Reason = "incomplete"          // the stream ended before the reply did
	NetworkError       Reason = "network_error"       // the connection failed
	Timeout            Reason = "timeout"             // the server or the model was too slow
	RateLimit          Reason = "rate_limit"          // the server asked to slow down
	ServerError        Reason = "server_error"        // the server failed (HTTP 5xx)
	Unknown            Reason = "unknown"             // nothing of the above
)

// DefaultReasons returns the reasons that are retried by default: all but [Unknown].
func DefaultReasons() []Reason {
	return []Reason{ZeroOutput, GuardrailViolation, Drift, Incomplete, NetworkError, Timeout, RateLimit, ServerError}
}

// Reasons returns all reasons.
func Reasons() []Reason { return append(DefaultReasons(), Unknown) }

// Valid reports whether r is a reason.
func (r Reason) Valid() bool {
	switch r {
	case ZeroOutput, GuardrailViolation, Drift, Incomplete, NetworkError, Timeout, RateLimit, ServerError, Unknown:
		return true
	}
	return false
}
