package support_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/support"
	"github.com/l0gen/l0gen/testdata/cases/support/supporttest"
)

func newClient(t *testing.T, replies ...l0test.Reply) (*support.Client, *l0test.Provider) {
	t.Helper()
	p := l0test.NewProvider("openai", replies...)
	client, err := support.New(l0.NewClient(p))
	require.NoError(t, err)
	return client, p
}

func TestTypedReply(t *testing.T) {
	t.Parallel()
	client, p := newClient(t, l0test.Text(`{"queue":"outage","priority":"urgent","tags":["502"],"due":"2026-05-04T10:00:00Z"}`))
	got, err := client.ClassifyTicket(context.Background(), support.ClassifyTicketInput{
		Subject: "Site down",
		Body:    "Everything is 502.",
		History: []support.Message{{Role: support.MessageRoleCustomer, Text: "Hello?"}},
	})
	require.NoError(t, err)
	due := time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)
	want := support.Ticket{
		Queue: support.TicketQueueOutage, Priority: support.PriorityUrgent, Tags: []string{"502"}, Due: &due,
	}
	assert.True(t, want.Equal(got), "%+v", got)

	require.Len(t, p.Requests(), 1)
	messages := p.Requests()[0].Messages
	require.Len(t, messages, 2)
	assert.Contains(t, messages[0].Text, "You sort support tickets.")
	assert.Contains(t, messages[0].Text, `"urgent"`, "the format instructions end the system message")
	assert.Equal(t, "<ticket>\nSubject: Site down\nEverything is 502.\ncustomer: Hello?\n</ticket>", messages[1].Text)
}

func TestInvalidReplyIsAnError(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{
		`{"queue":"outage","priority":"urgent"}`,
		`{"queue":"nowhere","priority":"urgent","tags":[]}`,
		`{"queue":"outage","priority":"urgent","tags":["1","2","3","4","5","6"]}`,
		`{"queue":"outage","priority":"urgent","tags":[],"more":1}`,
		`{"queue":"outage","priority":"urgent","tags":[],"due":"tomorrow"}`,
	} {
		client, _ := newClient(t, l0test.Text(reply), l0test.Text(reply), l0test.Text(reply), l0test.Text(reply))
		_, err := client.ClassifyTicket(context.Background(), support.ClassifyTicketInput{})
		require.ErrorIs(t, err, l0.ErrValidation, reply)
	}
}

func TestInputIsCheckedBeforeTheRequest(t *testing.T) {
	t.Parallel()
	client, p := newClient(t)
	long := make([]rune, 201)
	for i := range long {
		long[i] = 'ü'
	}
	_, err := client.ClassifyTicket(context.Background(), support.ClassifyTicketInput{
		Subject: string(long),
		History: []support.Message{{Role: "boss"}},
	})
	require.ErrorIs(t, err, l0.ErrInput)
	assert.ErrorContains(t, err, "/subject")
	assert.ErrorContains(t, err, "/history/0/role")
	assert.Empty(t, p.Requests())
}

func TestTextReply(t *testing.T) {
	t.Parallel()
	client, p := newClient(t, l0test.Text("We are on it."))
	var report l0.Report
	got, err := client.WriteReply(context.Background(), support.WriteReplyInput{
		Ticket: support.Ticket{Queue: support.TicketQueueOutage, Priority: support.PriorityHigh},
		Tone:   support.WriteReplyInputToneFriendly,
	}, l0.Capture(&report))
	require.NoError(t, err)
	assert.Equal(t, "We are on it.", got)
	assert.Equal(t, "Queue: outage. Tone: friendly.", p.Requests()[0].Messages[1].Text)
	assert.Equal(t, "WriteReply", report.Function)
}

func TestFake(t *testing.T) {
	t.Parallel()
	want := support.Ticket{Queue: support.TicketQueueBilling, Priority: support.PriorityLow}
	fake := &supporttest.Fake{
		ClassifyTicketFunc: func(context.Context, support.ClassifyTicketInput, ...l0.CallOption) (support.Ticket, error) {
			return want, nil
		},
	}
	var caller support.Caller = fake
	got, err := caller.ClassifyTicketStream(context.Background(), support.ClassifyTicketInput{}).Result()
	require.NoError(t, err)
	assert.True(t, want.Equal(got))
	_, err = caller.WriteReply(context.Background(), support.WriteReplyInput{})
	require.ErrorIs(t, err, l0.ErrNotFaked)
}

func TestNewNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := support.New(l0.NewClient())
	require.ErrorContains(t, err, "openai")
	_, err = support.New(nil)
	require.Error(t, err)
}
