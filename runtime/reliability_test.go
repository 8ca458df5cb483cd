package l0_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/record"
	"github.com/l0gen/l0gen/runtime/retry"
)

// Whatever goes wrong on the way, what a consumer has who applies the restarts is the result.
func TestEventsAlwaysGiveTheResult(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1000) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			whole := randomText(r)
			p := playing()
			p.pumped = r.IntN(2) == 0
			resume := r.IntN(2) == 0
			for range 12 {
				p.plays = append(p.plays, randomPlay(r, whole))
			}
			opts := []l0.CallOption{
				quick(retry.Config{Attempts: 5, MaxRetries: 12}),
				l0.WithPolicy(l0.Policy{
					Continuation:   l0.Continuation{On: resume},
					CheckIntervals: l0.CheckIntervals{Checkpoint: 1 + r.IntN(5), Guardrails: 1 + r.IntN(5)},
				}),
			}
			ruled, streams := r.IntN(3) == 0, r.IntN(2) == 0
			if ruled {
				opts = append(opts, l0.WithGuardrail(badWord("§", guard.Error, streams)))
			}
			s := p.call(t, t.Context(), 1+r.IntN(3), opts...)
			text, restarts, err := joined(s)
			report := s.Report()
			assert.Len(t, restarts, len(report.Attempts)-1, "a restart for each attempt but the first")
			result, resultErr := s.Result()
			assert.Equal(t, err, resultErr)
			if err == nil {
				assert.Equal(t, result, text, "seed %d", seed)
				return
			}
			e, ok := errors.AsType[*l0.Error](err)
			require.True(t, ok)
			if ruled {
				assert.True(t, strings.HasPrefix(e.Partial, text), "the newest piece may have been refused, seed %d", seed)
			} else {
				assert.Equal(t, e.Partial, text, "seed %d", seed)
			}
			if ruled && streams {
				assert.NotContains(t, s.Checkpoint(), "§")
			}
			assert.True(t, !resume || utf8.ValidString(e.Checkpoint), "no character is cut")
		})
	}
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(40) {
		b.WriteString([]string{"the cat ", "sat ", "on ", "the mat. ", "žluťoučký ", "🐈 ", "a", "§"}[r.IntN(8)])
	}
	return b.String()
}

// randomPlay sends a text in pieces of any size, with anything going wrong.
func randomPlay(r *rand.Rand, text string) play {
	var p play
	for text != "" && r.IntN(30) > 0 {
		n := 1 + r.IntN(min(len(text), 6))
		p.steps = append(p.steps, step{after: time.Duration(r.IntN(3)) * time.Millisecond, chunk: l0.Chunk{Text: text[:n]}})
		text = text[n:]
		if r.IntN(6) == 0 {
			p.steps = append(p.steps, step{chunk: l0.Chunk{Reasoning: "hm"}})
		}
	}
	switch r.IntN(8) {
	case 0:
		p.steps = append(p.steps, step{err: io.ErrUnexpectedEOF})
	case 1:
		p.steps = append(p.steps, step{err: syscall.ECONNRESET})
	case 2:
		p.steps = append(p.steps, step{err: &l0.ProviderError{StatusCode: 529}})
	case 3:
		p.steps = append(p.steps, step{chunk: l0.Chunk{Finish: l0.FinishLength}}, step{err: io.EOF})
	case 4: // silence
	case 5:
		p.steps = append(p.steps, step{err: io.EOF})
	default:
		p.steps = append(p.steps, step{chunk: l0.Chunk{Finish: l0.FinishStop}}, step{err: io.EOF})
	}
	if r.IntN(12) == 0 {
		p.refuse = &l0.ProviderError{StatusCode: 503}
	}
	return p
}

