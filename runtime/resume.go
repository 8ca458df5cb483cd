package l0

import (
	"github.com/l0gen/l0gen/runtime/internal/overlap"
	"github.com/l0gen/l0gen/runtime/record"
)

// continuationPrompt asks a model to go on with its reply where a policy names no prompt.
const continuationPrompt = "Your reply was cut off. Go on exactly where it ends: do not repeat any of it, do not " +
	"start over, and do not comment on the interruption."

// carry is what an attempt takes over from the one before it.
type carry struct {
	// text was delivered and passed its checks; the attempt goes on behind it.
	text   string
	tokens int
	// discard is how much of what was delivered is void, and cause is why. They are for the
	// consumer, who is told before the attempt begins.
	discard int
	cause   error
}

// carryOver decides what the next attempt takes over from the one that failed: the text that
// may be kept, or what the model must be told.
func (s *session) carryOver(e *Error, strategy record.Strategy) {
	was := s.reply.delivered
	s.next = carry{discard: was}
	if len(s.report.Attempts) > 0 {
		s.next.cause = e
	}
	if s.policy.Continuation.On && s.reply.kept > 0 && e.Code != CodeReplyTooLarge {
		s.next.text, s.next.tokens = s.reply.checkpoint(), s.reply.keptTokens
		s.next.discard = was - len(s.next.text)
	}
	if strategy != record.StrategyRetry {
		s.feedback = feedback{} // another model is not told of replies that are not its own
	} else if f := feedbackOn(e, s.reply.content()); f.text != "" && !s.policy.Retry.NoFeedback {
		s.feedback = f
	}
}

// takeOver begins an attempt with what the one before it left. It tells the consumer what is
// void before anything else comes.
func (a *attempt) takeOver() error {
	next := a.next
	a.next = carry{}
	a.report.Violations, a.report.Repairs = nil, nil // those of the reply that counts
	if next.text != "" && !a.resume(&next) {
		next.discard += len(next.text)
		next.text = ""
	}
	if next.text == "" {
		a.reply = reply{}
		a.checks = a.newChecks()
	}
	if next.cause == nil {
		return nil
	}
	if a.yield != nil && !a.yield(Event{Kind: EventRestart, Attempt: a.number, Discard: next.discard, Cause: next.cause}, nil) {
		return a.leave()
	}
	a.setState(StateInit)
	if next.text != "" {
		note(a.session, record.ContinuationStart{Checkpoint: next.text, TokenCount: next.tokens})
		note(a.session, record.ResumeStart{Checkpoint: next.text, TokenCount: next.tokens})
	}
	return nil
}

// resume puts the kept text into the new reply if it passes the rules that stream.
func (a *attempt) resume(next *carry) bool {
	a.setState(StateVerifying)
	a.reply = reply{}
	a.reply.text.WriteString(next.text)
	a.reply.tokens = next.tokens
	a.checks = a.newChecks()
	if a.checks.bad(next.text, next.tokens) {
		return false
	}
	a.reply.keep()
	a.reply.delivered = len(next.text)
	a.limit -= len(next.text)
	a.seam = newSeam(next.text, &a.policy.Continuation)
	return true
}

// seam finds where a continuation repeats the end of the text that it continues.
type seam struct {
	remover *overlap.Remover
	holding bool
}

func newSeam(text string, c *Continuation) *seam {
	return &seam{remover: overlap.New(text, overlap.Options{
		MinOverlap: c.MinOverlap, MaxOverlap: c.MaxOverlap, IgnoreCase: c.IgnoreCase, CollapseSpace: c.CollapseSpace,
	})}
}

// feed returns the part of text that is new, as far as that is known.
func (m *seam) feed(a *attempt, text string) (string, error) {
	if len(text) > a.limit { // what is held back must be bounded too
		return "", &Error{Code: CodeReplyTooLarge}
	}
	if !m.holding {
		m.holding = true
		a.setState(StateMatching)
	}
	out, settled := m.remover.Feed(text)
	if settled {
		m.settle(a)
	}
	return out, nil
}

// flush returns what is left when the stream ends.
func (m *seam) flush(a *attempt) string {
	out := m.remover.Flush()
	m.settle(a)
	return out
}

func (m *seam) settle(a *attempt) {
	a.record.Overlap = len(m.remover.Removed())
	a.seam = nil
	if m.holding {
		a.setState(StateStreaming)
	}
}
