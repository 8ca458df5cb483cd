package reliable_test

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
	"github.com/l0gen/l0gen/testdata/cases/reliable"
)

const good = `{"number":"A-7","total":12}`

// desk is a client with one scripted provider for each of the spec's.
type desk struct {
	*reliable.Client
	openai, anthropic *l0test.Provider
	report            l0.Report
}

func newDesk(t *testing.T, openai, anthropic []l0test.Reply, opts ...l0.ClientOption) *desk {
	t.Helper()
	d := &desk{openai: l0test.NewProvider("openai", openai...), anthropic: l0test.NewProvider("anthropic", anthropic...)}
	client, err := reliable.New(l0.NewClient(d.openai, d.anthropic), opts...)
	require.NoError(t, err)
	d.Client = client
	return d
}

func (d *desk) capture() l0.CallOption { return l0.Capture(&d.report) }

func TestACutReplyIsRetried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, []l0test.Reply{l0test.Cut(`{"number":"A`), l0test.Text(good)}, nil)
		got, err := d.Extract(t.Context(), reliable.ExtractInput{Text: "Invoice A-7"}, d.capture())
		require.NoError(t, err)
		assert.Equal(t, reliable.Invoice{Number: "A-7", Total: 12}, got)
		require.Len(t, d.report.Attempts, 2)
		assert.Equal(t, retry.Incomplete, d.report.Attempts[0].Reason)
		assert.Equal(t, 500*time.Millisecond, d.report.Attempts[0].Delay, "base_delay of the policy")
		assert.Equal(t, reliable.ModelFast, d.report.Attempts[1].Model)
	})
}

func TestAFallbackIsUsed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refused := l0test.Refuse(&l0.ProviderError{StatusCode: 401})
		d := newDesk(t, []l0test.Reply{refused}, []l0test.Reply{l0test.Text(good)})
		_, err := d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		require.Len(t, d.report.Attempts, 2)
		assert.Equal(t, reliable.ModelStrong, d.report.Attempts[1].Model)

		d = newDesk(t, []l0test.Reply{refused, l0test.Text(good)}, []l0test.Reply{refused})
		_, err = d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		require.Len(t, d.report.Attempts, 3)
		assert.Equal(t, reliable.ModelLocal, d.report.Attempts[2].Model)
	})
}

// The policy allows 2 counted retries of each model.
func TestAttemptsAreThoseOfThePolicy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cut := []l0test.Reply{l0test.Cut("{"), l0test.Cut("{"), l0test.Cut("{")}
		d := newDesk(t, append(cut, l0test.Text(good)), cut)
		_, err := d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		assert.Len(t, d.report.Attempts, 7)
		assert.Equal(t, retry.RuleAttempts, d.report.Attempts[2].Rule)
		assert.Equal(t, 500*time.Millisecond, d.report.Attempts[0].Delay)
		assert.Equal(t, time.Second, d.report.Attempts[1].Delay, "exponential, by its preset")
	})
}

func TestTheTotalTimeoutHolds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		silent := make([]l0test.Reply, 9)
		for i := range silent {
			silent[i] = l0test.Hang("")
		}
		d := newDesk(t, nil, silent)
		start := time.Now()
		_, err := d.Poll(t.Context(), reliable.PollInput{}, d.capture())
		require.ErrorIs(t, err, l0.ErrTimeout)
		var e *l0.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, l0.CodeTotalTimeout, e.Code)
		assert.Equal(t, 90*time.Second, time.Since(start))
		require.Len(t, d.report.Attempts, 2, "one of a minute, and what was left")
		assert.Equal(t, time.Minute, d.report.Attempts[0].Duration)
	})
}

// The timeouts of a model hold where the prompt has none of its own.
func TestModelTimeoutsHold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, []l0test.Reply{l0test.Hang("")}, nil)
		start := time.Now()
		_, err := d.Once(t.Context(), reliable.OnceInput{})
		require.ErrorIs(t, err, l0.ErrTimeout)
		assert.Equal(t, 4*time.Second, time.Since(start))

		d = newDesk(t, []l0test.Reply{l0test.Hang("Well")}, nil)
		start = time.Now()
		_, err = d.Once(t.Context(), reliable.OnceInput{})
		require.ErrorIs(t, err, l0.ErrTimeout)
		assert.InDelta(t, 8, time.Since(start).Seconds(), 0.1, "timeouts come up to 50 ms late")
		assert.Len(t, d.openai.Requests(), 1, "the preset none tries nothing again")
	})
}

