package anthropic

import "net/http"

// Option configures a provider.
type Option func(*config)

// config is what options set.
type config struct {
	name    string
	baseURL string
	keyEnv  string
	version string
	header  http.Header
	client  *http.Client
}

// WithName has specs call the provider name instead of anthropic.
func WithName(name string) Option { return func(c *config) { c.name = name } }

// WithBaseURL sets the address below which v1/messages is. A model's own base URL wins over
// it, and it wins over the variable ANTHROPIC_BASE_URL.
func WithBaseURL(url string) Option { return func(c *config) { c.baseURL = url } }

// WithAPIKeyEnv names the environment variable that holds the key, instead of
// ANTHROPIC_API_KEY. An empty name says that the server needs no key.
func WithAPIKeyEnv(name string) Option { return func(c *config) { c.keyEnv = name } }

// WithHeader sends a header with every request, such as anthropic-beta, in place of one that
// the provider would set.
func WithHeader(name, value string) Option { return func(c *config) { c.header.Set(name, value) } }

// WithVersion sets the version of the API, instead of [DefaultVersion].
func WithVersion(version string) Option { return func(c *config) { c.version = version } }

// WithHTTPClient sends requests with client instead of one on [http.DefaultTransport]. A
// Timeout of the client covers the whole stream and is better left zero: l0 has its own.
// Redirects are followed only if the client has a CheckRedirect.
func WithHTTPClient(client *http.Client) Option { return func(c *config) { c.client = client } }
