package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/l0gen/l0gen/examples/quickstart/support"
)

// sort has a mail sorted. On a terminal the ticket is shown while it is written.
func (d *desk) sort(ctx context.Context, in support.ClassifyTicketInput) (support.Ticket, error) {
	stream := d.client.ClassifyTicketStream(ctx, in)
	defer stream.Close()
	v := newView(d.out, d.window)
	for partial, err := range stream.Partials() {
		if err == nil && (d.window.known() || partial.Complete) {
			v.show(ticketText(partial.Value))
		}
	}
	d.report(stream.Report())
	return stream.Result()
}

// ticketText shows all fields of a ticket. Those that have not come yet are empty.
func ticketText(t support.Ticket) string {
	due := ""
	if t.Due != nil {
		due = t.Due.Format(time.RFC1123)
	}
	return fmt.Sprintf("queue:    %s\npriority: %s\ntags:     %s\ndue:      %s",
		t.Queue, t.Priority, strings.Join(t.Tags, ", "), due)
}
