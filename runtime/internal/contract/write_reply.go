package contract

import (
	"context"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/render"
)

// WriteReplyInput is what [Client.WriteReply] takes.
type WriteReplyInput struct {
	Ticket Ticket `json:"ticket"`
	Tone   string `json:"tone"`
}

// WriteReply calls the prompt WriteReply.
func (c *Client) WriteReply(ctx context.Context, in WriteReplyInput, opts ...l0.CallOption) (string, error) {
	return c.WriteReplyStream(ctx, in, opts...).Result()
}

// WriteReplyStream is WriteReply, delivered while it is produced.
func (c *Client) WriteReplyStream(ctx context.Context, in WriteReplyInput, opts ...l0.CallOption) *l0.Stream[string] {
	return l0.Call(ctx, c.binding, &writeReply, in, opts...)
}

// WriteReplyMessages returns the messages that WriteReply sends, for snapshot tests.
func (c *Client) WriteReplyMessages(in WriteReplyInput) []l0.Message {
	return writeReply.Messages(in)
}

var writeReply = l0.Function[WriteReplyInput, string]{
	Name:    "WriteReply",
	Version: 1,
	Hash:    "h1:77aa01",
	Models:  []l0.ModelName{ModelFast},
	Render:  renderWriteReply,
}

func renderWriteReply(in WriteReplyInput, format string) []l0.Message {
	var user render.Text
	user.Str("Queue: ")
	user.Str(string(in.Ticket.Queue))
	user.Str(". Tone: ")
	user.Str(in.Tone)
	user.Str(".")
	if v := in.Ticket.Due; v != nil {
		user.Str(" Due: ")
		user.Time(time.Time(*v))
	}
	user.Str("\n")
	return l0.Messages(format,
		l0.SystemMessage("You write short, kind answers."),
		l0.UserMessage(user.String()),
	)
}
