package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fast is the pace of tests.
var fast = pace{backOff: time.Millisecond}

const ticket = `queue:    outage
priority: urgent
tags:     502, checkout
due:      Mon, 04 May 2026 10:00:00 UTC`

// masked replaces what differs between runs: durations.
func masked(text string) string {
	return regexp.MustCompile(`\b[0-9.]+(µs|ms|s)\b`).ReplaceAllString(text, "N")
}

func TestIntoAFile(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	d := desk{out: &out}
	require.NoError(t, d.simulated(t.Context(), fast))
	got := masked(out.String())
	assert.NotContains(t, got, "\x1b", "no terminal, no control sequences")

	about, rest, _ := strings.Cut(got, "\n\n")
	assert.Equal(t, "OPENAI_API_KEY is not set: a simulated model server answers, and fails on purpose.", about)
	assert.True(t, strings.HasPrefix(rest, ticket+"\n\n"), rest)
	assert.Contains(t, rest, "  ClassifyTicket v3: 2 attempt(s), N\n")
	assert.Contains(t, rest, "the reply does not fit its type")
	assert.Contains(t, rest, "/priority: ")
	assert.Contains(t, rest, "then: retry after N (category content, reason guardrail_violation, rule allowed)\n")

	void, again, found := strings.Cut(rest, startingAgain)
	require.True(t, found)
	assert.True(t, strings.HasSuffix(void, "Our engineers have found the cau"), void)
	assert.True(t, strings.HasPrefix(again, "Dear Mr. Müller,\n\nyou are right to be upset"), again)
	assert.Contains(t, again, "Your support team\n\n  WriteReply v1: 2 attempt(s), N\n")
	assert.Contains(t, again, "the stream was cut before the reply was complete")
	assert.Contains(t, again, "then: retry after N (category content, reason incomplete, rule allowed)\n")
	assert.Contains(t, again, "  2. fast at openai: ")
	assert.Regexp(t, `tokens used: \d\d+ in, \d\d+ out`, again)
}

func TestOnATerminal(t *testing.T) {
	t.Parallel()
	for _, w := range []window{{80, 24}, {40, 60}, {200, 50}} {
		vt := newTerminal(w)
		d := desk{out: vt, window: w}
		require.NoError(t, d.simulated(t.Context(), fast))
		got := vt.text()
		assert.NotContains(t, got, "starting again")
		assert.NotContains(t, got, "asap", "the ticket that was refused is taken back")
		assert.Equal(t, 1, strings.Count(got, "Dear Mr. Müller,"), "the answer that was cut is taken back\n%s", got)
		assert.Equal(t, 1, strings.Count(got, "priority: urgent"), got)
		assert.Equal(t, 1, strings.Count(got, "OPENAI_API_KEY is not set"), "what stood there before stays")
		assert.Positive(t, vt.erased, "text was taken back")
	}
}

// TestRealService calls a server as the program does when there is a key.
func TestRealService(t *testing.T) {
	server := l0test.NewServer(t, l0test.WithAPIKey("sk-test"), l0test.WithReplies(script()[1:2]...))
	t.Setenv("OPENAI_API_KEY", "sk-test")
	t.Setenv("OPENAI_BASE_URL", server.BaseURL(l0test.WireOpenAI))
	var out bytes.Buffer
	d := desk{out: &out}
	require.NoError(t, d.run(t.Context(), openai.Provider()))
	assert.True(t, strings.HasPrefix(out.String(), ticket), out.String())
	assert.NotContains(t, out.String(), "simulated")
	requests := server.Requests()
	require.Len(t, requests, 2)
	assert.Equal(t, "gpt-4o-mini", requests[0].Model)
	assert.Contains(t, requests[1].Prompt(), "Its queue is outage, its priority urgent. We must be done by 2026-05-04")
}

func TestServiceFails(t *testing.T) {
	t.Parallel()
	server := l0test.NewServer(t, l0test.WithAPIKey("another"))
	var out bytes.Buffer
	d := desk{out: &out}
	err := d.run(t.Context(), openai.Provider(openai.WithBaseURL(server.BaseURL(l0test.WireOpenAI)), openai.WithAPIKeyEnv("")))
	require.Error(t, err)
	assert.Contains(t, out.String(), "then: halt", "the report is shown")
}
