package l0_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

func continuing(c l0.Continuation) l0.Option {
	c.On = true
	return l0.WithPolicy(l0.Policy{Continuation: c, CheckIntervals: l0.CheckIntervals{Checkpoint: 3}})
}

func TestContinuation(t *testing.T) {
	t.Parallel()
	cut := func(texts ...string) play { return fail(io.ErrUnexpectedEOF, texts...) }
	for name, c := range map[string]struct {
		plays   []play
		options l0.Continuation
		tokens  []string // all that the consumer is given
	}{
		"goes on":           {[]play{cut("Hello", " wor"), say("ld!")}, l0.Continuation{}, []string{"Hello", " wor", "ld!"}},
		"repeats the end":   {[]play{cut("Hello", " world"), say(" wor", "ld", " again")}, l0.Continuation{}, []string{"Hello", " world", " again"}},
		"repeats it all":    {[]play{cut("Hello", " world"), say("Hello", " ", "world", "!")}, l0.Continuation{}, []string{"Hello", " world", "!"}},
		"longest overlap":   {[]play{cut("the cat sat on the"), say("the", " cat", " sat", " on", " the", " mat")}, l0.Continuation{}, []string{"the cat sat on the", " mat"}},
		"nothing repeated":  {[]play{cut("abc"), say("xyz")}, l0.Continuation{}, []string{"abc", "xyz"}},
		"only a repetition": {[]play{cut("abc"), say("abc")}, l0.Continuation{}, []string{"abc"}},
		"too short to cut":  {[]play{cut("abc"), say("cd")}, l0.Continuation{}, []string{"abc", "cd"}},
		"one is enough":     {[]play{cut("abc"), say("cd")}, l0.Continuation{MinOverlap: 1}, []string{"abc", "d"}},
		"other case":        {[]play{cut("Hello World"), say("world x")}, l0.Continuation{IgnoreCase: true}, []string{"Hello World", " x"}},
		"other space":       {[]play{cut("say hello world"), say("hello    world foo")}, l0.Continuation{CollapseSpace: true}, []string{"say hello world", " foo"}},
		"several times":     {[]play{cut("a b "), cut("b c "), cut("c d "), say("e")}, l0.Continuation{}, []string{"a b ", "c ", "d ", "e"}},
		"after a limit":     {[]play{{steps: append(pieces("one "), step{chunk: l0.Chunk{Finish: l0.FinishLength}}, step{err: io.EOF})}, say("two")}, l0.Continuation{}, []string{"one ", "two"}},
		"half a character":  {[]play{cut("a", "\xc5"), say("ž!")}, l0.Continuation{}, []string{"a", "\xc5", "ž!"}},
		"nothing had come":  {[]play{cut(), say("all")}, l0.Continuation{}, []string{"all"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := playing(c.plays...)
			s := p.call(t, t.Context(), 1, continuing(c.options), quick(retry.Config{}))
			var tokens []string
			text := ""
			for ev, err := range s.Events() {
				require.NoError(t, err)
				switch ev.Kind { //nolint:exhaustive // the rest is no matter here
				case l0.EventToken:
					tokens = append(tokens, ev.Text)
					text += ev.Text
				case l0.EventRestart:
					text = text[:len(text)-ev.Discard]
				}
			}
			assert.Equal(t, c.tokens, tokens, "no byte is delivered twice")
			result, err := s.Result()
			require.NoError(t, err)
			assert.Equal(t, text, result)
		})
	}
}

