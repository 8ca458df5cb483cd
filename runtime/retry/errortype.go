package retry

import "time"

// ErrorType is the kind of a network failure.
type ErrorType string

// The kinds of network failure.
const (
	ConnectionDropped  ErrorType = "connection_dropped"
	FetchError         ErrorType = "fetch_error"
	ECONNRESET         ErrorType = "econnreset"
	ECONNREFUSED       ErrorType = "econnrefused"
	SSEAborted         ErrorType = "sse_aborted"
	NoBytes            ErrorType = "no_bytes"
	PartialChunks      ErrorType = "partial_chunks"
	RuntimeKilled      ErrorType = "runtime_killed"
	BackgroundThrottle ErrorType = "background_throttle"
	DNSError           ErrorType = "dns_error"
	SSLError           ErrorType = "ssl_error" // never retried
	TimeoutError       ErrorType = "timeout"
	UnknownError       ErrorType = "unknown"
)

// ErrorTypes returns all kinds of network failure.
func ErrorTypes() []ErrorType {
	return []ErrorType{
		ConnectionDropped, FetchError, ECONNRESET, ECONNREFUSED, SSEAborted, NoBytes, PartialChunks,
		RuntimeKilled, BackgroundThrottle, DNSError, SSLError, TimeoutError, UnknownError,
	}
}

// ErrorDelays is the base delay after each kind of network failure. Zero is the default of
// that kind, [NoDelay] means to try again at once.
type ErrorDelays struct {
	ConnectionDropped  time.Duration
	FetchError         time.Duration
	ECONNRESET         time.Duration
	ECONNREFUSED       time.Duration
	SSEAborted         time.Duration
	NoBytes            time.Duration
	PartialChunks      time.Duration
	RuntimeKilled      time.Duration
	BackgroundThrottle time.Duration
	DNSError           time.Duration
	SSLError           time.Duration
	Timeout            time.Duration
	Unknown            time.Duration
}

// DefaultErrorDelays returns the delays that hold when nothing is set. That of [SSLError] is
// zero and stays unused, since a failed certificate does not heal.
func DefaultErrorDelays() ErrorDelays {
	return ErrorDelays{
		ConnectionDropped:  time.Second,
		FetchError:         500 * time.Millisecond,
		ECONNRESET:         time.Second,
		ECONNREFUSED:       2 * time.Second,
		SSEAborted:         500 * time.Millisecond,
		NoBytes:            500 * time.Millisecond,
		PartialChunks:      500 * time.Millisecond,
		RuntimeKilled:      2 * time.Second,
		BackgroundThrottle: 5 * time.Second,
		DNSError:           3 * time.Second,
		SSLError:           0,
		Timeout:            time.Second,
		Unknown:            time.Second,
	}
}

// Of returns the delay after a failure of kind t; a kind that does not exist counts as [UnknownError].
func (d ErrorDelays) Of(t ErrorType) time.Duration {
	if p := d.field(t); p != nil {
		return *p
	}
	return d.Unknown
}

func (d *ErrorDelays) merge(over ErrorDelays) {
	for _, t := range ErrorTypes() {
		set(d.field(t), *over.field(t))
	}
}

// field returns where the delay of t is kept, nil if t is not a kind of failure.
func (d *ErrorDelays) field(t ErrorType) *time.Duration {
	switch t {
	case ConnectionDropped:
		return &d.ConnectionDropped
	case FetchError:
		return &d.FetchError
	case ECONNRESET:
		return &d.ECONNRESET
	case ECONNREFUSED:
		return &d.ECONNREFUSED
	case SSEAborted:
		return &d.SSEAborted
	case NoBytes:
		return &d.NoBytes
	case PartialChunks:
		return &d.PartialChunks
	case RuntimeKilled:
		return &d.RuntimeKilled
	case BackgroundThrottle:
		return &d.BackgroundThrottle
	case DNSError:
		return &d.DNSError
	case SSLError:
		return &d.SSLError
	case TimeoutError:
		return &d.Timeout
	case UnknownError:
		return &d.Unknown
	}
	return nil
}
