package l0_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/record"
)

func timeouts(t l0.Timeouts) l0.Option { return l0.WithPolicy(l0.Policy{Timeouts: t}) }

// slack is how late a timeout between tokens, or one of an attempt, may come.
const slack = 55 * time.Millisecond

func TestTimeouts(t *testing.T) {
	t.Parallel()
	token := func(after time.Duration) step { return step{after: after, chunk: l0.Chunk{Text: "x"}} }
	usage := func(after time.Duration) step { return step{after: after, chunk: l0.Chunk{Usage: &l0.Usage{}}} }
	thought := func(after time.Duration) step { return step{after: after, chunk: l0.Chunk{Reasoning: "hm"}} }
	end := []step{{chunk: l0.Chunk{Finish: l0.FinishStop}}, {err: io.EOF}}
	for name, c := range map[string]struct {
		play  play
		limit l0.Timeouts
		code  l0.Code
		at    time.Duration
	}{
		"silence":              {silent(), l0.Timeouts{}, l0.CodeInitialTokenTimeout, 5 * time.Second},
		"slow connection":      {play{opening: time.Hour}, l0.Timeouts{}, l0.CodeInitialTokenTimeout, 5 * time.Second},
		"connecting and token": {play{opening: 3 * time.Second, steps: []step{token(3 * time.Second)}}, l0.Timeouts{}, l0.CodeInitialTokenTimeout, 5 * time.Second},
		"usage is no token": {
			play{steps: []step{usage(time.Second), usage(3 * time.Second), usage(3 * time.Second)}},
			l0.Timeouts{},
			l0.CodeInitialTokenTimeout, 5 * time.Second,
		},
		"thinking is one":   {play{steps: append([]step{thought(4 * time.Second), thought(6 * time.Second), token(9 * time.Second)}, end...)}, l0.Timeouts{}, "", 19 * time.Second},
		"stall":             {silent("a", "b"), l0.Timeouts{}, l0.CodeInterTokenTimeout, 10 * time.Second},
		"stall, own limit":  {silent("a"), l0.Timeouts{InterToken: 200 * time.Millisecond}, l0.CodeInterTokenTimeout, 200 * time.Millisecond},
		"slow but steady":   {play{steps: append([]step{token(time.Second), token(9 * time.Second), usage(9 * time.Second), token(9 * time.Second)}, end...)}, l0.Timeouts{}, "", 28 * time.Second},
		"no limits":         {play{opening: time.Hour, steps: append([]step{token(time.Hour), token(time.Hour)}, end...)}, l0.Timeouts{InitialToken: l0.NoTimeout, InterToken: l0.NoTimeout, Total: l0.NoTimeout}, "", 3 * time.Hour},
		"attempt":           {play{steps: []step{token(time.Second), token(time.Second), token(time.Second), token(time.Second)}}, l0.Timeouts{Attempt: 3500 * time.Millisecond}, l0.CodeAttemptTimeout, 3500 * time.Millisecond},
		"attempt, no token": {silent(), l0.Timeouts{Attempt: 2 * time.Second}, l0.CodeAttemptTimeout, 2 * time.Second},
		"total":             {silent("a"), l0.Timeouts{Total: 2 * time.Second}, l0.CodeTotalTimeout, 2 * time.Second},
		"total by default":  {silent("a"), l0.Timeouts{InterToken: l0.NoTimeout}, l0.CodeTotalTimeout, 10 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, pumped := range []bool{false, true} {
				synctest.Test(t, func(t *testing.T) {
					p, r := playing(c.play), &recorder{}
					p.pumped = pumped
					begin := time.Now()
					_, err := p.call(t, t.Context(), 1, timeouts(c.limit), noRetry(), l0.WithObserver(r)).Result()
					took := time.Since(begin)
					assert.GreaterOrEqual(t, took, c.at)
					assert.LessOrEqual(t, took, c.at+slack)
					synctest.Wait()
					assert.Zero(t, p.open)
					if c.code == "" {
						require.NoError(t, err)
						return
					}
					require.ErrorIs(t, err, l0.ErrTimeout)
					e, _ := errors.AsType[*l0.Error](err)
					assert.Equal(t, c.code, e.Code)
					assert.Contains(t, err.Error(), "within "+e.Timeout.String())
					triggered := detail[record.TimeoutTriggered](t, r, 0)
					assert.GreaterOrEqual(t, triggered.ElapsedMs, triggered.ConfiguredMs)
				})
			}
		})
	}
}

