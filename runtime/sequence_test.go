package l0_test

import (
	"context"
	"errors"
	"io"
	"slices"
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

// badWord refuses replies that hold a word.
func badWord(word string, severity guard.Severity, streaming bool) guard.Custom {
	return guard.Custom{
		Name: "bad_word", Streaming: streaming, AbortEarly: streaming, Severity: severity,
		New: func() guard.Checker {
			return guard.CheckFunc(func(in guard.Reply) []guard.Violation {
				if i := strings.Index(in.Text, word); i >= 0 {
					return []guard.Violation{{Message: "it says a bad word", Position: i}}
				}
				return nil
			})
		},
	}
}

// The order of records that is the contract of observers.
func TestSequences(t *testing.T) {
	t.Parallel()
	start := "SESSION_START STREAM_INIT STREAM_READY TIMEOUT_START TIMEOUT_RESET "
	again := "STREAM_INIT STREAM_READY TIMEOUT_START TIMEOUT_RESET "
	resume := l0.WithPolicy(l0.Policy{Continuation: l0.Continuation{On: true}, CheckIntervals: l0.CheckIntervals{Checkpoint: 2}})
	checks := "GUARDRAIL_PHASE_START GUARDRAIL_RULE_START GUARDRAIL_RULE_RESULT GUARDRAIL_RULE_END GUARDRAIL_PHASE_END "
	once := retry.Config{Attempts: 1}
	for name, c := range map[string]struct {
		plays  []play
		models int
		opts   []l0.CallOption
		want   string
		code   l0.Code
	}{
		"success": {plays: []play{say("a")}, want: start + "COMPLETE"},
		"network error then retry": {
			plays: []play{fail(syscall.ECONNRESET, "a"), say("b")},
			want:  start + "NETWORK_ERROR ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again + "RETRY_END COMPLETE",
		},
		"cut then retry": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a"), say("b")},
			want:  start + "ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again + "RETRY_END COMPLETE",
		},
		"veto hook": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a"), say("b")},
			opts:  []l0.CallOption{l0.WithRetryVeto(func(context.Context, l0.RetryInfo) bool { return true })},
			want: start + "RETRY_FN_START RETRY_FN_RESULT ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again +
				"RETRY_END COMPLETE",
		},
		"veto hook panics": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a")},
			opts:  []l0.CallOption{l0.WithRetryVeto(func(context.Context, l0.RetryInfo) bool { panic("in the hook") })},
			want:  start + "RETRY_FN_START RETRY_FN_ERROR ERROR", code: l0.CodeIncomplete,
		},
		"guardrail then retry": {
			plays: []play{say("bad"), say("good")},
			opts:  []l0.CallOption{l0.WithGuardrail(badWord("bad", guard.Error, false))},
			want: start + checks + "ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again + checks +
				"RETRY_END COMPLETE",
		},
		"fatal guardrail then fallback": {
			plays: []play{say("bad"), say("good")}, models: 2,
			opts: []l0.CallOption{l0.WithGuardrail(badWord("bad", guard.Fatal, false))},
			want: start + checks + "ERROR FALLBACK_START FALLBACK_MODEL_SELECTED " + again + checks +
				"FALLBACK_END COMPLETE",
		},
		"resume": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a", "b", "c"), say("d")}, opts: []l0.CallOption{resume},
			want: start + "CHECKPOINT_SAVED CHECKPOINT_SAVED ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " +
				"CONTINUATION_START RESUME_START " + again + "CHECKPOINT_SAVED RETRY_END COMPLETE",
		},
		"resume on a fallback": {
			plays: []play{fail(&l0.ProviderError{StatusCode: 401}, "a", "b"), say("c")}, models: 2, opts: []l0.CallOption{resume},
			want: start + "CHECKPOINT_SAVED ERROR FALLBACK_START FALLBACK_MODEL_SELECTED CONTINUATION_START RESUME_START " +
				again + "FALLBACK_END COMPLETE",
		},
		"retry, give up, fallback": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a"), fail(io.ErrUnexpectedEOF, "b"), say("c")}, models: 2,
			opts: []l0.CallOption{quick(once)},
			want: start + "ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again +
				"ERROR RETRY_GIVE_UP FALLBACK_START FALLBACK_MODEL_SELECTED " + again + "FALLBACK_END COMPLETE",
		},
		"exhausted": {
			plays:  []play{fail(&l0.ProviderError{StatusCode: 401}, "a"), fail(io.ErrUnexpectedEOF, "b"), fail(io.ErrUnexpectedEOF, "c")},
			models: 2, opts: []l0.CallOption{quick(once)},
			want: start + "ERROR FALLBACK_START FALLBACK_MODEL_SELECTED " + again +
				"ERROR RETRY_START RETRY_ATTEMPT ATTEMPT_START " + again + "ERROR RETRY_GIVE_UP FALLBACK_END",
			code: l0.CodeAllStreamsExhausted,
		},
		"initial timeout": {
			plays: []play{silent()}, opts: []l0.CallOption{noRetry()},
			want: "SESSION_START STREAM_INIT STREAM_READY TIMEOUT_START TIMEOUT_TRIGGERED ERROR", code: l0.CodeInitialTokenTimeout,
		},
		"initial timeout while connecting": {
			plays: []play{{opening: time.Hour}}, opts: []l0.CallOption{noRetry()},
			want: "SESSION_START STREAM_INIT TIMEOUT_START TIMEOUT_TRIGGERED ERROR", code: l0.CodeInitialTokenTimeout,
		},
		"inter timeout": {
			plays: []play{silent("a")}, opts: []l0.CallOption{noRetry()},
			want: start + "TIMEOUT_TRIGGERED ERROR", code: l0.CodeInterTokenTimeout,
		},
		"total timeout": {
			plays: []play{silent("a")},
			opts:  []l0.CallOption{l0.WithPolicy(l0.Policy{Timeouts: l0.Timeouts{Total: time.Second}})},
			want:  start + "TIMEOUT_TRIGGERED ERROR", code: l0.CodeTotalTimeout,
		},
		"summary": {
			plays: []play{say("a")}, opts: []l0.CallOption{l0.WithSessionRecords()},
			want: start + "COMPLETE SESSION_SUMMARY SESSION_END",
		},
		"tool calls": {
			plays: []play{{steps: []step{
				{chunk: l0.Chunk{Tool: &l0.ToolDelta{ID: "1", Name: "find", Arguments: `{"q":`}}},
				{chunk: l0.Chunk{Tool: &l0.ToolDelta{Arguments: `1}`}}},
				{chunk: l0.Chunk{Tool: &l0.ToolDelta{Index: 1, ID: "2", Name: "list", Arguments: `no`}}},
				{chunk: l0.Chunk{Finish: l0.FinishTool}},
				{err: io.EOF},
			}}},
			want: start + "TOOL_REQUESTED TOOL_START TOOL_REQUESTED TOOL_START COMPLETE",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, pumped := range []bool{false, true} {
				synctest.Test(t, func(t *testing.T) {
					p, r := playing(c.plays...), &recorder{}
					p.pumped = pumped
					_, err := p.call(t, t.Context(), max(c.models, 1), append(slices.Clone(c.opts), l0.WithObserver(r))...).Result()
					assert.Equal(t, strings.Fields(c.want), names(r))
					if c.code == "" {
						require.NoError(t, err)
					} else {
						e, ok := errors.AsType[*l0.Error](err)
						require.True(t, ok, "%v", err)
						assert.Equal(t, c.code, e.Code)
					}
					assert.Zero(t, p.open)
					checkInvariants(t, r)
				})
			}
		})
	}
}

