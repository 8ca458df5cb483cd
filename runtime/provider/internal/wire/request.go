package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Call is one request to a model server.
type Call struct {
	// Provider is the name that errors begin with.
	Provider string
	// Client sends the request; nil is one on [http.DefaultTransport].
	Client *http.Client
	// URL is where the request goes.
	URL string
	// Header holds the headers of the provider, the key among them.
	Header http.Header
	// Secrets are the texts that no error may show.
	Secrets []string
	// Body is the JSON to send.
	Body []byte
	// Decoder reads the events of the reply.
	Decoder Decoder
	// RequestIDHeaders name the response headers that may hold the provider's id of the
	// request; the first one that is set counts.
	RequestIDHeaders []string
	// OutputLimit is how many tokens the reply may have, 0 if that is unknown. A reply that
	// has used them all is cut, whatever the server says.
	OutputLimit int
	// ReplyLimit is the size in bytes at which the reply is cut off, 0 if that is unknown.
	ReplyLimit int
	// TerminalEvent says that a reply is complete only after the decoder has seen the event
	// that ends a stream; else a finish reason is enough.
	TerminalEvent bool
}

// Open sends the request and returns the stream of the reply as soon as the headers are there.
// What is no stream becomes an error, most often a [*l0.ProviderError].
func (c *Call) Open(ctx context.Context) (l0.Source, error) {
	ctx, cancel := context.WithCancel(ctx)
	src, err := c.open(ctx, cancel)
	if err != nil {
		cancel()
		return nil, c.scrub(err)
	}
	return src, nil
}

func (c *Call) open(ctx context.Context, cancel context.CancelFunc) (*stream, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(c.Body))
	if err != nil {
		return nil, fmt.Errorf("%s: the address cannot be used: %w", c.Provider, withoutQuery(err))
	}
	req.Header = c.Header.Clone()
	setDefault(req.Header, "Content-Type", "application/json")
	setDefault(req.Header, "Accept", "text/event-stream")
	setDefault(req.Header, "Accept-Encoding", "identity") // compression would hold tokens back
	setDefault(req.Header, "User-Agent", "l0gen")
	resp, err := c.client().Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("%s: %w", c.Provider, withoutQuery(err))
	}
	src, err := c.source(ctx, cancel, resp)
	if err != nil {
		_ = resp.Body.Close() // the error says what matters
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return src, err
}

// client returns a client that follows no redirect: Go would take some of the keys' headers
// along to the other server.
func (c *Call) client() *http.Client {
	client := http.Client{}
	if c.Client != nil {
		client = *c.Client
	}
	if client.CheckRedirect == nil {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return &client
}

func (c *Call) requestID(h http.Header) string {
	for _, name := range c.RequestIDHeaders {
		if id := h.Get(name); id != "" {
			return id
		}
	}
	return ""
}

func setDefault(h http.Header, name, value string) {
	if h.Get(name) == "" {
		h.Set(name, value)
	}
}

// withoutQuery drops the query of the address in an error, where a key may be.
func withoutQuery(err error) error {
	failed, ok := errors.AsType[*url.Error](err)
	if !ok {
		return err
	}
	clean := *failed
	clean.URL, _, _ = strings.Cut(clean.URL, "?")
	return &clean
}
