// Package supporttest holds a fake of package contract, for tests of its callers.
package supporttest

import (
	"context"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/contract"
)

// Fake is a [contract.Caller] that answers with the funcs it holds. The stream methods derive from them.
// A nil func answers with [l0.ErrNotFaked].
type Fake struct {
	ClassifyTicketFunc func(ctx context.Context, in contract.ClassifyTicketInput, opts ...l0.CallOption) (contract.Ticket, error)
	WriteReplyFunc     func(ctx context.Context, in contract.WriteReplyInput, opts ...l0.CallOption) (string, error)
}

var _ contract.Caller = (*Fake)(nil)

// ClassifyTicket calls ClassifyTicketFunc.
func (f *Fake) ClassifyTicket(ctx context.Context, in contract.ClassifyTicketInput, opts ...l0.CallOption) (contract.Ticket, error) {
	return f.ClassifyTicketStream(ctx, in, opts...).Result()
}

// ClassifyTicketStream is ClassifyTicket as a stream.
func (f *Fake) ClassifyTicketStream(ctx context.Context, in contract.ClassifyTicketInput, opts ...l0.CallOption) *l0.Stream[contract.Ticket] {
	return l0.StreamOf(ctx, "ClassifyTicket", f.ClassifyTicketFunc, in, opts...)
}

// WriteReply calls WriteReplyFunc.
func (f *Fake) WriteReply(ctx context.Context, in contract.WriteReplyInput, opts ...l0.CallOption) (string, error) {
	return f.WriteReplyStream(ctx, in, opts...).Result()
}

// WriteReplyStream is WriteReply as a stream.
func (f *Fake) WriteReplyStream(ctx context.Context, in contract.WriteReplyInput, opts ...l0.CallOption) *l0.Stream[string] {
	return l0.StreamOf(ctx, "WriteReply", f.WriteReplyFunc, in, opts...)
}
