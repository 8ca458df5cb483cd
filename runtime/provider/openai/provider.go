package openai

import (
	"context"
	"fmt"
	"net/http"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

var (
	_ l0.Provider       = (*ChatCompletions)(nil)
	_ l0.KeyUser        = (*ChatCompletions)(nil)
	_ l0.SchemaEnforcer = (*ChatCompletions)(nil)
)

// ChatCompletions is the provider, made by [Provider]. It is a client option as well, and safe
// for concurrent use.
type ChatCompletions struct {
	l0.ClientOption // adds the provider itself

	config  config
	schemas *subset.Cache
}

// Provider returns the provider, to be given to [l0.NewClient]. Its name is openai, and its
// key is in OPENAI_API_KEY unless it is set otherwise.
func Provider(opts ...Option) *ChatCompletions {
	p := &ChatCompletions{
		config:  config{name: "openai", keyEnv: "OPENAI_API_KEY", header: http.Header{}},
		schemas: subset.NewCache(strictRules()),
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
func (p *ChatCompletions) Name() string { return p.config.name }

// APIKeyEnv names the variable that holds the key, empty if none is needed.
func (p *ChatCompletions) APIKeyEnv() string { return p.config.keyEnv }

// Open sends a request and returns the stream of its reply once the headers are there. It
// fails with a [*l0.ProviderError] if the server answers with an error, and before anything is
// sent if the request makes no sense.
func (p *ChatCompletions) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	call, err := p.call(req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.config.name, err)
	}
	return call.Open(ctx)
}

// call makes the HTTP request for req.
func (p *ChatCompletions) call(req *l0.Request) (*wire.Call, error) {
	address, err := p.config.address(req.Model)
	if err != nil {
		return nil, err
	}
	body, err := p.body(req, p.config.maxTokensParam(address))
	if err != nil {
		return nil, err
	}
	text, err := body.JSON()
	if err != nil {
		return nil, err
	}
	limit := req.MaxOutputTokens
	if limit == 0 {
		limit = max(body.Int(maxTokens), body.Int(maxCompletionTokens))
	}
	return &wire.Call{
		Provider: p.config.name,
		Client:   p.config.client,
		URL:      address,
		Header:   p.config.headers(req.APIKey),
		Secrets:  []string{wire.Key(req.APIKey)},
		Body:     text,
		Decoder:  &decoder{forced: req.OutputMode == l0.OutputTool},

		RequestIDHeaders: []string{"X-Request-Id", "Apim-Request-Id", "Request-Id"},
		OutputLimit:      limit,
		ReplyLimit:       req.MaxReplyBytes,
	}, nil
}