func names(r *recorder) []string {
	var out []string
	for _, typ := range r.types() {
		out = append(out, string(typ))
	}
	return out
}

// checkInvariants checks what holds for the records of every call.
func checkInvariants(t *testing.T, r *recorder) {
	t.Helper()
	for i, rec := range r.records {
		assert.Equal(t, i == 0, rec.Type() == record.TypeSessionStart, "SESSION_START comes first, and once")
		assert.Equal(t, r.records[0].StreamID, rec.StreamID)
		assert.Len(t, rec.StreamID, 36)
		if i > 0 {
			assert.False(t, rec.Time.Before(r.records[i-1].Time), "time does not go back")
		}
		switch d := rec.Detail.(type) {
		case record.AttemptStart:
			assert.GreaterOrEqual(t, d.Attempt, 2)
			assert.True(t, d.IsRetry)
			assert.Equal(t, d.FallbackIndex > 0, d.IsFallback)
			attempts := slices.IndexFunc(r.records[:i], func(p l0.Record) bool { return p.Type() == record.TypeRetryAttempt })
			assert.GreaterOrEqual(t, attempts, 0, "RETRY_ATTEMPT precedes its ATTEMPT_START")
		case record.Complete:
			rest := r.records[i+1:]
			for _, p := range rest {
				assert.Contains(t, []record.Type{record.TypeSessionSummary, record.TypeSessionEnd}, p.Type(), "COMPLETE is last")
			}
		}
	}
}

