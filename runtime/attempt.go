package l0

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
)

// attempt is one execution of a model's stream: what changes while it is read.
type attempt struct {
	*session
	record *Attempt
	number int // counts the attempts of the call from 1
	watch  *watch
	turn   uint32 // of watch

	limit   int  // bytes that may still come
	begun   bool // the first of the reply has come
	tainted bool // a rule has found an error in the text
	checks  checks
	seam    *seam // removes repeated text; nil once there is no more to look for
	tools   toolCalls
}

// attempt runs one stream of a model: it opens the source, passes on what comes, and has the
// reply accepted. It returns nil once the reply is accepted, errStopped if the consumer left
// before, else what went wrong.
func (s *session) attempt(ctx context.Context, r *route) (err error) {
	s.setState(StateInit)
	s.tries++
	a := &attempt{session: s, number: len(s.report.Attempts) + 1, limit: s.policy.Limits.MaxReplyBytes}
	if s.tries > 1 {
		note(s, record.AttemptStart{Attempt: s.tries, IsRetry: true, IsFallback: s.route > 0, FallbackIndex: s.route})
	}
	if err := a.takeOver(); err != nil {
		return err
	}
	s.report.Attempts = append(s.report.Attempts, Attempt{
		Model: r.model, Provider: r.provider, Fallback: s.route, OutputMode: r.mode, Start: time.Now(), Resumed: s.reply.text.Len(),
	})
	a.record = &s.report.Attempts[a.number-1]
	attemptCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(errClosed)
	a.watch = startWatch(r.timeouts, func(late *timeoutError) { cancel(late) })
	defer func() {
		a.watch.stop()
		if err != nil && ctx.Err() == nil && !errors.Is(err, errStopped) {
			a.extend()
		}
		a.close(err)
		if err == nil || ctx.Err() != nil || errors.Is(err, errStopped) {
			return // a consumer who has left must not be called again
		}
		if late, ok := context.Cause(attemptCtx).(*timeoutError); ok { //nolint:errorlint // the runtime's own
			s.noteTimeout(late)
			err = late
		}
	}()
	return a.run(attemptCtx, r)
}

// close completes the attempt's part of the report.
func (a *attempt) close(err error) {
	a.record.Duration = time.Since(a.record.Start)
	a.record.Bytes = a.reply.text.Len()
	if err != nil && !errors.Is(err, errStopped) {
		a.record.Err = err
	}
}

// run reads the stream to its end and has the reply accepted.
func (a *attempt) run(ctx context.Context, r *route) error {
	note(a.session, record.StreamInit{})
	info := a.info()
	open := func(ctx context.Context) (Source, error) {
		return r.open(context.WithValue(ctx, attemptKey{}, info), info)
	}
	src, err := openSource(ctx, open)
	if err != nil {
		if _, late := context.Cause(ctx).(*timeoutError); late { //nolint:errorlint // the runtime's own
			a.noteTimeoutStart(r)
		}
		return err
	}
	reader := newReader(ctx, src)
	defer reader.close()
	a.noteOpened(r, src)
	a.setState(StateWaiting)
	if err := a.read(reader); err != nil {
		return err
	}
	reader.close() // before the consumer hears that the call is complete
	a.watch.stop()
	a.setState(StateFinalizing)
	if err := a.release(); err != nil {
		return err
	}
	a.tools.finish(a.session)
	return a.accept()
}

// noteOpened writes the records of a stream that is open.
func (a *attempt) noteOpened(r *route, src Source) {
	if a.trace == nil {
		return
	}
	adapter := r.provider
	if adapter == "" {
		adapter = "source"
	}
	note(a.session, record.AdapterWrapStart{StreamType: fmt.Sprintf("%T", src), AdapterID: adapter})
	note(a.session, record.AdapterDetected{AdapterID: adapter})
	note(a.session, record.AdapterWrapEnd{AdapterID: adapter})
	note(a.session, record.StreamReady{})
	a.noteTimeoutStart(r)
}

func (a *attempt) noteTimeoutStart(r *route) {
	if r.timeouts.InitialToken > 0 {
		note(a.session, record.TimeoutStart{TimeoutType: record.TimeoutInitial, ConfiguredMs: r.timeouts.InitialToken.Milliseconds()})
	}
}

// read takes chunk after chunk until the source ends. A panic of the source becomes an error
// here, once for the loop rather than once for each chunk; one of the consumer passes.
func (a *attempt) read(r *reader) (err error) {
	inSource := false
	done := r.ctx.Done()
	var c Chunk
	defer func() {
		if !inSource {
			return
		}
		if r := recover(); r != nil {
			err = panicked(r, "the stream's Next")
		}
	}()
	for {
		select {
		case <-done:
			return context.Cause(r.ctx)
		default:
		}
		inSource = true
		if r.pump == nil {
			c, err = r.src.Next()
		} else {
			c, err = r.pump.next(r.ctx)
		}
		inSource = false
		if err != nil {
			if err == io.EOF { //nolint:errorlint // a wrapped one is a failure of the network
				return nil
			}
			return err
		}
		if err = a.take(&c); err != nil {
			return err
		}
	}
}

// accept decides whether the reply that has come to its end is a good one.
func (a *attempt) accept() error {
	if err := a.whole(); err != nil {
		return err
	}
	text := a.reply.content()
	if a.policy.Guardrails.ZeroOutput == guard.On && !a.reply.data && a.tools.empty() && blank(text) {
		return &Error{Code: CodeZeroOutput}
	}
	if err := a.checks.final(a); err != nil {
		return err
	}
	if err := a.finish(text); err != nil {
		return err
	}
	a.report.Finish = a.record.Finish
	return nil
}

// whole reports whether the model came to its end.
func (a *attempt) whole() error {
	incomplete := func(message, advice string) error {
		return &Error{Code: CodeIncomplete, Message: "the reply is incomplete: " + message, Advice: advice}
	}
	switch finish := a.record.Finish; {
	case finish == "":
		return &Error{
			Code: CodeIncomplete, Message: "the reply is incomplete: the stream ended without a finish reason",
			Err: io.ErrUnexpectedEOF,
		}
	case finish == FinishLength:
		return incomplete("the limit of output tokens was reached", "raise limits.max_output_tokens, or that of the model's params")
	case finish == FinishContentFilter:
		found := []Violation{{Rule: "content_filter", Message: "the provider's filter cut the reply", Severity: guard.Error, Recoverable: true}}
		return &Error{
			Code: CodeGuardrailViolation, Message: "the provider's content filter cut the reply",
			Advice: "look at what the prompt asks for", Violations: found,
		}
	case !finish.complete():
		return incomplete("the model stopped before its end", "the report's Finish says why")
	}
	return nil
}