func TestContinuationIsAskedFor(t *testing.T) {
	t.Parallel()
	p, r := playing(fail(syscall.ECONNRESET, "one ", "two ", "three ", "four "), say("three ", "four ", "five")), &recorder{}
	var report l0.Report
	s := p.call(t, t.Context(), 1, continuing(l0.Continuation{Prompt: "Go on."}), quick(retry.Config{}), l0.WithObserver(r), l0.Capture(&report))
	var text strings.Builder
	for piece, err := range s.Text() { // which restarts end, unless nothing is void
		require.NoError(t, err)
		text.WriteString(piece)
	}
	assert.Equal(t, "one two three four five", text.String())
	kept := "one two three four "
	require.Len(t, p.requests, 2)
	msgs := p.requests[1].Messages
	assert.Equal(t, []l0.Message{l0.AssistantMessage(kept), l0.UserMessage("Go on.")}, msgs[len(msgs)-2:])
	assert.Equal(t, l0.AttemptInfo{Attempt: 2, Retry: 1, Checkpoint: kept, ContinuationPrompt: "Go on."}, p.infos[1])
	assert.Equal(t, record.CheckpointSaved{Checkpoint: "one two three ", TokenCount: 3}, detail[record.CheckpointSaved](t, r, 0))
	assert.Equal(t, record.CheckpointSaved{Checkpoint: kept, TokenCount: 4}, detail[record.CheckpointSaved](t, r, 1), "all of it is kept at the failure")
	assert.Equal(t, record.ResumeStart{Checkpoint: kept, TokenCount: 4}, detail[record.ResumeStart](t, r, 0))
	assert.Equal(t, record.ContinuationStart{Checkpoint: kept, TokenCount: 4}, detail[record.ContinuationStart](t, r, 0))
	assert.Equal(t, []int{0, len(kept)}, []int{report.Attempts[0].Resumed, report.Attempts[1].Resumed})
	assert.Equal(t, len("three four "), report.Attempts[1].Overlap)
	state := detail[record.Complete](t, r, 0).State
	assert.True(t, state.Resumed)
	assert.Equal(t, len(kept), state.ResumeFrom)
	assert.Equal(t, 5, state.TokenCount)
}

// Text that a rule refused is not gone on from.
func TestOnlyGoodTextIsKept(t *testing.T) {
	t.Parallel()
	every := l0.WithPolicy(l0.Policy{Continuation: l0.Continuation{On: true}, CheckIntervals: l0.CheckIntervals{Checkpoint: 1, Guardrails: 1}})
	p := playing(silent("good ", "fine ", "bad "), say("better"))
	s := p.call(t, t.Context(), 1, every, l0.WithGuardrail(badWord("bad", guard.Error, true)), quick(retry.Config{}))
	text, restarts, err := joined(s)
	require.NoError(t, err)
	assert.Equal(t, "good fine better", text)
	require.Len(t, restarts, 1)
	assert.Zero(t, restarts[0].Discard, "the bad piece was not delivered")

	// At the failure, text that was not checked yet is checked.
	seldom := l0.WithPolicy(l0.Policy{Continuation: l0.Continuation{On: true}, CheckIntervals: l0.CheckIntervals{Checkpoint: 2, Guardrails: 2}})
	p = playing(fail(io.ErrUnexpectedEOF, "good ", "fine ", "bad "), say("better"))
	s = p.call(t, t.Context(), 1, seldom, l0.WithGuardrail(badWord("bad", guard.Error, true)), quick(retry.Config{}))
	text, restarts, err = joined(s)
	require.NoError(t, err)
	assert.Equal(t, "good fine better", text)
	assert.Equal(t, len("bad "), restarts[0].Discard)

	// What is bad at the end is bad as a whole.
	p = playing(say("all ", "bad"), say("new"))
	s = p.call(t, t.Context(), 1, every, l0.WithGuardrail(badWord("bad", guard.Error, false)), quick(retry.Config{}))
	text, restarts, err = joined(s)
	require.NoError(t, err)
	assert.Equal(t, "new", text)
	assert.Equal(t, len("all bad"), restarts[0].Discard)
	assert.Len(t, p.requests[1].Messages, 3, "it is told what was wrong")
}

// A rule that finds fault with kept text at its second look makes the attempt start afresh.
func TestKeptTextIsCheckedAgain(t *testing.T) {
	t.Parallel()
	looks := 0
	moody := guard.Custom{Name: "moody", Streaming: true, New: func() guard.Checker {
		return guard.CheckFunc(func(in guard.Reply) []guard.Violation {
			if looks++; looks == 3 {
				return []guard.Violation{{Message: "no more"}}
			}
			return nil
		})
	}}
	p := playing(fail(io.ErrUnexpectedEOF, "one ", "two "), say("new"))
	s := p.call(t, t.Context(), 1, l0.WithGuardrail(moody), quick(retry.Config{}),
		l0.WithPolicy(l0.Policy{Continuation: l0.Continuation{On: true}, CheckIntervals: l0.CheckIntervals{Checkpoint: 1, Guardrails: 1}}))
	text, restarts, err := joined(s)
	require.NoError(t, err)
	assert.Equal(t, "new", text)
	assert.Equal(t, len("one two "), restarts[0].Discard)
	assert.Empty(t, p.infos[1].Checkpoint)
}

