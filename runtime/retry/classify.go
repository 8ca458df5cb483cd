package retry

import (
	"net/http"
	"slices"
)

// HTTPStatus is an error that knows the HTTP status which the server answered with.
// [Classify] looks for it, and for a method StatusCode() int, on every error of a chain.
type HTTPStatus interface {
	HTTPStatus() int
}

// statusCoder is the other name that clients give to the same method.
type statusCoder interface {
	StatusCode() int
}

// Classify says what an error of unknown origin is: by the types of its chain, then by an
// HTTP status that one of them knows (see [HTTPStatus]), then by its text, and else as a
// failure of the network if it is about a connection, or of the model. It assumes that nothing of the reply had arrived; see
// [Failure.AfterOutput] for when something had. A nil error is no failure.
//
// It is for errors that the caller does not know itself; whether the call was cancelled, the
// caller has to ask before. A deadline in err is taken for that of the other side.
//
// Classify never panics, whatever methods err has, and ends on chains that go in circles.
func Classify(err error) Failure {
	if err == nil {
		return Failure{}
	}
	chain := flatten(err)
	for _, step := range [...]func() (Failure, bool){
		func() (Failure, bool) { return classifyTypes(chain) },
		func() (Failure, bool) { return classifyStatuses(chain) },
		func() (Failure, bool) { return classifyText(err.Error()) },
	} {
		if f, ok := recovered(step); ok {
			return f
		}
	}
	if slices.ContainsFunc(chain, isNet) {
		return NewNetworkFailure(UnknownError)
	}
	return NewFailure(CategoryModel, Unknown)
}

// ClassifyStatus says what an HTTP status means; false for those that are no error.
func ClassifyStatus(status int) (Failure, bool) {
	switch {
	case status == http.StatusTooManyRequests:
		return NewFailure(CategoryTransient, RateLimit), true
	case status == http.StatusRequestTimeout:
		return NewFailure(CategoryTransient, Timeout), true
	case status == http.StatusConflict, status == http.StatusTooEarly, status >= 500 && status <= 599:
		return NewFailure(CategoryTransient, ServerError), true
	case status >= 400 && status <= 499:
		return NewFailure(CategoryFatal, Unknown), true
	}
	return Failure{}, false
}

func classifyStatuses(chain []error) (Failure, bool) {
	for _, err := range chain {
		f, ok := recovered(func() (Failure, bool) { return ClassifyStatus(statusOf(err)) })
		if ok {
			return f, true
		}
	}
	return Failure{}, false
}

func statusOf(err error) int {
	switch e := err.(type) { //nolint:errorlint // the chain is already unwrapped
	case HTTPStatus:
		return e.HTTPStatus()
	case statusCoder:
		return e.StatusCode()
	}
	return 0
}

// recovered returns what f returns, or false if f panics: the methods of foreign errors run
// in it.
func recovered(f func() (Failure, bool)) (result Failure, ok bool) {
	defer func() {
		if recover() != nil {
			result, ok = Failure{}, false
		}
	}()
	return f()
}
