package l0

import "runtime/debug"

// recoverTo is deferred around code that is not ours. A panic of it becomes an *Error.
func recoverTo(err *error, what string) {
	if r := recover(); r != nil {
		*err = panicked(r, what)
	}
}

// panicked makes an error of what recover returned.
func panicked(value any, what string) *Error {
	return &Error{
		Code:    CodePanic,
		Message: what + " panicked",
		Err:     &panicError{value: value, stack: debug.Stack()},
	}
}
