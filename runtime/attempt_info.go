package l0

import "context"

// AttemptInfo says which attempt of a call a stream is opened for, and what it may build on.
type AttemptInfo struct {
	// Attempt counts the attempts of the call from 1.
	Attempt int
	// Retry counts the retries on this model; 0 is the first attempt.
	Retry int
	// Fallback is 0 for the first model, 1 for the first fallback, and so on.
	Fallback int
	// Checkpoint is the text that the consumer already has and that the reply should
	// continue. Empty for an attempt that starts afresh.
	Checkpoint string
	// ContinuationPrompt asks the model to go on behind Checkpoint.
	ContinuationPrompt string
	// Rejected is the model's last reply, shortened, and Feedback says what was wrong with it.
	// Both are empty if the last reply was not at fault.
	Rejected, Feedback string
}

type attemptKey struct{}

// AttemptFrom returns what is known about the attempt that a stream is opened for. Its
// context is the one that the function given to [Run] or [JSON], or [Provider].Open, gets.
// ok is false for any other context.
func AttemptFrom(ctx context.Context) (info AttemptInfo, ok bool) {
	p, ok := ctx.Value(attemptKey{}).(*AttemptInfo)
	if !ok {
		return AttemptInfo{}, false
	}
	return *p, true
}

// info returns what the attempt tells whoever opens its stream.
func (a *attempt) info() *AttemptInfo {
	info := &AttemptInfo{
		Attempt: a.number, Retry: a.tries - 1, Fallback: a.route,
		Rejected: a.feedback.rejected, Feedback: a.feedback.text,
	}
	if a.reply.kept > 0 { // nothing else is in the reply yet
		info.Checkpoint = a.reply.checkpoint()
		info.ContinuationPrompt = a.policy.Continuation.Prompt
		if info.ContinuationPrompt == "" {
			info.ContinuationPrompt = continuationPrompt
		}
	}
	return info
}

// conversation returns the messages of an attempt: those of the prompt, and what the last
// attempt left to say.
func (info *AttemptInfo) conversation(msgs []Message) []Message {
	said, asked := info.Rejected, info.Feedback
	if info.Checkpoint != "" {
		said, asked = info.Checkpoint, info.ContinuationPrompt
	}
	if said == "" {
		return msgs
	}
	out := make([]Message, 0, len(msgs)+2)
	return append(append(out, msgs...), AssistantMessage(said), UserMessage(asked))
}
