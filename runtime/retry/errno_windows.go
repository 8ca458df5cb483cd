package retry

import "syscall"

// The numbers of Windows Sockets, most of which package syscall has no names for.
const (
	wsaNetDown     syscall.Errno = 10050
	wsaNetUnreach  syscall.Errno = 10051
	wsaNetReset    syscall.Errno = 10052
	wsaConnAborted syscall.Errno = 10053
	wsaConnReset   syscall.Errno = 10054
	wsaConnRefused syscall.Errno = 10061
	wsaHostUnreach syscall.Errno = 10065
)

// resetErrors returns what the system says when the other side reset the connection.
func resetErrors() []error { return []error{wsaConnReset, syscall.ECONNRESET} }

// refusedErrors returns what it says when nobody listens.
func refusedErrors() []error { return []error{wsaConnRefused, syscall.ECONNREFUSED} }

// droppedErrors returns what it says when the connection or the way to the other side is gone.
func droppedErrors() []error {
	return []error{
		wsaNetDown, wsaNetUnreach, wsaNetReset, wsaConnAborted, wsaHostUnreach,
		syscall.ERROR_BROKEN_PIPE, syscall.EPIPE,
	}
}
