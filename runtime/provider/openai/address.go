package openai

import (
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wire"
)

const (
	defaultURL = "https://api.openai.com/v1"
	path       = "chat/completions"
)

// address returns where a request for m goes.
func (c *config) address(m l0.Model) (string, error) {
	base := m.BaseURL
	if base == "" {
		base = c.baseURL
	}
	if c.azure {
		return c.azureAddress(base, m)
	}
	if base == "" {
		base = os.Getenv("OPENAI_BASE_URL")
	}
	if base == "" {
		base = defaultURL
	}
	return wire.Address(base, path)
}

func (c *config) azureAddress(endpoint string, m l0.Model) (string, error) {
	deployment := c.deployment
	if deployment == "" {
		deployment = m.ID
	}
	address, err := wire.Address(endpoint, "openai/deployments/"+url.PathEscape(deployment)+"/"+path)
	if err != nil || c.apiVersion == "" {
		return address, err
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	query := u.Query()
	query.Set("api-version", c.apiVersion)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// headers returns the headers of a request, the user's own above the provider's.
func (c *config) headers(key l0.Secret) http.Header {
	h := http.Header{}
	if key := wire.Key(key); key != "" {
		if c.azure {
			h.Set("Api-Key", key)
		} else {
			h.Set("Authorization", "Bearer "+key)
		}
	}
	maps.Copy(h, c.header)
	return h
}

// maxTokensParam returns the name of the parameter for the limit of output tokens.
func (c *config) maxTokensParam(address string) string {
	switch u, err := url.Parse(address); {
	case c.maxTokens != "":
		return c.maxTokens
	case c.azure, err == nil && strings.HasSuffix(u.Hostname(), ".openai.com"), err == nil && strings.HasSuffix(u.Hostname(), ".openai.azure.com"):
		return maxCompletionTokens
	}
	return maxTokens
}
