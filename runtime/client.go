package l0

import (
	"errors"
	"fmt"
	"sync"
)

// Client holds what generated packages share: providers, keys and options. It opens no
// connection and starts no goroutine, so there is nothing to close. It is safe for
// concurrent use.
type Client struct {
	config clientConfig
	plans  sync.Map // *Function -> *plan; grows with the number of functions, not of calls
}

// NewClient returns a client with these options, in most programs its providers:
//
//	l0.NewClient(openai.Provider(), anthropic.Provider(), l0.WithLogger(slog.Default()))
//
// It cannot fail; what is missing is reported by [Bind].
func NewClient(opts ...ClientOption) *Client {
	return &Client{config: clientConfig{}.with(opts)}
}

// addProvider is where every provider comes in, whatever a user's implementation does.
func (c *clientConfig) addProvider(p Provider) {
	if p == nil {
		c.problems = append(c.problems, errors.New("a provider is nil"))
		return
	}
	name, err := providerName(p)
	if err != nil {
		c.problems = append(c.problems, err)
		return
	}
	if c.providers == nil {
		c.providers = map[string]Provider{}
	}
	c.providers[name] = p
}

func providerName(p Provider) (name string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a provider of type %T panicked in Name", p)
		}
	}()
	if name = p.Name(); name == "" {
		return "", fmt.Errorf("a provider of type %T has no name", p)
	}
	return name, nil
}
