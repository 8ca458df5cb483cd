package main

import (
	"context"
	"fmt"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/openai"
	"github.com/l0gen/l0gen/runtime/retry"
)

// pace is how fast the simulated model is, and how long a call waits before it tries again.
type pace struct {
	firstToken      time.Duration
	tokensPerSecond float64
	backOff         time.Duration
}

// visible is slow enough to be watched.
func visible() pace {
	return pace{firstToken: 150 * time.Millisecond, tokensPerSecond: 60, backOff: 300 * time.Millisecond}
}

// simulated runs the desk against a model server on this machine, through the same provider
// that calls the real one.
func (d *desk) simulated(ctx context.Context, p pace) error {
	server, err := l0test.StartServer(ctx, "127.0.0.1:0",
		l0test.WithReplies(script()...), l0test.WithDelay(p.firstToken), l0test.WithTokensPerSecond(p.tokensPerSecond))
	if err != nil {
		return err
	}
	defer server.Close()
	fmt.Fprint(d.out, "OPENAI_API_KEY is not set: a simulated model server answers, and fails on purpose.\n\n")
	return d.run(ctx,
		openai.Provider(openai.WithBaseURL(server.BaseURL(l0test.WireOpenAI)), openai.WithAPIKeyEnv("")),
		l0.WithPolicy(l0.Policy{Retry: retry.Config{BaseDelay: p.backOff}}))
}

// script is what the simulated model answers: a ticket with a priority that does not exist, the
// ticket as it should be, an answer whose stream is cut in the middle, and all of the answer.
func script() []l0test.Reply {
	answer := l0test.Text("Dear Mr. Müller,\n\n" +
		"you are right to be upset: since 8:00 this morning our servers have been answering with error 502, and your " +
		"checkout is down with them. Our engineers have found the cause and are working on it now. Expect the shop to " +
		"be back by 10:00, and a message from us as soon as it is.\n\n" +
		"We are sorry for the orders that you lost.\nYour support team")
	const tokens = 60 // in the middle of a word
	return []l0test.Reply{
		l0test.Text(`{"queue":"outage","priority":"asap","tags":["502"],"due":null}`),
		l0test.Text(`{"queue":"outage","priority":"urgent","tags":["502","checkout"],"due":"2026-05-04T10:00:00Z"}`),
		answer.With(l0test.CutAfter(tokens)),
		answer,
	}
}