func TestAttemptsAreCountedPerModelAndRetriesPerCall(t *testing.T) {
	t.Parallel()
	cuts := func(n int) []play {
		var plays []play
		for range n {
			plays = append(plays, fail(io.ErrUnexpectedEOF, "x"))
		}
		return plays
	}
	drops := func(n int) []play {
		var plays []play
		for range n {
			plays = append(plays, fail(syscall.ECONNRESET, "x"))
		}
		return plays
	}
	for name, c := range map[string]struct {
		plays  []play
		models int
		config retry.Config
		want   int // requests
		rule   retry.Rule
	}{
		"counted":                  {cuts(20), 1, retry.Config{}, 4, retry.RuleAttempts},
		"counted on each model":    {cuts(20), 2, retry.Config{Attempts: 2}, 6, retry.RuleAttempts},
		"retries of the call":      {cuts(20), 3, retry.Config{}, 9, retry.RuleMaxRetries},
		"network":                  {drops(20), 1, retry.Config{}, 7, retry.RuleMaxRetries},
		"network is not counted":   {append(drops(2), cuts(20)...), 1, retry.Config{}, 6, retry.RuleAttempts},
		"none":                     {cuts(20), 1, retry.Config{Preset: retry.NoRetries}, 1, retry.RuleMaxRetries},
		"no counted ones":          {append(drops(2), cuts(20)...), 1, retry.Config{Attempts: retry.None}, 3, retry.RuleAttempts},
		"unlimited":                {drops(50), 1, retry.Config{MaxRetries: retry.Unlimited}, 51, retry.RuleFatal},
		"only timeouts":            {cuts(20), 1, retry.Config{RetryOn: []retry.Reason{retry.Timeout}}, 1, retry.RuleRetryOn},
		"a refused key":            {[]play{{refuse: &l0.ProviderError{StatusCode: 401}}}, 1, retry.Config{}, 1, retry.RuleFatal},
		"a request that is no use": {[]play{{refuse: &l0.ProviderError{StatusCode: 400}}}, 1, retry.Config{}, 1, retry.RuleFatal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := playing(c.plays...)
				s := p.call(t, t.Context(), c.models, quick(c.config))
				_, err := s.Result()
				require.Error(t, err)
				assert.Len(t, p.requests, c.want)
				last := s.Report().Attempts[len(p.requests)-1]
				assert.Equal(t, c.rule, last.Rule)
				assert.Equal(t, l0.NextHalt, last.Next)
				if c.models > 1 {
					require.ErrorIs(t, err, l0.ErrExhausted)
				}
			})
		})
	}
}

func TestDelays(t *testing.T) {
	t.Parallel()
	half := l0.WithRandom(func() float64 { return 0.5 })
	busy := func(after time.Duration) play {
		return play{refuse: &l0.ProviderError{StatusCode: 429, RetryAfter: after}}
	}
	for name, c := range map[string]struct {
		plays []play
		opts  []l0.CallOption
		want  time.Duration
	}{
		"fixed jitter":             {[]play{fail(io.ErrUnexpectedEOF)}, nil, 1250 * time.Millisecond},
		"refused connection":       {[]play{{refuse: syscall.ECONNREFUSED}}, nil, 2500 * time.Millisecond},
		"Retry-After":              {[]play{busy(7 * time.Second)}, nil, 7 * time.Second},
		"Retry-After is a minimum": {[]play{busy(time.Millisecond)}, nil, 1250 * time.Millisecond},
		"exponential": {
			[]play{busy(0), busy(0), busy(0)},
			[]l0.CallOption{l0.WithPolicy(l0.Policy{Retry: retry.Config{Backoff: retry.Exponential}})},
			7 * time.Second,
		},
		"hook": {
			[]play{busy(0)},
			[]l0.CallOption{l0.WithRetryDelay(func(_ context.Context, info l0.RetryInfo) time.Duration { return 2 * info.Delay })},
			2500 * time.Millisecond,
		},
		"hook goes too far": {
			[]play{busy(0)},
			[]l0.CallOption{l0.WithRetryDelay(func(context.Context, l0.RetryInfo) time.Duration { return time.Hour })},
			30 * time.Second,
		},
		"hook is negative": {
			[]play{busy(0)}, []l0.CallOption{l0.WithRetryDelay(func(context.Context, l0.RetryInfo) time.Duration { return -1 })}, 0,
		},
		"hook panics": {
			[]play{busy(0)},
			[]l0.CallOption{l0.WithRetryDelay(func(context.Context, l0.RetryInfo) time.Duration { panic("in the hook") })},
			1250 * time.Millisecond,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := &recorder{}
				p := playing(append(c.plays, say("ok"))...)
				begin := time.Now()
				text, err := p.call(t, t.Context(), 1, append(c.opts, half, l0.WithObserver(r))...).Result()
				require.NoError(t, err)
				assert.Equal(t, "ok", text)
				assert.Equal(t, c.want, time.Since(begin))
				sum := time.Duration(0)
				for i := range c.plays {
					sum += time.Duration(detail[record.RetryAttempt](t, r, i).DelayMs) * time.Millisecond
				}
				assert.Equal(t, c.want, sum)
			})
		})
	}
	t.Run("too long for the server", func(t *testing.T) {
		t.Parallel()
		p := playing(busy(time.Minute), say("from the fallback"))
		s := p.call(t, t.Context(), 2)
		text, err := s.Result()
		require.NoError(t, err)
		assert.Equal(t, "from the fallback", text)
		assert.Equal(t, retry.RuleRetryAfter, s.Report().Attempts[0].Rule)
		assert.Equal(t, l0.NextFallback, s.Report().Attempts[0].Next)
	})
}

