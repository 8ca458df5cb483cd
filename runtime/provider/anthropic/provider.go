package anthropic

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

var (
	_ l0.Provider       = (*Messages)(nil)
	_ l0.KeyUser        = (*Messages)(nil)
	_ l0.SchemaEnforcer = (*Messages)(nil)
)

const (
	// DefaultVersion is the version of the API that requests name.
	DefaultVersion = "2023-06-01"
	// DefaultMaxTokens is the limit of output tokens where nothing sets one. It is one that
	// every model allows.
	DefaultMaxTokens = 4096

	defaultURL = "https://api.anthropic.com"
)

// Messages is the provider, made by [Provider]. It is a client option as well, and safe for
// concurrent use.
type Messages struct {
	l0.ClientOption // adds the provider itself

	config  config
	schemas *subset.Cache
}

// Provider returns the provider, to be given to [l0.NewClient]. Its name is anthropic, and its
// key is in ANTHROPIC_API_KEY unless it is set otherwise.
func Provider(opts ...Option) *Messages {
	p := &Messages{
		config:  config{name: "anthropic", keyEnv: "ANTHROPIC_API_KEY", version: DefaultVersion, header: http.Header{}},
		schemas: subset.NewCache(subset.Rules{}),
	}
	for _, o := range opts {
		if o != nil {
			o(&p.config)
		}
	}
	p.ClientOption = l0.WithProvider(p)
	return p
}

// Name returns what specs call the provider.
func (p *Messages) Name() string { return p.config.name }

// APIKeyEnv names the variable that holds the key, empty if none is needed.
func (p *Messages) APIKeyEnv() string { return p.config.keyEnv }

// Open sends a request and returns the stream of its reply once the headers are there. It
// fails with a [*l0.ProviderError] if the server answers with an error, and before anything is
// sent if the request makes no sense.
func (p *Messages) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	call, err := p.call(req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.config.name, err)
	}
	return call.Open(ctx)
}

// call makes the HTTP request for req.
func (p *Messages) call(req *l0.Request) (*wire.Call, error) {
	address, err := p.config.address(req.Model)
	if err != nil {
		return nil, err
	}
	body, err := body(req)
	if err != nil {
		return nil, err
	}
	limit := req.MaxOutputTokens
	if limit == 0 {
		limit = body.Int("max_tokens")
	}
	text, err := body.JSON()
	if err != nil {
		return nil, err
	}
	return &wire.Call{
		Provider: p.config.name,
		Client:   p.config.client,
		URL:      address,
		Header:   p.config.headers(req.APIKey),
		Secrets:  []string{wire.Key(req.APIKey)},
		Body:     text,
		Decoder:  &decoder{forced: req.OutputMode == l0.OutputTool},

		RequestIDHeaders: []string{"Request-Id", "X-Request-Id"},
		OutputLimit:      limit,
		ReplyLimit:       req.MaxReplyBytes,
		TerminalEvent:    true,
	}, nil
}

func (c *config) address(m l0.Model) (string, error) {
	for _, base := range []string{m.BaseURL, c.baseURL, os.Getenv("ANTHROPIC_BASE_URL")} {
		if base != "" {
			return wire.Address(base, "v1/messages")
		}
	}
	return wire.Address(defaultURL, "v1/messages")
}

// headers returns the headers of a request, the user's own above the provider's.
func (c *config) headers(key l0.Secret) http.Header {
	h := http.Header{}
	h.Set("Anthropic-Version", c.version)
	if key := wire.Key(key); key != "" {
		h.Set("X-Api-Key", key)
	}
	maps.Copy(h, c.header)
	return h
}
