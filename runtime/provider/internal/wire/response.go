package wire

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/sse"
)

// Limits on what is read of a server.
const (
	maxEvent     = 64 << 20 // of one event, and of a reply that is no stream; see eventLimit
	maxEnvelope  = 1 << 20  // of what an event holds beside the reply's text
	maxEscape    = 6        // bytes of JSON for one byte of text: \u0041
	maxErrorBody = 64 << 10
	maxExcerpt   = 300 // of a body that an error quotes
)

// errorNotStream is the type of the error for a body that is no stream.
const errorNotStream = "not_a_stream"

// eventLimit returns the size of the largest event, or whole reply, that is read: one that holds as
// much text as the reply may have. The limit for replies would come too late, when an event is read.
func (c *Call) eventLimit() int {
	if c.ReplyLimit <= 0 || c.ReplyLimit > maxEvent {
		return maxEvent
	}
	return min(maxEvent, maxEscape*c.ReplyLimit+maxEnvelope)
}

// source makes a stream of a response.
func (c *Call) source(ctx context.Context, cancel context.CancelFunc, resp *http.Response) (*stream, error) {
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, c.statusError(resp)
	}
	s := &stream{call: c, ctx: ctx, cancel: cancel, body: resp.Body, requestID: c.requestID(resp.Header)}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	if kind == "text/event-stream" {
		s.events = sse.NewReader(resp.Body, c.eventLimit())
		return s, nil
	}
	body := bufio.NewReader(resp.Body)
	switch first := firstByte(body); {
	case kind == "text/html", first == '<':
		return nil, c.notStream(resp, body)
	case first == '{', first == '[':
		return s, s.readWhole(resp, body)
	case looksLikeStream(body):
		s.events = sse.NewReader(body, c.eventLimit())
		return s, nil
	}
	return nil, c.notStream(resp, body)
}

// firstByte returns the first byte that is not white space, 0 if there is none near.
func firstByte(body *bufio.Reader) byte {
	for n := 1; n <= 64; n++ {
		start, err := body.Peek(n)
		if err != nil {
			return 0
		}
		if c := start[n-1]; !unicode.IsSpace(rune(c)) {
			return c
		}
	}
	return 0
}

// looksLikeStream reports whether a body that does not say so is one of server-sent events.
func looksLikeStream(body *bufio.Reader) bool {
	start, _ := body.Peek(len("event:"))
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\uFEFF")), "\r\n")
	for _, field := range []string{":", "data", "even", "id:", "retr"} {
		if bytes.HasPrefix(start, []byte(field)) {
			return true
		}
	}
	return false
}

// readWhole reads a reply of a server that does not stream, in one piece.
func (s *stream) readWhole(resp *http.Response, body io.Reader) error {
	limit := s.call.eventLimit()
	text, err := io.ReadAll(io.LimitReader(body, int64(limit)+1))
	switch {
	case err != nil:
		return s.readError(err)
	case len(text) > limit:
		return s.readError(&sse.TooLargeError{Limit: limit})
	}
	chunks, err := s.call.Decoder.Whole(text, nil)
	if err != nil {
		return s.withID(err)
	}
	if len(chunks) == 0 {
		return s.call.notStream(resp, bytes.NewReader(text))
	}
	s.take(chunks, true)
	s.ended.Store(true)
	return nil
}

// statusError makes an error of a response whose status is none of success.
func (c *Call) statusError(resp *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody)) // what came before a failure is better than nothing
	e := parseError(body)
	e.StatusCode = resp.StatusCode
	e.RequestID = firstOf(c.requestID(resp.Header), e.RequestID)
	if wait := retryAfter(resp.Header); wait > 0 {
		e.RetryAfter = wait
	}
	switch location := resp.Header.Get("Location"); {
	case resp.StatusCode >= 300 && resp.StatusCode < 400 && location != "":
		location, _, _ = strings.Cut(location, "?")
		e.Message = fmt.Sprintf("the server redirects to %s: set the base URL to where the API is", excerpt([]byte(location)))
	case e.Message == "" && len(bytes.TrimSpace(body)) > 0:
		e.Message = fmt.Sprintf("a body of type %q: %s", resp.Header.Get("Content-Type"), excerpt(body))
	case e.Message == "":
		e.Message = http.StatusText(resp.StatusCode)
	}
	return e
}

// notStream makes an error of a response that claims success and holds something else.
func (c *Call) notStream(resp *http.Response, body io.Reader) error {
	text, _ := io.ReadAll(io.LimitReader(body, maxErrorBody))
	message := fmt.Sprintf("the server answered with content type %q instead of a stream of events, beginning with: %s",
		resp.Header.Get("Content-Type"), excerpt(text))
	if len(bytes.TrimSpace(text)) == 0 {
		message = fmt.Sprintf("the server answered with content type %q and an empty body", resp.Header.Get("Content-Type"))
	}
	return &l0.ProviderError{
		StatusCode: resp.StatusCode,
		Type:       errorNotStream,
		Message:    message,
		RequestID:  c.requestID(resp.Header),
	}
}

// excerpt returns the beginning of a text on one line, without what would not show.
func excerpt(text []byte) string {
	cut := len(text) > maxExcerpt
	if cut {
		text = text[:maxExcerpt]
	}
	line := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(string(text), ""))), " ")
	if cut {
		line += " …"
	}
	return line
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
