package contract_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/contract"
	"github.com/l0gen/l0gen/runtime/internal/contract/supporttest"
	"github.com/l0gen/l0gen/runtime/l0test"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestClassifyTicket(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("openai", l0test.Text(`{"queue":"outage","priority":"urgent","tags":["502"],"due":"2026-03-01T10:00:00Z"}`))
	client, err := contract.New(l0.NewClient(p))
	require.NoError(t, err)

	var report l0.Report
	ticket, err := client.ClassifyTicket(t.Context(), contract.ClassifyTicketInput{Subject: "Site down", Body: "Everything is 502."}, l0.Capture(&report))
	require.NoError(t, err)
	due := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	want := contract.Ticket{Queue: contract.TicketQueueOutage, Priority: contract.PriorityUrgent, Tags: []string{"502"}, Due: &due}
	assert.True(t, want.Equal(ticket))

	assert.Equal(t, "ClassifyTicket", report.Function)
	assert.Equal(t, 3, report.Version)
	assert.Equal(t, l0.FinishStop, report.Finish)
	require.Len(t, report.Attempts, 1)
	assert.Equal(t, contract.ModelFast, report.Attempts[0].Model)
	assert.Equal(t, l0.OutputPrompt, report.Attempts[0].OutputMode)

	req := p.Requests()[0]
	assert.Equal(t, "gpt-4o-mini", req.Model.ID)
	assert.Equal(t, client.ClassifyTicketMessages(contract.ClassifyTicketInput{Subject: "Site down", Body: "Everything is 502."}), req.Messages)
	assert.Contains(t, req.Messages[0].Text, `"$defs"`)
	assert.Zero(t, p.OpenStreams())
}

func TestWriteReply(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("openai", l0test.Text("Thanks, we are on it."))
	client, err := contract.New(l0.NewClient(p))
	require.NoError(t, err)
	reply, err := client.WriteReply(t.Context(), contract.WriteReplyInput{Ticket: contract.Ticket{Queue: "other", Priority: "low"}, Tone: "kind"}, l0.UseModel(contract.ModelLocal))
	require.NoError(t, err)
	assert.Equal(t, "Thanks, we are on it.", reply)
	assert.Equal(t, "qwen3:8b", p.Requests()[0].Model.ID)
	assert.Equal(t, "Queue: other. Tone: kind.", p.Requests()[0].Messages[1].Text)
}

func TestFake(t *testing.T) {
	t.Parallel()
	var caller contract.Caller = &supporttest.Fake{
		ClassifyTicketFunc: func(context.Context, contract.ClassifyTicketInput, ...l0.CallOption) (contract.Ticket, error) {
			return contract.Ticket{Queue: contract.TicketQueueBilling}, nil
		},
	}
	ticket, err := caller.ClassifyTicket(t.Context(), contract.ClassifyTicketInput{})
	require.NoError(t, err)
	assert.Equal(t, contract.TicketQueueBilling, ticket.Queue)

	_, err = caller.WriteReply(t.Context(), contract.WriteReplyInput{})
	require.ErrorIs(t, err, l0.ErrNotFaked)
	assert.ErrorContains(t, err, "WriteReplyFunc")
}