func TestVeto(t *testing.T) {
	t.Parallel()
	var seen []l0.RetryInfo
	veto := l0.WithRetryVeto(func(_ context.Context, info l0.RetryInfo) bool {
		seen = append(seen, info)
		return len(seen) < 2
	})
	p := playing(fail(io.ErrUnexpectedEOF, "a"), fail(io.ErrUnexpectedEOF, "a"), say("b"))
	s := p.call(t, t.Context(), 1, veto, quick(retry.Config{}))
	_, err := s.Result()
	require.ErrorIs(t, err, l0.ErrIncomplete)
	require.Len(t, seen, 2)
	assert.Equal(t, []int{0, 1}, []int{seen[0].Attempt, seen[1].Attempt})
	assert.Equal(t, retry.Incomplete, seen[0].Reason)
	assert.Equal(t, l0.CategoryContent, seen[0].Category)
	assert.Equal(t, retry.Rule("veto"), s.Report().Attempts[1].Rule)

	seen = nil
	p = playing(play{refuse: &l0.ProviderError{StatusCode: 401}})
	_, err = p.call(t, t.Context(), 1, veto).Result()
	require.ErrorIs(t, err, l0.ErrProvider)
	assert.Empty(t, seen, "it is not asked where the policy says no")
}

func TestFallback(t *testing.T) {
	t.Parallel()
	p := playing(fail(&l0.ProviderError{StatusCode: 401}, "from the first"), say("from the second"))
	s := p.call(t, t.Context(), 2)
	text, restarts, err := joined(s)
	require.NoError(t, err)
	assert.Equal(t, "from the second", text)
	require.Len(t, restarts, 1)
	assert.Equal(t, len("from the first"), restarts[0].Discard)
	require.ErrorIs(t, restarts[0].Cause, l0.ErrProvider)
	report := s.Report()
	assert.Equal(t, []l0.ModelName{"fast", "slow"}, []l0.ModelName{report.Attempts[0].Model, report.Attempts[1].Model})
	assert.Equal(t, 1, report.Attempts[1].Fallback)
	assert.Equal(t, l0.StateComplete, s.State())

	p = playing(play{refuse: &l0.ProviderError{StatusCode: 401}}, play{refuse: &l0.ProviderError{StatusCode: 403}})
	_, err = p.call(t, t.Context(), 2).Result()
	require.ErrorIs(t, err, l0.ErrExhausted)
	require.ErrorIs(t, err, l0.ErrProvider)
	e, _ := errors.AsType[*l0.Error](err)
	assert.Equal(t, l0.CodeAllStreamsExhausted, e.Code)
	assert.Equal(t, 403, e.StatusCode)
	assert.Contains(t, err.Error(), "the last one, slow")
	joined, ok := e.Err.(interface{ Unwrap() []error })
	require.True(t, ok)
	assert.Len(t, joined.Unwrap(), 2, "the error of each model")
}

func TestOnFatal(t *testing.T) {
	t.Parallel()
	for action, want := range map[guard.FatalAction]int{guard.Fallback: 2, guard.Halt: 1} {
		p := playing(say("bad"), say("good"))
		_, err := p.call(t, t.Context(), 2, l0.WithGuardrail(badWord("bad", guard.Fatal, true)),
			l0.WithPolicy(l0.Policy{Guardrails: guard.Config{OnFatal: action}})).Result()
		assert.Equal(t, action == guard.Halt, errors.Is(err, l0.ErrGuardrail), "%v", err)
		assert.Len(t, p.requests, want)
	}
}

