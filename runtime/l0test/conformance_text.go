package l0test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/schema"
)

// conformanceText is a text that shows what is lost: escapes, quotes, runes of all lengths.
const conformanceText = "Grüße: \"one\",\ttwo \\ three\r\n世界 🙂 — \u2028 </script> done."

func conformanceChecks() []conformanceCheck {
	return []conformanceCheck{
		{"text", checkText},
		{"request", checkRequest},
		{"usage", checkUsage},
		{"reasoning and tools", checkReasoningAndTools},
		{"output modes", checkOutputModes},
		{"finish reasons", checkFinish},
		{"framing", checkFraming},
		{"huge event", checkHuge},
		{"invalid UTF-8", checkUTF8},
		{"cut", checkCut},
		{"malformed", checkMalformed},
		{"HTML", checkHTML},
		{"statuses", checkStatuses},
		{"retry after", checkRetryAfter},
		{"error in the stream", checkStreamError},
		{"after the end", checkAfterEnd},
		{"close", checkClose},
		{"cancel", checkCancel},
		{"cancel before the headers", checkCancelEarly},
		{"endless", checkEndless},
		{"concurrent", checkConcurrent},
	}
}

func checkText(c *conformance) error {
	out, err := c.answer(WithReplies(Text(conformanceText)))
	if err != nil {
		return err
	}
	if err := out.complete(conformanceText, l0.FinishStop); err != nil {
		return err
	}
	out, err = c.answer(WithFaults(Empty()))
	if err != nil {
		return err
	}
	return wrap("an empty reply", out.complete("", l0.FinishStop))
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// checkRequest looks at what the server received.
func checkRequest(c *conformance) error {
	p, err := c.serve(WithAPIKey("test-key"))
	if err != nil {
		return err
	}
	c.req.MaxOutputTokens = 77
	if out := c.ask(p); !errors.Is(out.err, io.EOF) {
		return fmt.Errorf("the stream ended with %w, want io.EOF", out.err)
	}
	got := c.srv.Requests()
	if len(got) != 1 {
		return fmt.Errorf("one call made %d requests", len(got))
	}
	r := got[0]
	switch {
	case r.Wire != c.wire:
		return fmt.Errorf("the request is one of %s, want %s", r.Wire, c.wire)
	case !r.Stream:
		return errors.New("the request does not ask for a stream")
	case r.Model != c.req.Model.ID:
		return fmt.Errorf("the model is %q, want %q", r.Model, c.req.Model.ID)
	case r.MaxOutputTokens != c.req.MaxOutputTokens:
		return fmt.Errorf("the limit of tokens is %d, want %d", r.MaxOutputTokens, c.req.MaxOutputTokens)
	case len(r.Messages) != len(c.req.Messages):
		return fmt.Errorf("%d messages came, want %d", len(r.Messages), len(c.req.Messages))
	}
	for i, m := range r.Messages {
		if want := c.req.Messages[i]; m.Role != want.Role || m.Content() != want.Content() {
			return fmt.Errorf("message %d is %+v, want %+v", i, m, want)
		}
	}
	return nil
}

// checkUsage checks that the last report counts.
func checkUsage(c *conformance) error {
	want := l0.Usage{InputTokens: 110, OutputTokens: 70, ReasoningTokens: 30, CachedTokens: 20}
	if c.wire == WireAnthropic {
		want.ReasoningTokens = 0 // it has no number for them
	}
	for _, when := range []UsageWhen{UsageLast, UsageBoth, UsageEvery} {
		reply := Text("some words here")
		reply.Chunks = append(reply.Chunks, l0.Chunk{Usage: &want})
		out, err := c.answer(WithReplies(reply.With(ReportUsage(when))))
		if err != nil {
			return err
		}
		if out.usage == nil || *out.usage != want {
			return fmt.Errorf("usage reported %s is %+v, want %+v", when, out.usage, want)
		}
	}
	out, err := c.answer(WithReplies(Text("aaaabbbb").With(ReportUsage(UsageFirst))))
	if err != nil {
		return err
	}
	if out.usage == nil || out.usage.OutputTokens != 2 {
		return fmt.Errorf("usage reported first is %+v, want 2 output tokens", out.usage)
	}
	out, err = c.answer(WithReplies(Text("aaaabbbb").With(ReportUsage(UsageNever))))
	if err != nil {
		return err
	}
	if out.usage != nil && *out.usage != (l0.Usage{}) {
		return fmt.Errorf("usage that was never reported is %+v", out.usage)
	}
	return wrap("without usage", out.complete("aaaabbbb", l0.FinishStop))
}

func checkReasoningAndTools(c *conformance) error {
	out, err := c.answer(WithReplies(Chunks(
		l0.Chunk{Reasoning: "let me "}, l0.Chunk{Reasoning: "see"}, l0.Chunk{Text: "So: "},
		l0.Chunk{Tool: &l0.ToolDelta{ID: "call_1", Name: "search", Arguments: `{"q":`}},
		l0.Chunk{Tool: &l0.ToolDelta{Arguments: `"x"}`}},
		l0.Chunk{Finish: l0.FinishTool})))
	if err != nil {
		return err
	}
	finish := l0.FinishTool
	if out.finish == l0.FinishStop && c.wire == WireGemini {
		finish = l0.FinishStop // it has no reason of its own for calls
	}
	if err := out.complete("So: ", finish); err != nil {
		return err
	}
	if out.reasoning != "let me see" {
		return fmt.Errorf("the reasoning is %s", short(out.reasoning))
	}
	if len(out.tools) != 1 || out.tools[0].Name != "search" || out.tools[0].Arguments != `{"q":"x"}` {
		return fmt.Errorf("the tool calls are %+v", out.tools)
	}
	return nil
}

const conformanceSchema = `{"type":"object","properties":{"name":{"type":"string"},"count":{"type":"integer"}},"required":["name","count"],"additionalProperties":false}`

// checkOutputModes asks for a schema in each mode that the provider offers.
func checkOutputModes(c *conformance) error {
	p, err := c.serve()
	if err != nil {
		return err
	}
	enforcer, ok := p.(l0.SchemaEnforcer)
	if !ok {
		return nil
	}
	compiled, err := schema.Compile(conformanceSchema)
	if err != nil {
		return err
	}
	for _, mode := range enforcer.OutputModes(c.req.Model, conformanceSchema) {
		c.req.Schema, c.req.OutputMode = conformanceSchema, mode
		out := c.ask(p)
		if !errors.Is(out.err, io.EOF) {
			return fmt.Errorf("%s: the stream ended with %w, want io.EOF", mode, out.err)
		}
		requests := c.srv.Requests()
		if got := requests[len(requests)-1].OutputMode; got != mode {
			return fmt.Errorf("the request has the schema in the mode %q, want %q", got, mode)
		}
		if _, problems := schema.Decode[map[string]any](compiled, out.text); len(problems) > 0 {
			return fmt.Errorf("%s: the text %s does not fit: %v", mode, short(out.text), problems)
		}
		if len(out.tools) > 0 {
			return fmt.Errorf("%s: the forced call counts as a tool call of the model's own: %+v", mode, out.tools)
		}
	}
	return nil
}

func checkFinish(c *conformance) error {
	for fault, want := range map[*Fault]l0.FinishReason{
		new(LengthAfter(2)): l0.FinishLength, new(FilterAfter(2)): l0.FinishContentFilter, new(TruncateAfter(2)): l0.FinishStop,
	} {
		out, err := c.answer(WithReplies(Text("aaaabbbbcccc")), WithFaults(*fault))
		if err != nil {
			return err
		}
		if err := out.complete("aaaabbbb", want); err != nil {
			return fmt.Errorf("%s: %w", fault, err)
		}
	}
	return nil
}

// checkFraming sends the same text in every way that servers have.
func checkFraming(c *conformance) error {
	for _, fault := range []Fault{
		Split(), CRLF(), Split().And(CRLF()), Ping(1), NoBlankLine(), NoBlankLine().And(CRLF()),
		RepeatRole(), Interleave(), Split().And(Ping(2)).And(NoBlankLine()),
	} {
		out, err := c.answer(WithReplies(Text(conformanceText)), WithFaults(fault))
		if err != nil {
			return err
		}
		if err := out.complete(conformanceText, l0.FinishStop); err != nil {
			return fmt.Errorf("%s: %w", fault, err)
		}
	}
	return nil
}

func checkHuge(c *conformance) error {
	size := defaultHuge
	if testing.Short() {
		size /= 8
	}
	out, err := c.answer(WithReplies(Text("aaaabbbb")), WithFaults(Huge(1, int64(size))))
	if err != nil {
		return err
	}
	return out.complete("aaaa"+strings.Repeat("x", size)+"bbbb", l0.FinishStop)
}

// checkUTF8 wants nothing lost but what is no text.
func checkUTF8(c *conformance) error {
	out, err := c.answer(WithReplies(Text("aaaabbbb")), WithFaults(InvalidUTF8(1)))
	if err != nil {
		return err
	}
	if clean := strings.ToValidUTF8(out.text, ""); clean != out.text {
		return fmt.Errorf("the text is not UTF-8: %s", short(out.text))
	}
	out.text = strings.ReplaceAll(out.text, "\ufffd", "")
	return out.complete("aaaabbbb", l0.FinishStop)
}

// checkConcurrent reads several streams at once.
func checkConcurrent(c *conformance) error {
	p, err := c.serve(WithReplyFunc(func(*ServerRequest) Reply { return Text(conformanceText) }))
	if err != nil {
		return err
	}
	const streams = 16
	errs := make([]error, streams)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = c.ask(p).complete(conformanceText, l0.FinishStop) })
	}
	wg.Wait()
	return errors.Join(errs...)
}