// Letter has no limit between tokens, so the model's limit for an attempt ends it.
func TestNoneSwitchesATimeoutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, []l0test.Reply{l0test.Hang("Dear"), l0test.Text(" Ms. Ada")}, nil)
		start := time.Now()
		got, err := d.Letter(t.Context(), reliable.LetterInput{}, d.capture())
		require.NoError(t, err)
		assert.Equal(t, "Dear Ms. Ada", got)
		assert.GreaterOrEqual(t, time.Since(start), 40*time.Second)
		assert.Equal(t, 40*time.Second, d.report.Attempts[0].Duration)
	})
}

func TestFeedbackReachesTheSecondRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bad := `{"number":"A-7","total":-1}`
		d := newDesk(t, []l0test.Reply{l0test.Text(bad), l0test.Text(good)}, nil)
		_, err := d.Extract(t.Context(), reliable.ExtractInput{Text: "Invoice"})
		require.NoError(t, err)
		requests := d.openai.Requests()
		require.Len(t, requests, 2)
		first, second := requests[0].Messages, requests[1].Messages
		require.Len(t, second, len(first)+2)
		assert.Equal(t, bad, second[len(first)].Text)
		assert.Contains(t, second[len(first)+1].Text, "/total")
	})
}

// Poll does not retry what the model said, and where a caller has it do so, it
// tells the model nothing.
func TestRetryOnAndFeedbackCanBeNarrowed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, nil, []l0test.Reply{l0test.Text("{}"), l0test.Text("{}"), l0test.Text(good)})
		_, err := d.Poll(t.Context(), reliable.PollInput{}, d.capture())
		require.ErrorIs(t, err, l0.ErrValidation)
		require.Len(t, d.report.Attempts, 1)
		assert.Equal(t, retry.RuleRetryOn, d.report.Attempts[0].Rule)

		also := l0.WithPolicy(l0.Policy{Retry: retry.Config{RetryOn: []retry.Reason{retry.GuardrailViolation}}})
		_, err = d.Poll(t.Context(), reliable.PollInput{}, also)
		require.NoError(t, err)
		requests := d.anthropic.Requests()
		require.Len(t, requests, 3)
		assert.Equal(t, requests[1].Messages, requests[2].Messages)
	})
}

func TestDelaysByErrorType(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, nil, []l0test.Reply{
			l0test.Refuse(syscall.ECONNREFUSED), l0test.Refuse(syscall.ECONNRESET),
			l0test.Refuse(&l0.ProviderError{StatusCode: 503}), l0test.Text(good),
		})
		_, err := d.Poll(t.Context(), reliable.PollInput{}, d.capture())
		require.NoError(t, err)
		var delays []time.Duration
		for _, a := range d.report.Attempts {
			delays = append(delays, a.Delay)
		}
		assert.Equal(t, []time.Duration{1400 * time.Millisecond, 1300 * time.Millisecond, time.Second, 0}, delays)
	})
}

// Without a limit on retries only the total timeout ends a call.
func TestUnlimitedRetries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		down := make([]l0test.Reply, 200)
		for i := range down {
			down[i] = l0test.Refuse(&l0.ProviderError{StatusCode: 503})
		}
		d := newDesk(t, nil, down)
		_, err := d.Poll(t.Context(), reliable.PollInput{}, d.capture())
		require.Error(t, err)
		assert.Len(t, d.report.Attempts, 90, "one a second")
	})
}

func TestARetryAfterThatIsTooLongGoesToTheFallback(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		busy := func(wait time.Duration) l0test.Reply {
			return l0test.Refuse(&l0.ProviderError{StatusCode: 429, RetryAfter: wait})
		}
		d := newDesk(t, []l0test.Reply{busy(20 * time.Second), busy(21 * time.Second)}, []l0test.Reply{l0test.Text(good)})
		_, err := d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		require.Len(t, d.report.Attempts, 3)
		assert.Equal(t, 20*time.Second, d.report.Attempts[0].Delay)
		assert.Equal(t, retry.RuleRetryAfter, d.report.Attempts[1].Rule)
	})
}

