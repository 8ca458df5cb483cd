package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/l0gen/l0gen/examples/quickstart/support"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	d := desk{out: os.Stdout, window: windowOf(os.Stdout)}
	var err error
	if os.Getenv("OPENAI_API_KEY") != "" {
		err = d.run(ctx, openai.Provider())
	} else {
		err = d.simulated(ctx, visible())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// desk is where the answers are shown.
type desk struct {
	out    io.Writer
	window window // zero if out is no terminal
	client *support.Client
}

// run handles one mail of a customer.
func (d *desk) run(ctx context.Context, options ...l0.ClientOption) error {
	client, err := support.New(l0.NewClient(options...))
	if err != nil {
		return err
	}
	d.client = client

	const subject = "Shop down since 8:00"
	const body = "Every page says 502, and our checkout is dead. We lose orders by the minute! Jürgen Müller"

	ticket, err := d.sort(ctx, support.ClassifyTicketInput{Subject: subject, Body: body})
	if err != nil {
		return err
	}
	return d.answer(ctx, support.WriteReplyInput{
		Subject: subject, Body: body, Ticket: ticket, Tone: support.WriteReplyInputToneFriendly,
	})
}
