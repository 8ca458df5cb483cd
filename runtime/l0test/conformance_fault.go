package l0test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// soon is how quickly Close and a cancelled context must take effect.
const soon = 100 * time.Millisecond

// checkCut ends streams before their end in all ways.
func checkCut(c *conformance) error {
	for _, after := range []int{0, 2, 99} {
		for _, fault := range []Fault{CutAfter(after), DropAfter(after), ResetAfter(after)} {
			out, err := c.answer(WithReplies(Text("aaaabbbbcccc")), WithFaults(fault))
			if err != nil {
				return err
			}
			switch reset := fault.parts[0].name == faultReset; {
			case out.err == nil, errors.Is(out.err, io.EOF):
				return fmt.Errorf("%s: the stream ended with %w, as if it were whole", fault, out.err)
			case !reset && !errors.Is(out.err, io.ErrUnexpectedEOF):
				return fmt.Errorf("%s: the stream ended with %w, want io.ErrUnexpectedEOF", fault, out.err)
			case !reset && out.text != "aaaabbbbcccc"[:min(after*tokenBytes, 12)]:
				return fmt.Errorf("%s: the text before the cut is %s", fault, short(out.text))
			}
		}
	}
	return nil
}

// checkMalformed wants an error where something may be lost.
func checkMalformed(c *conformance) error {
	out, err := c.answer(WithReplies(Text("aaaabbbb")), WithFaults(MalformedAfter(1)))
	if err != nil {
		return err
	}
	if out.err == nil || errors.Is(out.err, io.EOF) {
		return errors.New("an event with broken JSON was skipped silently")
	}
	// Lines that are no field belong to no event; to skip them loses nothing.
	out, err = c.answer(WithReplies(Text("aaaabbbb")), WithFaults(GarbledAfter(1)))
	if err != nil {
		return err
	}
	if errors.Is(out.err, io.EOF) {
		return wrap("lines that belong to no event", out.complete("aaaabbbb", l0.FinishStop))
	}
	return nil
}

func checkHTML(c *conformance) error {
	out, err := c.answer(WithFaults(HTML()))
	switch {
	case err != nil:
		return err
	case out.err == nil, errors.Is(out.err, io.EOF):
		return errors.New("a web page was taken for an empty reply")
	case !strings.Contains(out.err.Error(), "text/html"):
		return fmt.Errorf("the error does not show the content type: %w", out.err)
	}
	return nil
}

func checkStatuses(c *conformance) error {
	for _, status := range []int{400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504, statusOverloaded} {
		out, err := c.answer(WithFaults(Status(status).WithError("some_type", "", "some text")))
		if err != nil {
			return err
		}
		pe, ok := errors.AsType[*l0.ProviderError](out.err)
		switch {
		case !ok:
			return fmt.Errorf("status %d became %w, want a *l0.ProviderError", status, out.err)
		case pe.StatusCode != status:
			return fmt.Errorf("status %d became %d", status, pe.StatusCode)
		case pe.Type != "some_type":
			return fmt.Errorf("status %d: the type is %q, want %q", status, pe.Type, "some_type")
		case !strings.Contains(pe.Message, "some text"):
			return fmt.Errorf("status %d: the message is %q, want %q", status, pe.Message, "some text")
		}
		if n := len(c.srv.Requests()); n != 1 {
			return fmt.Errorf("status %d: Open made %d requests; it must not retry by itself", status, n)
		}
	}
	return nil
}

func checkRetryAfter(c *conformance) error {
	for _, form := range []struct {
		form     RetryForm
		sent     time.Duration
		min, max time.Duration
	}{
		{RetrySeconds, 2 * time.Second, 2 * time.Second, 2 * time.Second},
		{RetryMillis, 1500 * time.Millisecond, 1500 * time.Millisecond, 1500 * time.Millisecond},
		{RetryDate, 90 * time.Second, 60 * time.Second, 90 * time.Second},
	} {
		for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
			out, err := c.answer(WithFaults(Status(status).WithRetryAfter(form.sent, form.form)))
			if err != nil {
				return err
			}
			pe, ok := errors.AsType[*l0.ProviderError](out.err)
			if !ok || pe.RetryAfter < form.min || pe.RetryAfter > form.max {
				return fmt.Errorf("%d with %v as %s became %w, with the delay %v", status, form.sent, form.form, out.err, retryAfter(pe))
			}
		}
	}
	return nil
}

// retryAfter is the delay of an error that may be none.
func retryAfter(pe *l0.ProviderError) time.Duration {
	if pe == nil {
		return 0
	}
	return pe.RetryAfter
}

// checkStreamError sends error objects with the status 200.
func checkStreamError(c *conformance) error {
	type want struct {
		typ    string
		status int
	}
	wants := map[Wire][]want{
		WireOpenAI:    {{"server_error", 500}},
		WireAnthropic: {{"overloaded_error", 529}, {"api_error", 500}, {"rate_limit_error", 429}, {"invalid_request_error", 400}},
		WireGemini:    {{"UNAVAILABLE", 503}, {"RESOURCE_EXHAUSTED", 429}, {"INTERNAL", 500}},
	}[c.wire]
	for _, w := range wants {
		for _, after := range []int{0, 2} {
			out, err := c.answer(WithReplies(Text("aaaabbbbcccc")), WithFaults(ErrorAfter(after, w.typ, "some text")))
			if err != nil {
				return err
			}
			pe, ok := errors.AsType[*l0.ProviderError](out.err)
			switch {
			case !ok:
				return fmt.Errorf("%s in the stream became %w, want a *l0.ProviderError", w.typ, out.err)
			case pe.Type != w.typ || pe.StatusCode != w.status || !strings.Contains(pe.Message, "some text"):
				return fmt.Errorf("%s in the stream became %+v, want the status %d", w.typ, *pe, w.status)
			case out.text != "aaaabbbbcccc"[:after*tokenBytes]:
				return fmt.Errorf("%s: the text before the error is %s", w.typ, short(out.text))
			}
		}
	}
	return nil
}