// The time that the consumer takes is not the source's.
func TestConsumerTimeIsNotCharged(t *testing.T) {
	t.Parallel()
	for _, pumped := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := playing(say("a", "b", "c"))
			p.pumped = pumped
			s := p.call(t, t.Context(), 1, timeouts(l0.Timeouts{InterToken: time.Second, Attempt: 2 * time.Second}))
			for _, err := range s.Text() {
				require.NoError(t, err)
				pass(time.Minute)
			}
			_, err := s.Result()
			require.NoError(t, err)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		p := playing(silent("a"))
		s := p.call(t, t.Context(), 1, noRetry())
		begin := time.Now()
		var last error
		for _, err := range s.Text() {
			if last = err; err == nil {
				pass(time.Minute)
			}
		}
		require.ErrorIs(t, last, l0.ErrTimeout)
		assert.LessOrEqual(t, time.Since(begin), time.Minute+10*time.Second+2*slack, "the source's time counts again")
	})
}

// A call that has more time than its class gives uses that of its model.
func TestTimeoutsOfModels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := playing(silent(), silent(), silent())
		pkg := &l0.Package{Name: "echo", Models: []l0.Model{
			{Name: "local", Provider: "p", Class: l0.ClassLocal},
			{Name: "own", Provider: "p", Class: l0.ClassLocal, Timeouts: l0.Timeouts{InitialToken: 7 * time.Second}},
			{Name: "plain", Provider: "p"},
		}}
		b, err := l0.Bind(l0.NewClient(l0.WithProvider(p)), pkg)
		require.NoError(t, err)
		fn := textFunction()
		fn.Models = []l0.ModelName{"local", "own", "plain"}
		var report l0.Report
		_, err = l0.Call(t.Context(), b, fn, "in", noRetry(), l0.Capture(&report)).Result()
		require.ErrorIs(t, err, l0.ErrExhausted)
		require.ErrorIs(t, err, l0.ErrTimeout, "each model's error is found")
		var took []time.Duration
		for _, a := range report.Attempts {
			took = append(took, a.Duration)
		}
		assert.Equal(t, []time.Duration{60 * time.Second, 7 * time.Second, 5 * time.Second}, took)
	})
}

// A source that takes no notice of Close for a while does not hold up the call.
func TestTimeoutOfADeafSource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		_, err := l0.Run(t.Context(), func(context.Context) (l0.Source, error) {
			return deaf{waits: time.Minute, closes: time.Minute}, nil
		}, noRetry()).Result()
		require.ErrorIs(t, err, l0.ErrTimeout)
		assert.LessOrEqual(t, time.Since(begin), 5*time.Second+100*time.Millisecond)
		pass(time.Hour) // synctest fails if a goroutine is left behind then
	})
}

// lateSource gives a last token when its time is up.
type lateSource struct{ ctx context.Context }

func (s lateSource) Next() (l0.Chunk, error) {
	<-s.ctx.Done()
	return l0.Chunk{Text: "late"}, nil
}

func (lateSource) Close() error          { return nil }
func (lateSource) UnblocksOnClose() bool { return true }

// A consumer may leave in the moment in which the attempt's time is up. It has left then.
func TestLeavingAtATimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		open := func(ctx context.Context) (l0.Source, error) {
			attempts++
			return lateSource{ctx}, nil
		}
		st := l0.Run(t.Context(), open, l0.WithPolicy(l0.Policy{Timeouts: l0.Timeouts{Attempt: time.Second}}))
		for text, err := range st.Text() {
			require.NoError(t, err)
			assert.Equal(t, "late", text)
			break
		}
		_, err := st.Result()
		require.ErrorIs(t, err, l0.ErrAbandoned)
		assert.Equal(t, 1, attempts)
	})
}
