package gemini

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/subset"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

var (
	_ l0.Provider       = (*GenerateContent)(nil)
	_ l0.KeyUser        = (*GenerateContent)(nil)
	_ l0.SchemaEnforcer = (*GenerateContent)(nil)
)

const defaultURL = "https://generativelanguage.googleapis.com/v1beta"

// GenerateContent is the provider, made by [Provider]. It is a client option as well, and safe
// for concurrent use.
type GenerateContent struct {
	l0.ClientOption // adds the provider itself

	config  config
	schemas *subset.Cache
}

// Provider returns the provider, to be given to [l0.NewClient]. Its name is gemini, and its
// key is in GEMINI_API_KEY or GOOGLE_API_KEY unless it is set otherwise.
func Provider(opts ...Option) *GenerateContent {
	p := &GenerateContent{
		config:  config{name: "gemini", baseURL: defaultURL, header: http.Header{}},
		schemas: subset.NewCache(nativeRules()),
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
func (p *GenerateContent) Name() string { return p.config.name }

// APIKeyEnv names the variable that holds the key, empty if none is needed: GOOGLE_API_KEY if
// only that is set.
func (p *GenerateContent) APIKeyEnv() string {
	const usual, other = "GEMINI_API_KEY", "GOOGLE_API_KEY"
	switch {
	case p.config.keyEnv != nil:
		return *p.config.keyEnv
	case os.Getenv(usual) == "" && os.Getenv(other) != "":
		return other
	}
	return usual
}

// Open sends a request and returns the stream of its reply once the headers are there. It
// fails with a [*l0.ProviderError] if the server answers with an error, and before anything is
// sent if the request makes no sense.
func (p *GenerateContent) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	call, err := p.call(req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.config.name, err)
	}
	return call.Open(ctx)
}

// call makes the HTTP request for req.
func (p *GenerateContent) call(req *l0.Request) (*wire.Call, error) {
	address, err := p.config.address(req.Model)
	if err != nil {
		return nil, err
	}
	body, limit, err := p.body(req)
	if err != nil {
		return nil, err
	}
	text, err := body.JSON()
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	if key := wire.Key(req.APIKey); key != "" {
		header.Set("X-Goog-Api-Key", key)
	}
	maps.Copy(header, p.config.header)
	return &wire.Call{
		Provider: p.config.name,
		Client:   p.config.client,
		URL:      address,
		Header:   header,
		Secrets:  []string{wire.Key(req.APIKey)},
		Body:     text,
		Decoder:  &decoder{forced: req.OutputMode == l0.OutputTool},

		OutputLimit: limit,
		ReplyLimit:  req.MaxReplyBytes,
	}, nil
}

// address returns where a request for m goes. An id may name a collection other than models.
func (c *config) address(m l0.Model) (string, error) {
	base := m.BaseURL
	if base == "" {
		base = c.baseURL
	}
	id := strings.Trim(m.ID, "/")
	if !strings.Contains(id, "/") {
		id = "models/" + url.PathEscape(id)
	}
	address, err := wire.Address(base, id+":streamGenerateContent")
	if err != nil {
		return "", err
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	query := u.Query()
	query.Set("alt", "sse")
	u.RawQuery = query.Encode()
	return u.String(), nil
}