// checkAfterEnd reads on where nothing more can come.
func checkAfterEnd(c *conformance) error {
	p, err := c.serve(WithReplyFunc(func(*ServerRequest) Reply { return Text("aaaabbbb") }))
	if err != nil {
		return err
	}
	src, err := p.Open(c.ctx, c.req)
	if err != nil {
		return err
	}
	if out := drain(src); !errors.Is(out.err, io.EOF) {
		return fmt.Errorf("the stream ended with %w, want io.EOF", out.err)
	}
	if _, err := src.Next(); err == nil {
		return errors.New("Next gave a chunk after the end")
	}
	for range 3 {
		if err := src.Close(); err != nil {
			return fmt.Errorf("Close after the end: %w", err)
		}
	}
	if _, err := src.Next(); err == nil {
		return errors.New("Next gave a chunk after Close")
	}
	return nil
}

// checkClose closes streams while Next waits.
func checkClose(c *conformance) error {
	return c.interrupted(func(src l0.Source, _ context.CancelFunc) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { _ = src.Close() }) // whether it succeeds does not matter here
		}
		wg.Wait()
	})
}

// checkCancel ends the context while Next waits.
func checkCancel(c *conformance) error {
	return c.interrupted(func(_ l0.Source, cancel context.CancelFunc) { cancel() })
}

// interrupted checks that a waiting Next returns soon after stop, and that the server sees the
// end of the connection. A busy machine is slow at times, so that one try in three will do.
func (c *conformance) interrupted(stop func(l0.Source, context.CancelFunc)) (err error) {
	const tries = 3
	for range tries {
		if err = c.interrupt(stop); err == nil {
			return nil
		}
	}
	return err
}

func (c *conformance) interrupt(stop func(l0.Source, context.CancelFunc)) error {
	p, err := c.serve(WithReplies(Text("aaaabbbb")), WithFaults(Stall(1, 0)))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	src, err := p.Open(ctx, c.req)
	if err != nil {
		return err
	}
	defer src.Close() //nolint:errcheck // it is closed already, or the check has failed
	for text := ""; text == ""; {
		chunk, err := src.Next()
		if err != nil {
			return fmt.Errorf("no token came before the stream fell silent: %w", err)
		}
		text = chunk.Text
	}
	ended := make(chan error, 1)
	go func() { ended <- drain(src).err }()
	sleep(ctx, soon/10, false) // so that Next is most likely waiting
	start := time.Now()
	stop(src, cancel)
	select {
	case err := <-ended:
		if err == nil || errors.Is(err, io.EOF) {
			return errors.New("a stream that was stopped ended with io.EOF, as if it were whole")
		}
	case <-c.ctx.Done():
		return errors.New("Next did not return")
	}
	next := time.Since(start)
	if err := c.srv.WaitCancelled(c.ctx, 1); err != nil {
		return errors.New("the connection was not closed")
	}
	if all := time.Since(start); all > soon {
		return fmt.Errorf("Next returned after %v and the connection ended after %v, want %v", next, all, soon)
	}
	return nil
}

// checkCancelEarly ends the context while the server has not answered yet.
func checkCancelEarly(c *conformance) (err error) {
	const tries = 3
	for range tries {
		if err = c.cancelEarly(); err == nil {
			return nil
		}
	}
	return err
}

func (c *conformance) cancelEarly() error {
	p, err := c.serve(WithFaults(Delay(time.Hour)))
	if err != nil {
		return err
	}
	outer := c.ctx
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	c.ctx = ctx
	defer func() { c.ctx = outer }()
	ended := make(chan error, 1)
	go func() { ended <- c.ask(p).err }()
	if !c.srv.wait(outer.Done(), func() bool { return c.srv.open > 0 }) {
		return errors.New("no request came")
	}
	start := time.Now()
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			return fmt.Errorf("the call ended with %w, want context.Canceled", err)
		}
	case <-outer.Done():
		return errors.New("Open did not return")
	}
	if d := time.Since(start); d > soon {
		return fmt.Errorf("Open returned after %v, want %v", d, soon)
	}
	return nil
}

// checkEndless leaves a stream that has no end.
func checkEndless(c *conformance) error {
	p, err := c.serve(WithFaults(EndlessAfter(0)))
	if err != nil {
		return err
	}
	c.req.MaxOutputTokens = 1 << 30
	src, err := p.Open(c.ctx, c.req)
	if err != nil {
		return err
	}
	const enough = 10_000
	for range enough {
		if _, err := src.Next(); err != nil {
			_ = src.Close() // the first error says more
			return fmt.Errorf("an endless stream ended with %w", err)
		}
	}
	_ = src.Close() // it may say that it was early
	if err := c.srv.WaitCancelled(c.ctx, 1); err != nil {
		return errors.New("the connection was not closed")
	}
	return nil
}