func TestTextEndsAtARestart(t *testing.T) {
	t.Parallel()
	p := playing(fail(io.ErrUnexpectedEOF, "one "), say("two"))
	s := p.call(t, t.Context(), 1, quick(retry.Config{}))
	var texts []string
	var last error
	for text, err := range s.Text() {
		if last = err; err == nil {
			texts = append(texts, text)
		}
	}
	assert.Equal(t, []string{"one "}, texts)
	require.ErrorIs(t, last, l0.ErrRestarted)
	require.ErrorIs(t, last, l0.ErrIncomplete, "and why")

	p = playing(fail(io.ErrUnexpectedEOF), say("two"))
	texts = nil
	for text, err := range p.call(t, t.Context(), 1, quick(retry.Config{})).Text() {
		require.NoError(t, err)
		texts = append(texts, text)
	}
	assert.Equal(t, []string{"two"}, texts, "nothing had been handed out")
}

func TestContinuationOfATypedOutputIsRefused(t *testing.T) {
	t.Parallel()
	_, err := l0.JSON[int](t.Context(), opening(l0test1()), continuing(l0.Continuation{})).Result()
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	assert.ErrorContains(t, err, "Continuation")
}

func TestPoliciesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]l0.Policy{
		"Timeouts.InterToken is -5ns":            {Timeouts: l0.Timeouts{InterToken: -5}},
		"Continuation.MinOverlap (9) is above":   {Continuation: l0.Continuation{MinOverlap: 9, MaxOverlap: 3}},
		"Continuation.MinOverlap (999) is above": {Continuation: l0.Continuation{MinOverlap: 999}},
		"Limits.MaxReplyBytes is -1":             {Limits: l0.Limits{MaxReplyBytes: -1}},
		"CheckIntervals.Guardrails is -1":        {CheckIntervals: l0.CheckIntervals{Guardrails: -1}},
		"in Retry:":                              {Retry: retry.Config{Attempts: -7}},
		`OutputMode is "magic"`:                  {OutputMode: "magic"},
		`Guardrails.OnFatal is "explode"`:        {Guardrails: guard.Config{OnFatal: "explode"}},
	} {
		provider := playing(say("x"))
		_, err := provider.call(t, t.Context(), 1, l0.WithPolicy(p)).Result()
		require.ErrorIs(t, err, l0.ErrNotConfigured, want)
		require.ErrorContains(t, err, want)
		assert.Empty(t, provider.requests)
		if !strings.Contains(want, "999") {
			require.Error(t, p.Validate())
		}
	}
	require.NoError(t, l0.Policy{}.Validate())
	require.NoError(t, l0.DefaultPolicy().Validate())
}

func TestStateFollowsTheCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := playing(fail(io.ErrUnexpectedEOF, "one "), play{opening: time.Second, steps: say("on", "e two").steps})
		s := p.call(t, t.Context(), 1, continuing(l0.Continuation{}))
		assert.Equal(t, l0.StateIdle, s.State())
		seen := []l0.State{}
		go func() {
			for s.State() != l0.StateComplete {
				if st := s.State(); len(seen) == 0 || seen[len(seen)-1] != st {
					seen = append(seen, st)
				}
				pass(10 * time.Millisecond)
			}
		}()
		for range s.Text() {
			pass(20 * time.Millisecond)
		}
		synctest.Wait()
		pass(time.Second)
		assert.Equal(t, "[streaming retrying init streaming]", fmt.Sprint(seen[len(seen)-4:]))
		assert.Equal(t, l0.StateComplete, s.State())
	})
}

func ExampleAttemptFrom() {
	replies := playing(fail(io.ErrUnexpectedEOF, "Once upon "), say("a time"))
	open := func(ctx context.Context) (l0.Source, error) {
		if info, _ := l0.AttemptFrom(ctx); info.Checkpoint != "" {
			fmt.Printf("attempt %d goes on after %q\n", info.Attempt, info.Checkpoint)
		}
		return replies.Open(ctx, nil)
	}
	policy := l0.Policy{Continuation: l0.Continuation{On: true}, Retry: retry.Config{BaseDelay: retry.NoDelay}}
	text, err := l0.Run(context.Background(), open, l0.WithPolicy(policy)).Result()
	fmt.Println(text, err)
	// Output:
	// attempt 2 goes on after "Once upon "
	// Once upon a time <nil>
}

var _ = errors.Is
