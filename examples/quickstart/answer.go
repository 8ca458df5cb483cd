package main

import (
	"context"

	"github.com/l0gen/l0gen/examples/quickstart/support"
	l0 "github.com/l0gen/l0gen/runtime"
)

// answer shows the answer to a customer while it is written. When the stream breaks and the
// model starts again, the event says how much of the text is void.
func (d *desk) answer(ctx context.Context, in support.WriteReplyInput) error {
	stream := d.client.WriteReplyStream(ctx, in)
	defer stream.Close()
	v := newView(d.out, d.window)
	text := ""
	for event, err := range stream.Events() {
		if err != nil {
			d.report(stream.Report())
			return err
		}
		switch event.Kind {
		case l0.EventToken:
			text += event.Text
		case l0.EventRestart:
			text = text[:len(text)-event.Discard]
		default: // thinking, tool calls, the end: nothing to show here
		}
		v.show(text)
	}
	d.report(stream.Report())
	return nil
}
