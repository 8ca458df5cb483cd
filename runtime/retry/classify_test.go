package retry_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/retry"
)

// status is an error of a client that knows its HTTP status.
type status int

func (s status) Error() string   { return fmt.Sprintf("the server said %d", int(s)) }
func (s status) HTTPStatus() int { return int(s) }

// sdkStatus has the other method, and a text that says something else.
type sdkStatus int

func (s sdkStatus) Error() string   { return "stream timeout, connection reset, bad certificate" }
func (s sdkStatus) StatusCode() int { return int(s) }

// slow is a foreign error that says it was a timeout.
type slow struct{}

func (slow) Error() string { return "too slow" }
func (slow) Timeout() bool { return true }

// what is the outcome of a classification, without what follows from the category.
type what struct {
	category retry.Category
	reason   retry.Reason
	kind     retry.ErrorType
}

func network(kind retry.ErrorType) what {
	return what{retry.CategoryNetwork, retry.NetworkError, kind}
}

var (
	model     = what{retry.CategoryModel, retry.Unknown, ""}
	badTLS    = what{retry.CategoryFatal, retry.NetworkError, retry.SSLError}
	tooSlow   = what{retry.CategoryNetwork, retry.Timeout, retry.TimeoutError}
	rateLimit = what{retry.CategoryTransient, retry.RateLimit, ""}
	server    = what{retry.CategoryTransient, retry.ServerError, ""}
	refused   = what{retry.CategoryFatal, retry.Unknown, ""}
)

func assertClassified(t *testing.T, want what, err error) {
	t.Helper()
	got := retry.Classify(err)
	assert.Equal(t, want, what{got.Category, got.Reason, got.Type}, "%v", err)
	assert.Equal(t, want.category.Counts(), got.Counts, "%v", err)
	assert.Equal(t, want.category.Retryable(), got.Retryable, "%v", err)
	assert.Zero(t, got.RetryAfter)
}

// TestText has one row for each row of the table of texts, with every phrase of it.
func TestText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		want  what
		texts []string
	}{
		"2.5/01 connection_dropped": {network(retry.ConnectionDropped), []string{
			"connection dropped", "Connection closed", "connection lost", "CONNECTION RESET", "ECONNRESET", "pipe broken", "write: broken pipe",
			"socket error", "EOF occurred in violation of protocol", "network unreachable", "connect: network is unreachable", "host unreachable",
			"connect: no route to host", "connection reset by peer", "http2: server sent GOAWAY and closed the connection",
			"stream error: stream ID 3; INTERNAL_ERROR; received from peer", "http: server closed idle connection",
			"wsarecv: An existing connection was forcibly closed by the remote host.", "use of closed network connection",
		}},
		"2.5/02 fetch_error": {network(retry.FetchError), []string{
			"TypeError: fetch failed", "TypeError: Failed to fetch", "TypeError: Network request failed",
		}},
		"2.5/03 econnreset":   {network(retry.ECONNRESET), []string{"[Errno 104]"}},
		"2.5/04 econnrefused": {network(retry.ECONNREFUSED), []string{"ECONNREFUSED", "connection refused", "[Errno 111] nobody there"}},
		"2.5/05 sse_aborted": {network(retry.SSEAborted), []string{
			"SSE closed", "the (sse)", "server-sent events ended", "the stream was aborted", "upstream: abort", "stream aborted", "EventStream failed", "AbortError",
		}},
		"2.5/06 no_bytes": {network(retry.NoBytes), []string{
			"no bytes", "empty response", "received zero bytes", "no data received", "Content-Length: 0", "content-length: 0, nothing",
		}},
		"2.5/07 partial_chunks": {network(retry.PartialChunks), []string{
			"partial chunk", "incomplete chunked read", "response truncated", "premature close", "unexpected end of data", "incomplete data",
			"incomplete read", "IncompleteRead(12 bytes read)", "unexpected EOF",
		}},
		"2.5/08 runtime_killed": {network(retry.RuntimeKilled), []string{
			"the worker was terminated", "runtime has been killed", "Edge Runtime gave up", "lambda timeout", "function timeout", "execution timeout",
			"worker died", "process exited", "SIGTERM", "got sigkill",
		}},
		"2.5/09 background_throttle": {network(retry.BackgroundThrottle), []string{
			"background task suspended", "background throttle", "tab suspended", "page hidden", "visibility hidden", "inactive tab", "background tab",
		}},
		"2.5/10 dns_error": {network(retry.DNSError), []string{
			"DNS failure", "getaddrinfo ENOTFOUND", "temporary failure in name resolution", "host not found", "getaddrinfo failed",
			"nodename nor servname provided, or not known", "[Errno -2]", "lookup x: no such host",
		}},
		"2.5/11 ssl_error": {badTLS, []string{
			"SSL: WRONG_VERSION", "ssl_error_syscall", "tls: bad record", "x509: certificate has expired", "bad cert", "handshake failure",
			"self signed", "self-signed", "unable to verify the first one",
		}},
		"2.5/12 timeout": {tooSlow, []string{
			"timeout", "ReadTimeout", "request timed out", "time out", "context deadline exceeded", "ETIMEDOUT",
			"net/http: TLS handshake timeout", "SSL handshake timed out",
		}},
		"2.5/13 unknown": {model, []string{
			"", "something failed", "the model is overloaded", "context canceled", "\xff\xfe",
			// Words inside of words.
			"processed", "passed all classes, missed one", "are you certain?", "lossless", "sslish", "tlsx", "outlstanding", "dnsmasq", "concert",
			"time outside of range", "errno 1045", "content-length: 07", "accelerate limits",
			// The words of one phrase, apart.
			"failed to generate: token limit exceeded", "the connection is slow and closed for today", "failed to fetch the image",
			"network request failed", "worker is idle", "background image",
			// An address is not what happened to it.
			`Post "https://cert.tls.example/dns/sse/timeout": no luck`,
		}},
		"2.6/08 rate-limit text": {rateLimit, []string{
			"Rate limit reached for requests", "too many requests", "rate_limit_exceeded", "RateLimitError", "rate limit: connection closed",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range c.texts {
				assertClassified(t, c.want, errors.New(text))
			}
		})
	}
}