// A fatal violation is raised before its text reaches the consumer.
func TestFatalTextIsNotDelivered(t *testing.T) {
	t.Parallel()
	p := playing(silent("good ", "bad "))
	s := p.call(t, t.Context(), 1, l0.WithGuardrail(badWord("bad", guard.Fatal, true)),
		l0.WithPolicy(l0.Policy{CheckIntervals: l0.CheckIntervals{Guardrails: 1}}))
	text, _, err := joined(s)
	require.ErrorIs(t, err, l0.ErrGuardrail)
	assert.Equal(t, "good ", text)
	e, _ := errors.AsType[*l0.Error](err)
	require.Len(t, e.Violations, 1)
	assert.Equal(t, guard.Violation{Rule: "bad_word", Message: "it says a bad word", Severity: guard.Fatal, Position: 5}, e.Violations[0])
	assert.Equal(t, "good ", s.Checkpoint())
}

func TestContentFilterIsAViolation(t *testing.T) {
	t.Parallel()
	p := playing(play{steps: []step{{chunk: l0.Chunk{Text: "I", Finish: l0.FinishContentFilter}}, {err: io.EOF}}})
	_, err := p.call(t, t.Context(), 1, noRetry()).Result()
	require.ErrorIs(t, err, l0.ErrGuardrail)
	e, _ := errors.AsType[*l0.Error](err)
	assert.Equal(t, "content_filter", e.Violations[0].Rule)
}

func TestFeedback(t *testing.T) {
	t.Parallel()
	p := playing(say("-3"), fail(io.ErrUnexpectedEOF), say("3"))
	b, err := l0.Bind(l0.NewClient(l0.WithProvider(p)), &l0.Package{Models: []l0.Model{{Name: "m", Provider: "p"}}})
	require.NoError(t, err)
	n, err := l0.Call(t.Context(), b, numberFunction(l0.Policy{}), "in", quick(retry.Config{})).Result()
	require.NoError(t, err)
	assert.Equal(t, 3, n)
	require.Len(t, p.requests, 3)
	first := len(p.requests[0].Messages)
	for _, req := range p.requests[1:] { // also after a failure that has nothing to do with it
		require.Len(t, req.Messages, first+2)
		assert.Equal(t, l0.AssistantMessage("-3"), req.Messages[first])
		assert.Contains(t, req.Messages[first+1].Text, "must be >= 0, got -3")
	}

	p.plays = []play{say("-3"), say("3")}
	p.requests = nil
	_, err = l0.Call(t.Context(), b, numberFunction(l0.Policy{}), "in", quick(retry.Config{NoFeedback: true})).Result()
	require.NoError(t, err)
	assert.Len(t, p.requests[1].Messages, first)
}

// Feedback is not given to another model, nor does it name what must not be said.
func TestFeedbackIsDiscreet(t *testing.T) {
	t.Parallel()
	rule := badWord("Zendesk", guard.Error, false)
	rule.Name = string(guard.KindPhrases)
	p := playing(say("Zendesk"), say("ok"))
	_, err := p.call(t, t.Context(), 1, l0.WithGuardrail(rule), quick(retry.Config{})).Result()
	require.NoError(t, err)
	assert.Len(t, p.requests[1].Messages, len(p.requests[0].Messages))

	long := strings.Repeat("ž", 5000) + "bad"
	p = playing(say(long), say("bad"), say("ok"))
	_, err = p.call(t, t.Context(), 2, l0.WithGuardrail(badWord("bad", guard.Error, false)), quick(retry.Config{Attempts: 1})).Result()
	require.NoError(t, err)
	require.Len(t, p.requests[1].Messages, 3)
	assert.LessOrEqual(t, len(p.requests[1].Messages[1].Text), 4<<10+len("…"))
	assert.Len(t, p.requests[2].Messages, 1, "another model")
}

func ExampleWithRetryVeto() {
	provider := playing(fail(io.ErrUnexpectedEOF, "Hel"), say("Hello"))
	open := func(ctx context.Context) (l0.Source, error) { return provider.Open(ctx, nil) }
	noCuts := l0.WithRetryVeto(func(_ context.Context, info l0.RetryInfo) bool { return info.Reason != retry.Incomplete })
	_, err := l0.Run(context.Background(), open, noCuts).Result()
	fmt.Println(errors.Is(err, l0.ErrIncomplete))
	// Output: true
}
