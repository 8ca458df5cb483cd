// Command quickstart sorts a support ticket and answers it, through functions
// that l0gen generated from support/tickets.l0.yaml.
//
// It needs no key: a scripted provider stands in for the model service.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/l0gen/l0gen/examples/quickstart/support"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

// scripted answers as a model would.
func scripted() *l0test.Provider {
	return l0test.NewProvider("openai",
		l0test.Text(`{"queue":"outage","priority":"urgent","tags":["502","checkout"],"due":"2026-05-04T10:00:00Z"}`),
		l0test.Text("We are sorry: the shop answers with errors since this morning. Our engineers are on it."),
	)
}

func run(ctx context.Context, out io.Writer) error {
	client, err := support.New(l0.NewClient(scripted()))
	if err != nil {
		return err
	}
	ticket, err := client.ClassifyTicket(ctx, support.ClassifyTicketInput{
		Subject: "Site down",
		Body:    "Every page of the shop says 502 since 8 o'clock.",
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "queue %s, priority %s, tags %v, due %s\n", ticket.Queue, ticket.Priority, ticket.Tags, ticket.Due)

	reply := client.WriteReplyStream(ctx, support.WriteReplyInput{
		Ticket: ticket,
		Tone:   support.WriteReplyInputToneFriendly,
	})
	defer reply.Close()
	for text, err := range reply.Text() {
		if err != nil {
			return err
		}
		fmt.Fprint(out, text)
	}
	report := reply.Report()
	fmt.Fprintf(out, "\n%s v%d answered in %d attempt(s)\n", report.Function, report.Version, len(report.Attempts))
	return nil
}
