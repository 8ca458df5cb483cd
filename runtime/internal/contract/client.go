// Package contract is what generated code looks like, written out by hand: a package that
// compiles only as long as the runtime keeps what generated code is built on. Its tests run
// calls through it from end to end.
package contract

import (
	"context"

	l0 "github.com/l0gen/l0gen/runtime"
)

// This code needs a runtime of its own generation.
const _ = l0.GeneratedV1

// The models that the specs name.
const (
	ModelFast  l0.ModelName = "fast"
	ModelLocal l0.ModelName = "local"
)

// spec is what the runtime must know of this package as a whole.
var spec = l0.Package{
	Name: "support",
	Models: []l0.Model{
		{
			Name:     ModelFast,
			Provider: "openai",
			ID:       "gpt-4o-mini",
			Params:   `{"temperature":0}`,
		},
		{
			Name:     ModelLocal,
			Provider: "openai",
			ID:       "qwen3:8b",
			BaseURL:  "http://localhost:11434/v1",
		},
	},
}

// Caller is the interface of all methods of [Client], for code that is tested with a fake.
type Caller interface {
	ClassifyTicket(ctx context.Context, in ClassifyTicketInput, opts ...l0.CallOption) (Ticket, error)
	ClassifyTicketStream(ctx context.Context, in ClassifyTicketInput, opts ...l0.CallOption) *l0.Stream[Ticket]
	WriteReply(ctx context.Context, in WriteReplyInput, opts ...l0.CallOption) (string, error)
	WriteReplyStream(ctx context.Context, in WriteReplyInput, opts ...l0.CallOption) *l0.Stream[string]
}

// Client calls the prompts of this package. It is safe for concurrent use.
type Client struct {
	binding *l0.Binding
}

var _ Caller = (*Client)(nil)

// New binds the models of this package to the providers of base. It makes no request.
func New(base *l0.Client, opts ...l0.ClientOption) (*Client, error) {
	binding, err := l0.Bind(base, &spec, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{binding: binding}, nil
}