// TestTextOrder has texts that fit several rows: the first decides.
func TestTextOrder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]what{
		"connection reset by peer":                    network(retry.ConnectionDropped),
		"TypeError: fetch aborted: stream timeout":    network(retry.FetchError),
		"connection refused: SSE":                     network(retry.ECONNREFUSED),
		"SSE: no bytes":                               network(retry.SSEAborted),
		"no bytes, truncated":                         network(retry.NoBytes),
		"truncated after SIGTERM":                     network(retry.PartialChunks),
		"lambda timeout":                              network(retry.RuntimeKilled),
		"page hidden, dns":                            network(retry.BackgroundThrottle),
		"dns: certificate":                            network(retry.DNSError),
		"certificate check: timeout":                  badTLS,
		strings.Repeat("x ", 1<<20) + "timeout":       model, // only the beginning is read
		"timeout " + strings.Repeat("x", 1<<20):       tooSlow,
		"Bad Gateway https://a.example/ timed  out  ": tooSlow,
	} {
		assertClassified(t, want, errors.New(text))
	}
}

// TestTypes has the errors of the standard library, as they are and wrapped.
func TestTypes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		want what
		errs []error
	}{
		"2.6/01 dns":      {network(retry.DNSError), []error{&net.DNSError{Err: "no such host"}, &net.DNSError{IsTimeout: true}, (*net.DNSError)(nil)}},
		"2.6/02 tls":      {badTLS, tlsErrors()},
		"2.6/03 timeout":  {tooSlow, []error{os.ErrDeadlineExceeded, context.DeadlineExceeded, slow{}, &net.OpError{Op: "read", Err: slow{}}}},
		"2.6/04 cut":      {network(retry.PartialChunks), []error{io.ErrUnexpectedEOF}},
		"2.6/05 no bytes": {network(retry.NoBytes), []error{io.EOF}},
		"2.6/06 closed":   {network(retry.ConnectionDropped), []error{net.ErrClosed}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, err := range c.errs {
				assertClassified(t, c.want, err)
				assertClassified(t, c.want, fmt.Errorf("while reading the certificate: %w", err))
				assertClassified(t, c.want, &net.OpError{Op: "dial", Err: &os.SyscallError{Syscall: "connect", Err: err}})
				assertClassified(t, c.want, errors.Join(errors.New("first"), &url.Error{Op: "Post", URL: "https://tls.example", Err: err}))
				assertClassified(t, c.want, errors.Join(status(400), err)) // types say more than a status
			}
		})
	}
}

func tlsErrors() []error {
	return []error{
		x509.UnknownAuthorityError{},
		x509.HostnameError{Certificate: &x509.Certificate{}, Host: "h"},
		x509.CertificateInvalidError{},
		x509.SystemRootsError{},
		&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		tls.RecordHeaderError{Msg: "plain"},
		tls.AlertError(42),
	}
}

