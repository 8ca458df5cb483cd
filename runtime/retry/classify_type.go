package retry

import (
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
)

// maxChain is how many errors of a chain are looked at. Real ones have fewer than ten; the
// limit ends those that go in circles.
const maxChain = 100

// flatten returns err and everything it wraps, an error before what it wraps.
func flatten(err error) []error {
	chain := make([]error, 0, 8)
	pending := []error{err}
	for len(pending) > 0 && len(chain) < maxChain {
		next := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if next == nil {
			continue
		}
		chain = append(chain, next)
		inner := unwrap(next)
		for i := min(len(inner), maxChain) - 1; i >= 0; i-- {
			pending = append(pending, inner[i])
		}
	}
	return chain
}

// unwrap returns what err wraps, nothing if its method panics.
func unwrap(err error) (inner []error) {
	defer func() {
		if recover() != nil {
			inner = nil
		}
	}()
	switch e := err.(type) { //nolint:errorlint // this is what unwraps
	case interface{ Unwrap() error }:
		return []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	}
	return nil
}

// classifyTypes classifies by the types of the standard library. The order matters: the
// failure of a name server may say that it is a timeout too.
func classifyTypes(chain []error) (Failure, bool) {
	for _, rule := range [...]struct {
		is   func(error) bool
		kind ErrorType
	}{
		{isDNS, DNSError},
		{isTLS, SSLError},
		{func(err error) bool { return matches(err, resetErrors()) }, ECONNRESET},
		{isDropped, ConnectionDropped},
		{func(err error) bool { return matches(err, refusedErrors()) }, ECONNREFUSED},
		{isTimeout, TimeoutError},
		{func(err error) bool { return is(err, io.ErrUnexpectedEOF) }, PartialChunks},
		{func(err error) bool { return is(err, io.EOF) }, NoBytes},
	} {
		for _, err := range chain {
			f, ok := recovered(func() (Failure, bool) { return NewNetworkFailure(rule.kind), rule.is(err) })
			if ok {
				return f, true
			}
		}
	}
	return Failure{}, false
}

// isNet reports whether err is of an operation on a connection, whatever it is about.
func isNet(err error) bool {
	op, ok := err.(*net.OpError) //nolint:errorlint // the chain is already unwrapped
	return ok && op != nil
}

func isDNS(err error) bool {
	_, ok := err.(*net.DNSError) //nolint:errorlint // the chain is already unwrapped
	return ok
}

// isTLS goes by the package, since what it reports most often, an alert, has no exported
// type. A type with a method Timeout carries an error of the connection, or is a handshake
// that took too long; neither says that the other side cannot be trusted.
func isTLS(err error) bool {
	if _, carrier := err.(interface{ Timeout() bool }); carrier {
		return false
	}
	if is(err, http.ErrSchemeMismatch) { // net/http puts it in the place of an error of tls
		return true
	}
	path, _ := typeName(err)
	return path == "crypto/tls" || path == "crypto/x509"
}

// isDropped finds broken connections, among them those of HTTP/2, whose types the standard
// library does not export.
func isDropped(err error) bool {
	if is(err, net.ErrClosed) || matches(err, droppedErrors()) {
		return true
	}
	path, name := typeName(err)
	if path != "net/http" && !strings.HasSuffix(path, "/http2") {
		return false
	}
	switch strings.TrimPrefix(name, "http2") {
	case "StreamError", "GoAwayError", "ConnectionError":
		return true
	}
	return false
}

func isTimeout(err error) bool {
	t, ok := err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// is is errors.Is for one error of a chain.
func is(err, target error) bool {
	if err == target { //nolint:errorlint // the chain is already unwrapped
		return true
	}
	x, ok := err.(interface{ Is(error) bool })
	return ok && x.Is(target)
}

func matches(err error, targets []error) bool {
	for _, target := range targets {
		if is(err, target) {
			return true
		}
	}
	return false
}

// typeName returns the package and the name of the type of err, without pointers.
func typeName(err error) (path, name string) {
	t := reflect.TypeOf(err)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath(), t.Name()
}