func TestAbortRecords(t *testing.T) {
	t.Parallel()
	abort := "ABORT_REQUESTED ABORT_COMPLETED ERROR"
	start := "SESSION_START STREAM_INIT STREAM_READY TIMEOUT_START TIMEOUT_RESET "
	for name, c := range map[string]struct {
		plays []play
		after time.Duration
		opts  []l0.CallOption
		want  string
	}{
		"connecting": {plays: []play{{opening: time.Minute}}, after: time.Second, want: "SESSION_START STREAM_INIT " + abort},
		"streaming":  {plays: []play{silent("a")}, after: time.Second, want: start + abort},
		"back-off": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a")}, after: time.Millisecond,
			want: start + "ERROR RETRY_START RETRY_ATTEMPT " + abort,
		},
		"hook": {
			plays: []play{fail(io.ErrUnexpectedEOF, "a")}, after: time.Second,
			opts: []l0.CallOption{l0.WithRetryVeto(func(ctx context.Context, _ l0.RetryInfo) bool {
				<-ctx.Done()
				return true
			})},
			want: start + "RETRY_FN_START RETRY_FN_ERROR " + abort,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hows := []string{"cancel", "close", "deadline"}
			if name == "back-off" || name == "hook" {
				hows = hows[:2] // before a deadline that the delay would pass there is no retry
			}
			for _, how := range hows {
				synctest.Test(t, func(t *testing.T) {
					p, r := playing(c.plays...), &recorder{}
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					if how == "deadline" {
						ctx, cancel = context.WithTimeout(ctx, c.after)
						defer cancel()
					}
					s := p.call(t, ctx, 3, append(slices.Clone(c.opts), l0.WithObserver(r))...)
					switch how {
					case "cancel":
						time.AfterFunc(c.after, cancel)
					case "close":
						time.AfterFunc(c.after, s.Close)
					}
					begin := time.Now()
					_, err := s.Result()
					assert.Equal(t, c.after, time.Since(begin), "at once")
					assert.Len(t, p.asked(), 1, "no further request, no fallback")
					assert.Equal(t, strings.Fields(c.want), names(r))
					source := record.AbortUser
					switch how {
					case "cancel":
						require.ErrorIs(t, err, l0.ErrAborted)
						require.ErrorIs(t, err, context.Canceled)
					case "deadline":
						require.ErrorIs(t, err, context.DeadlineExceeded)
						source = record.AbortTimeout
					case "close":
						require.ErrorIs(t, err, l0.ErrAbandoned)
					}
					assert.Equal(t, source, detail[record.AbortRequested](t, r, 0).Source)
					last := detail[record.Error](t, r, strings.Count(c.want, " ERROR")-1)
					assert.Equal(t, record.StrategyHalt, last.RecoveryStrategy)
					assert.Equal(t, record.FailureAbort, last.FailureType)
					assert.Zero(t, p.open)
					checkInvariants(t, r)
				})
			}
		})
	}
}

func TestAlreadyCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p, r := playing(say("a")), &recorder{}
	_, err := p.call(t, ctx, 2, l0.WithObserver(r)).Result()
	require.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, p.requests)
	assert.Equal(t, []string{"SESSION_START", "ABORT_REQUESTED", "ABORT_COMPLETED", "ERROR"}, names(r))
}

func TestBreakRecords(t *testing.T) {
	t.Parallel()
	p, r := playing(silent("ab", "c")), &recorder{}
	s := p.call(t, t.Context(), 2, l0.WithObserver(r))
	for range s.Text() {
		break
	}
	assert.Equal(t, strings.Fields("SESSION_START STREAM_INIT STREAM_READY TIMEOUT_START TIMEOUT_RESET ABORT_REQUESTED ABORT_COMPLETED ERROR"), names(r))
	done := detail[record.AbortCompleted](t, r, 0)
	assert.Equal(t, record.AbortCompleted{TokenCount: 1, ContentLength: 2}, done, "exact at any moment")
}