// TestStatus has the rows of the table of categories that are about a status.
func TestStatus(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		want  what
		codes []int
	}{
		"2.6/09 429":             {rateLimit, []int{429}},
		"2.6/10 5xx":             {server, []int{500, 502, 503, 504, 529, 599}},
		"2.6/11 401, 403":        {refused, []int{401, 403}},
		"2.6/12 other 4xx":       {refused, []int{400, 402, 404, 405, 413, 422, 451, 499}},
		"2.6/12 408":             {what{retry.CategoryTransient, retry.Timeout, ""}, []int{408}},
		"2.6/12 409, 425":        {server, []int{409, 425}},
		"2.6/13 everything else": {model, []int{-1, 0, 100, 200, 302, 399, 600, 999}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, code := range c.codes {
				assertClassified(t, c.want, status(code))
				assertClassified(t, c.want, fmt.Errorf("call: %w", errors.Join(errors.New("x"), status(code))))
				f, ok := retry.ClassifyStatus(code)
				assert.Equal(t, c.want != model, ok)
				if ok {
					assert.Equal(t, retry.Classify(status(code)), f)
					assertClassified(t, c.want, sdkStatus(code)) // a status says more than the text
				}
			}
		})
	}
	assertClassified(t, network(retry.ConnectionDropped), sdkStatus(200)) // a status of no error says nothing
	assertClassified(t, rateLimit, errors.Join(status(200), status(429)))
}

// TestReasons has the table of reasons: what the classification gives and what the caller
// builds by its own codes.
func TestReasons(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		got      retry.Failure
		reason   retry.Reason
		category retry.Category
	}{
		"2.4/01 network subtype":       {retry.Classify(io.EOF), retry.NetworkError, retry.CategoryNetwork},
		"2.4/02 timeout of the call":   {retry.NewFailure(retry.CategoryTransient, retry.Timeout), retry.Timeout, retry.CategoryTransient},
		"2.4/03 timeout text":          {retry.Classify(errors.New("upstream timed out")), retry.Timeout, retry.CategoryNetwork},
		"2.4/04 429":                   {retry.Classify(status(429)), retry.RateLimit, retry.CategoryTransient},
		"2.4/04 rate-limit text":       {retry.Classify(errors.New("rate limit")), retry.RateLimit, retry.CategoryTransient},
		"2.4/05 5xx":                   {retry.Classify(status(529)), retry.ServerError, retry.CategoryTransient},
		"2.4/06 zero output":           {retry.NewFailure(retry.CategoryContent, retry.ZeroOutput), retry.ZeroOutput, retry.CategoryContent},
		"2.4/07 guardrail":             {retry.NewFailure(retry.CategoryContent, retry.GuardrailViolation), retry.GuardrailViolation, retry.CategoryContent},
		"2.4/08 drift":                 {retry.NewFailure(retry.CategoryContent, retry.Drift), retry.Drift, retry.CategoryContent},
		"2.4/09 no terminal marker":    {retry.NewFailure(retry.CategoryContent, retry.Incomplete), retry.Incomplete, retry.CategoryContent},
		"2.4/10 other, before output":  {retry.Classify(errors.New("odd")), retry.Unknown, retry.CategoryModel},
		"2.4/10 other, after output":   {retry.Classify(errors.New("odd")).AfterOutput(), retry.Incomplete, retry.CategoryModel},
		"known reasons stay":           {retry.Classify(status(500)).AfterOutput(), retry.ServerError, retry.CategoryTransient},
		"fatal stays":                  {retry.Classify(status(400)).AfterOutput(), retry.Unknown, retry.CategoryFatal},
		"content with a reason stays":  {retry.NewFailure(retry.CategoryContent, retry.Drift).AfterOutput(), retry.Drift, retry.CategoryContent},
		"a model without a reason too": {retry.NewFailure(retry.CategoryModel, "").AfterOutput(), retry.Incomplete, retry.CategoryModel},
	} {
		assert.Equal(t, c.reason, c.got.Reason, name)
		assert.Equal(t, c.category, c.got.Category, name)
	}
	assert.Equal(t, retry.PartialChunks, retry.Classify(io.EOF).AfterOutput().Type, "the end came between chunks")
	assert.Equal(t, retry.Failure{}, retry.Classify(nil))
	assert.False(t, retry.Category("").Retryable())
}
