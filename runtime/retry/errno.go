//go:build !windows && !plan9

package retry

import "syscall"

// resetErrors returns what the system says when the other side reset the connection.
func resetErrors() []error { return []error{syscall.ECONNRESET} }

// refusedErrors returns what it says when nobody listens.
func refusedErrors() []error { return []error{syscall.ECONNREFUSED} }

// droppedErrors returns what it says when the connection or the way to the other side is gone.
func droppedErrors() []error {
	return []error{
		syscall.EPIPE, syscall.ECONNABORTED, syscall.ENETDOWN, syscall.ENETUNREACH, syscall.ENETRESET, syscall.EHOSTUNREACH,
	}
}
