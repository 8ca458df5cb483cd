package l0

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/l0gen/l0gen/runtime/guard"
)

// errStopped says that the consumer has left its loop.
var errStopped = errors.New("the consumer stopped")

// attempt runs one stream of a model: it opens the source, passes on what comes, and has the
// reply accepted. It returns nil once the reply is accepted, errStopped if the consumer left
// before, else what went wrong.
func (s *session) attempt(ctx context.Context, t *target, yield func(Event) bool) (err error) {
	s.model = t.model
	s.text.Reset()
	number := len(s.report.Attempts) + 1
	s.report.Attempts = append(s.report.Attempts, Attempt{
		Model: t.model, Provider: t.provider, OutputMode: t.mode, Start: time.Now(),
	})
	record := &s.report.Attempts[number-1]
	defer func() {
		record.Duration = time.Since(record.Start)
		record.Bytes = s.text.Len()
		if err != nil && !errors.Is(err, errStopped) {
			record.Err = err
		}
	}()

	src, err := openSource(ctx, func(ctx context.Context) (Source, error) { return t.open(ctx, number) })
	if err != nil {
		return err
	}
	r := newReader(ctx, src)
	defer r.close()
	a := attempt{session: s, record: record, yield: yield, number: number, limit: s.policy.Limits.MaxReplyBytes}
	for {
		chunk, err := r.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return sourceOrOwn(err)
		}
		if err := a.take(&chunk); err != nil {
			return err
		}
	}
	r.close() // before the consumer hears that the call is complete
	if err := a.accept(); err != nil {
		return err
	}
	s.report.Finish = record.Finish
	if yield != nil {
		yield(Event{Kind: EventComplete, Attempt: number}) // leaving the loop now changes nothing
	}
	return nil
}

// sourceOrOwn keeps the runtime's own errors and explains those of a source.
func sourceOrOwn(err error) error {
	switch e := err.(type) { //nolint:errorlint // a wrapped one is explained like any other
	case *Error:
		return e
	case asIs:
		return e.error
	}
	return sourceError(err)
}

// attempt is what changes while a stream is read.
type attempt struct {
	*session
	record *Attempt
	yield  func(Event) bool
	number int
	limit  int // of bytes that may still come
	data   bool
}

// take processes one chunk. It is the path of every token: no allocation but the growth of
// the text.
func (a *attempt) take(c *Chunk) error {
	if c.Usage != nil {
		usage := *c.Usage
		a.record.Usage = &usage
	}
	if c.Finish != "" {
		a.record.Finish = c.Finish
	}
	if c.RequestID != "" {
		a.record.RequestID = c.RequestID
	}
	if c.Reasoning != "" {
		if err := a.count(len(c.Reasoning)); err != nil {
			return err
		}
		if a.yield != nil && !a.yield(Event{Kind: EventReasoning, Text: c.Reasoning, Attempt: a.number}) {
			return errStopped
		}
	}
	if c.Text != "" {
		if err := a.count(len(c.Text)); err != nil {
			return err
		}
		a.text.WriteString(c.Text)
		if a.yield != nil && !a.yield(Event{Kind: EventToken, Text: c.Text, Attempt: a.number}) {
			return errStopped
		}
	}
	if c.Data != nil {
		return a.takeData(c.Data)
	}
	return nil
}

func (a *attempt) takeData(m *Media) error {
	a.data = true
	if err := a.spend(len(m.Bytes)); err != nil {
		return err
	}
	if a.yield != nil && !a.yield(Event{Kind: EventData, Data: m, Attempt: a.number}) {
		return errStopped
	}
	return nil
}

// count records a token of n bytes.
func (a *attempt) count(n int) error {
	if a.record.Tokens == 0 {
		a.record.TimeToFirstToken = time.Since(a.record.Start)
	}
	a.record.Tokens++
	return a.spend(n)
}

// spend takes n bytes off the limit for a reply.
func (a *attempt) spend(n int) error {
	if n > a.limit {
		return &Error{Code: CodeReplyTooLarge}
	}
	a.limit -= n
	return nil
}

// accept decides whether the reply that has come to its end is a good one.
func (a *attempt) accept() error {
	switch finish := a.record.Finish; {
	case finish == "":
		return &Error{
			Code:    CodeIncomplete,
			Message: "the reply is incomplete: the stream ended without a finish reason",
			Err:     io.ErrUnexpectedEOF,
		}
	case finish == FinishLength:
		return &Error{
			Code:    CodeIncomplete,
			Message: "the reply is incomplete: the limit of output tokens was reached",
			Advice:  "raise limits.max_output_tokens, or that of the model's params",
		}
	case !finish.complete():
		return &Error{
			Code:    CodeIncomplete,
			Message: "the reply is incomplete: the model stopped before its end",
			Advice:  "the report's Finish says why",
		}
	}
	text := a.text.String()
	if a.policy.Guardrails.ZeroOutput == guard.On && !a.data && blank(text) {
		return &Error{Code: CodeZeroOutput}
	}
	return a.finish(text)
}

// blank reports whether text shows nothing. It stops at the first character that shows.
func blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && r != '\u200B' && r != '\uFEFF'
	}) < 0
}
