package l0

import (
	"errors"
	"io"

	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

// explain makes an *Error of whatever an attempt failed with. Errors of fakes pass.
func explain(err error) error {
	switch e := err.(type) { //nolint:errorlint // a wrapped one is explained like any other
	case *Error, asIs:
		return err
	case *timeoutError:
		return e.toError()
	}
	return sourceError(err)
}

// toError says which limit passed.
func (e *timeoutError) toError() *Error {
	code := CodeTotalTimeout
	switch e.kind {
	case record.TimeoutInitial:
		code = CodeInitialTokenTimeout
	case record.TimeoutInter:
		code = CodeInterTokenTimeout
	case record.TimeoutAttempt:
		code = CodeAttemptTimeout
	case record.TimeoutTotal: // as it is
	}
	return &Error{Code: code, Err: e, Timeout: e.configured}
}

// sourceError makes an *Error of what Open or Next returned. Code, category and status are
// filled in; where the call was is left to the caller.
func sourceError(err error) *Error {
	if own, ok := errors.AsType[*Error](err); ok {
		own := *own
		return &own
	}
	e := &Error{Code: CodeProviderError, Err: err}
	if pe, ok := errors.AsType[*ProviderError](err); ok {
		e.StatusCode, e.RetryAfter = pe.StatusCode, pe.RetryAfter
	} else if errors.Is(err, io.ErrUnexpectedEOF) {
		e.Code, e.Message = CodeIncomplete, "the stream was cut before the reply was complete"
		return e
	}
	f := retry.Classify(err)
	e.Category = f.Category
	if e.StatusCode == 0 && f.Type != "" {
		e.Code = CodeNetworkError
	}
	return e
}

// failureOf says what a failure is for the decision about a retry: by its code where that is
// the runtime's own, else by the error behind it. started says that something of the reply
// had come.
func failureOf(e *Error, started bool) retry.Failure {
	f := byCode(e)
	if started {
		f = f.AfterOutput()
	}
	f.RetryAfter = e.RetryAfter
	return f
}

func byCode(e *Error) retry.Failure {
	switch e.Code {
	case CodeInitialTokenTimeout, CodeInterTokenTimeout, CodeAttemptTimeout:
		return retry.NewFailure(retry.CategoryTransient, retry.Timeout)
	case CodeZeroOutput:
		return retry.NewFailure(retry.CategoryContent, retry.ZeroOutput)
	case CodeIncomplete, CodeReplyTooLarge:
		return retry.NewFailure(retry.CategoryContent, retry.Incomplete)
	case CodeGuardrailViolation, CodeInvalidOutput:
		return retry.NewFailure(retry.CategoryContent, retry.GuardrailViolation)
	case CodeDriftDetected:
		return retry.NewFailure(retry.CategoryContent, retry.Drift)
	case CodeFatalGuardrailViolation:
		f := retry.NewFailure(retry.CategoryContent, retry.GuardrailViolation)
		f.Retryable = false // though it reports content: the model is given up at once
		return f
	case CodeProviderError, CodeNetworkError:
		if e.Err != nil {
			return retry.Classify(e.Err)
		}
		return retry.NewFailure(e.category(), retry.Unknown)
	default: // the program's, the caller's or the runtime's own
		return retry.NewFailure(e.category(), retry.Unknown)
	}
}