func TestContinuation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, []l0test.Reply{
			l0test.Cut("Dear Ms. Ada Lovelace"), l0test.Text("ADA  LOVELACE, we thank you."),
		}, nil)
		got, err := d.Letter(t.Context(), reliable.LetterInput{About: "thanks"}, d.capture())
		require.NoError(t, err)
		assert.Equal(t, "Dear Ms. Ada Lovelace, we thank you.", got, "overlaps ignore case and white space")
		assert.Equal(t, len("Dear Ms. Ada Lovelace"), d.report.Attempts[1].Resumed)
		messages := d.openai.Requests()[1].Messages
		assert.Equal(t, "Go on with the letter.", messages[len(messages)-1].Text)
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		long := `{"number":"` + strings.Repeat("x", 5000) + `","total":1}`
		d := newDesk(t, []l0test.Reply{l0test.Text(long), l0test.Text(good)}, nil)
		_, err := d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		var e *l0.Error
		require.ErrorAs(t, d.report.Attempts[0].Err, &e)
		assert.Equal(t, l0.CodeReplyTooLarge, e.Code)
		assert.Equal(t, 500, d.openai.Requests()[0].MaxOutputTokens)
	})
}

func TestZeroOutput(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, []l0test.Reply{l0test.Text("")}, nil)
		got, err := d.Letter(t.Context(), reliable.LetterInput{})
		require.NoError(t, err, "switched off for a text")
		assert.Empty(t, got)

		d = newDesk(t, []l0test.Reply{l0test.Text(""), l0test.Text(good)}, nil)
		_, err = d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.NoError(t, err)
		assert.Equal(t, retry.ZeroOutput, d.report.Attempts[0].Reason, "switched on for a type")
	})
}

// fatal finds a fatal violation in the first reply.
type fatal struct{ replies int }

func (f *fatal) Check(guard.Reply) []guard.Violation {
	if f.replies++; f.replies > 1 {
		return nil
	}
	return []guard.Violation{{Message: "this must not be", Severity: guard.Fatal}}
}

func TestOnFatal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rule := func() l0.Option {
			f := &fatal{}
			return l0.WithGuardrail(guard.Custom{Name: "fatal", New: func() guard.Checker { return f }})
		}
		d := newDesk(t, []l0test.Reply{l0test.Text(good)}, []l0test.Reply{l0test.Text(good)}, rule())
		_, err := d.Extract(t.Context(), reliable.ExtractInput{}, d.capture())
		require.ErrorIs(t, err, l0.ErrGuardrail)
		assert.Len(t, d.report.Attempts, 1, "halt")

		d = newDesk(t, []l0test.Reply{l0test.Text("Dear"), l0test.Text("Dear Ada")}, nil, rule())
		got, err := d.Letter(t.Context(), reliable.LetterInput{}, d.capture())
		require.NoError(t, err)
		assert.Equal(t, "Dear Ada", got)
		assert.Equal(t, reliable.ModelLocal, d.report.Attempts[1].Model, "fallback")
	})
}

func TestNothingIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, call := range []func(*desk) error{
			func(d *desk) error { _, err := d.Once(t.Context(), reliable.OnceInput{}); return err },
			func(d *desk) error { _, err := d.Never(t.Context(), reliable.NeverInput{}); return err },
		} {
			for _, reply := range []l0test.Reply{l0test.Cut("a"), l0test.Refuse(syscall.ECONNREFUSED), l0test.Refuse(errors.New("odd"))} {
				d := newDesk(t, []l0test.Reply{reply, l0test.Text("b")}, nil)
				require.Error(t, call(d))
				assert.Len(t, d.openai.Requests(), 1)
			}
		}
	})
}

// What a spec says of a model reaches its provider.
func TestFactsOfTheModel(t *testing.T) {
	t.Parallel()
	d := newDesk(t, []l0test.Reply{l0test.Text(good)}, nil)
	_, err := d.Extract(context.Background(), reliable.ExtractInput{})
	require.NoError(t, err)
	m := d.openai.Requests()[0].Model
	assert.Equal(t, l0.ClassFast, m.Class)
	assert.Equal(t, l0.NetworkEdge, m.Network)
	assert.Equal(t, 128000, m.ContextTokens)
}
