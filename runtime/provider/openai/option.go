package openai

import (
	"net/http"
	"slices"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Option configures a provider.
type Option func(*config)

// config is what options set.
type config struct {
	name       string
	baseURL    string
	keyEnv     string
	keyEnvSet  bool
	header     http.Header
	client     *http.Client
	maxTokens  string
	modes      []l0.OutputMode // nil is what the schema allows
	azure      bool
	deployment string
	apiVersion string
}

// WithName has specs call the provider name instead of openai, so that a client can have
// several: one for OpenAI, one for each other server.
func WithName(name string) Option { return func(c *config) { c.name = name } }

// WithBaseURL sets the address below which the API is, such as http://localhost:8000/v1. A
// model's own base URL wins over it, and it wins over the variable OPENAI_BASE_URL.
func WithBaseURL(url string) Option { return func(c *config) { c.baseURL = url } }

// WithAPIKeyEnv names the environment variable that holds the key, instead of OPENAI_API_KEY.
// An empty name says that the server needs no key.
func WithAPIKeyEnv(name string) Option {
	return func(c *config) { c.keyEnv, c.keyEnvSet = name, true }
}

// WithHeader sends a header with every request, in place of one that the provider would set.
func WithHeader(name, value string) Option { return func(c *config) { c.header.Set(name, value) } }

// WithHTTPClient sends requests with client instead of one on [http.DefaultTransport]. A
// Timeout of the client covers the whole stream and is better left zero: l0 has its own.
// Redirects are followed only if the client has a CheckRedirect.
func WithHTTPClient(client *http.Client) Option { return func(c *config) { c.client = client } }

// WithOrganization counts requests to an organization, by its id.
func WithOrganization(id string) Option { return WithHeader("OpenAI-Organization", id) }

// WithProject counts requests to a project, by its id.
func WithProject(id string) Option { return WithHeader("OpenAI-Project", id) }

// WithAzure calls a deployment of Azure OpenAI. The endpoint is like
// https://NAME.openai.azure.com, and a model's base URL replaces it. An empty deployment is
// the model's id. The key goes into the header api-key, and is taken from
// AZURE_OPENAI_API_KEY unless [WithAPIKeyEnv] says otherwise.
func WithAzure(endpoint, deployment, apiVersion string) Option {
	return func(c *config) {
		c.azure, c.baseURL, c.deployment, c.apiVersion = true, endpoint, deployment, apiVersion
		if !c.keyEnvSet {
			c.keyEnv = "AZURE_OPENAI_API_KEY"
		}
	}
}

// WithMaxTokensParam names the parameter for the limit of output tokens: max_tokens or
// max_completion_tokens.
func WithMaxTokensParam(name string) Option { return func(c *config) { c.maxTokens = name } }

// WithOutputModes limits the modes in which replies are held to a schema to those that the
// server has. Without any, the schema always goes into the prompt.
func WithOutputModes(modes ...l0.OutputMode) Option {
	return func(c *config) { c.modes = append([]l0.OutputMode{}, modes...) }
}

// allows reports whether the server has a mode.
func (c *config) allows(mode l0.OutputMode) bool {
	return c.modes == nil || slices.Contains(c.modes, mode)
}
