package interp

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/check"
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/resolve"
	"github.com/l0gen/l0gen/generator/internal/syntax"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
)

// reliable are the prompts of the case that uses every key of a policy.
func reliable(t *testing.T) []*ir.Prompt {
	t.Helper()
	text, err := os.ReadFile("../../testdata/cases/reliable/reliable.l0.yaml")
	require.NoError(t, err)
	return prompts(t, string(text))
}

func prompts(t *testing.T, spec string) []*ir.Prompt {
	t.Helper()
	rep := &diag.Report{}
	pkg := resolve.Package(rep, ".", "p", false, []*syntax.Spec{parse(t, rep, spec)})
	check.Package(rep, pkg)
	require.False(t, rep.HasErrors(), messages(rep))
	return pkg.Prompts
}

// plays makes a real call of a prompt whose providers answer every request with
// the same reply, with the longest delays (share 1) or the shortest (0).
func plays(t *testing.T, p *ir.Prompt, models int, reply l0test.Reply, share float64) (report l0.Report, took time.Duration) {
	t.Helper()
	pkg := &l0.Package{Name: "p"}
	f := l0.Function[struct{}, string]{
		Name:   p.Name,
		Render: func(struct{}, string) []l0.Message { return []l0.Message{l0.UserMessage("x")} },
		Policy: policy(&p.Policy),
	}
	for _, m := range p.Models[:models] {
		m := model(m)
		m.Provider = "p"
		pkg.Models = append(pkg.Models, m)
		f.Models = append(f.Models, m.Name)
	}
	provider := l0test.NewProvider("p")
	for range 300 {
		provider.Add(reply)
	}
	b, err := l0.Bind(l0.NewClient(provider), pkg)
	require.NoError(t, err)
	start := time.Now()
	random := l0.WithRandom(func() float64 { return share })
	_, err = l0.Call(t.Context(), b, &f, struct{}{}, random, l0.Capture(&report)).Result()
	require.Error(t, err)
	return report, time.Since(start)
}

// TestScheduleIsWhatTheRuntimeDoes makes real calls on a virtual clock and
// compares their delays and what ended them.
func TestScheduleIsWhatTheRuntimeDoes(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		reason retry.Reason
		typ    retry.ErrorType
		reply  l0test.Reply
	}{
		{retry.Incomplete, "", l0test.Cut("x")},
		{retry.NetworkError, retry.ECONNREFUSED, l0test.Refuse(syscall.ECONNREFUSED)},
		{retry.NetworkError, retry.ECONNRESET, l0test.Refuse(syscall.ECONNRESET)},
		{retry.RateLimit, "", l0test.Refuse(&l0.ProviderError{StatusCode: 429})},
		{retry.ServerError, "", l0test.Refuse(&l0.ProviderError{StatusCode: 503})},
	} {
		for _, p := range reliable(t) {
			t.Run(p.Name+"/"+string(kind.reason)+string(kind.typ), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					f := failureOf(t, NewSchedule(p), kind.reason, kind.typ)
					shortest, _ := plays(t, p, 1, kind.reply, 0)
					require.Len(t, shortest.Attempts, len(f.Steps)+1)
					for i, step := range f.Steps {
						assert.Equal(t, step.Min, shortest.Attempts[i].Delay)
					}
					assert.Equal(t, f.EndedBy, shortest.Attempts[len(f.Steps)].Rule)
					longest, _ := plays(t, p, 1, kind.reply, 1)
					for i, a := range longest.Attempts[:len(longest.Attempts)-1] {
						assert.Equal(t, f.Steps[i].Max, a.Delay)
					}
				})
			})
		}
	}
}

func failureOf(t *testing.T, s *Schedule, r retry.Reason, typ retry.ErrorType) *Failure {
	t.Helper()
	for i := range s.Failures {
		if s.Failures[i].Reason == r && s.Failures[i].Type == typ {
			return &s.Failures[i]
		}
	}
	require.Fail(t, "no such failure", "%s %s", r, typ)
	return nil
}

// TestSilenceIsWhatTheRuntimeDoes has models that say nothing.
func TestSilenceIsWhatTheRuntimeDoes(t *testing.T) {
	t.Parallel()
	for _, p := range reliable(t) {
		synctest.Test(t, func(t *testing.T) {
			w := NewSchedule(p).Worst
			report, took := plays(t, p, len(p.Models), l0test.Hang(""), 1)
			assert.Equal(t, w.Silent, took, p.Name)
			assert.Len(t, report.Attempts, w.SilentAttempts, p.Name)
			assert.LessOrEqual(t, took, w.Duration)
			assert.LessOrEqual(t, len(report.Attempts), w.Attempts)
		})
	}
}

func TestWorst(t *testing.T) {
	t.Parallel()
	worst := func(keys string) Worst {
		return NewSchedule(prompts(t, `l0gen: 1
models: {a: {provider: p, model: a}, b: {provider: p, model: b}}
prompts: {P: {model: a, fallbacks: [b], prompt: x, `+keys+`}}
`)[0]).Worst
	}
	w := worst("version: 1")
	assert.Equal(t, 8, w.Attempts)
	assert.Equal(t, 45*time.Second, w.Wait, "6 after a throttle of 5 s and half of it")
	assert.Equal(t, 180*time.Second, w.WaitAsked)
	assert.Equal(t, 10*time.Minute, w.Duration)
	assert.True(t, w.ByTotal)
	assert.Equal(t, 8*5*time.Second+6*1500*time.Millisecond, w.Silent)

	w = worst("timeouts: {attempt: 20s}, retry: {backoff: fixed, max_retries: 2, network_max_delay: 0s}")
	assert.Equal(t, 4*20*time.Second+2*5*time.Second, w.Duration)
	assert.Equal(t, w.Wait, w.WaitAsked)
	assert.False(t, w.ByTotal)

	w = worst("timeouts: {total: none}")
	assert.Equal(t, time.Duration(Unbounded), w.Duration)

	w = worst("retry: {max_retries: unlimited}")
	assert.Equal(t, 10*time.Minute, w.Wait)

	w = worst("retry: {max_retries: 2147483647}, timeouts: {total: none, attempt: 1s}")
	assert.Positive(t, w.Silent)

	w = worst("retry: {retry_on: [incomplete], attempts: 2, max_retries: 50, backoff: exponential}")
	assert.Equal(t, 6, w.Attempts)
	assert.Equal(t, 2*3*time.Second, w.Wait)

	w = worst("retry: {preset: none}")
	assert.Equal(t, 2, w.Attempts)
	assert.Zero(t, w.Wait)
}

// TestLongestWait compares the formula with all ways to spread retries over
// models and classes.
func TestLongestWait(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(n int) time.Duration { return time.Duration(1+r.IntN(n)) * time.Second }
	for range 200 {
		c := retry.Config{
			Attempts: 1 + r.IntN(4), MaxRetries: 1 + r.IntN(6), Backoff: retry.Strategies()[r.IntN(5)],
			BaseDelay: pick(4), MaxDelay: 4*time.Second + pick(30),
		}
		for _, reason := range retry.Reasons() {
			if r.IntN(2) == 0 {
				c.RetryOn = append(c.RetryOn, reason)
			}
		}
		for _, typ := range retry.ErrorTypes() {
			*errorDelay(&c.ErrorTypeDelays, typ) = pick(3)
		}
		s := &Schedule{Retry: c.Resolve(), Models: make([]l0.Model, 1+r.IntN(2))}
		for _, f := range failures() {
			s.Failures = append(s.Failures, s.failure(f))
		}
		retries := s.mostRetries()
		assert.Equal(t, s.tryAll(len(s.Models), retries), s.longestWait(retries, 0), "%+v", c)
	}
}

// tryAll spreads retries over so many models in every way.
func (s *Schedule) tryAll(models, retries int) time.Duration {
	if models == 0 {
		return 0
	}
	longest := time.Duration(0)
	for counted := 0; counted <= retries && counted <= s.Retry.Attempts; counted++ {
		for network := 0; counted+network <= retries; network++ {
			for transient := 0; counted+network+transient <= retries; transient++ {
				sum := s.sum(Counted, counted, 0) + s.sum(Network, network, 0) + s.sum(Transient, transient, 0)
				longest = max(longest, sum+s.tryAll(models-1, retries-counted-network-transient))
			}
		}
	}
	return longest
}

func TestScheduleJSON(t *testing.T) {
	t.Parallel()
	for _, p := range reliable(t) {
		s := NewSchedule(p)
		text, err := json.Marshal(s)
		require.NoError(t, err)
		var got struct {
			TotalMs  *float64
			Retry    struct{ MaxRetries *int }
			Failures []struct{ Retries []struct{ MaxMs float64 } }
			Worst    struct{ Attempts *int }
		}
		require.NoError(t, json.Unmarshal(text, &got))
		require.Len(t, got.Failures, len(s.Failures))
		for i, f := range s.Failures {
			require.Len(t, got.Failures[i].Retries, len(f.Steps))
			for j, step := range f.Steps {
				assert.InDelta(t, step.Max.Seconds()*1000, got.Failures[i].Retries[j].MaxMs, 0)
			}
		}
		assert.Equal(t, s.Total() <= 0, got.TotalMs == nil)
		assert.Equal(t, s.Retry.MaxRetries == retry.Unlimited, got.Retry.MaxRetries == nil)
		assert.Equal(t, s.Retry.MaxRetries == retry.Unlimited, got.Worst.Attempts == nil)
		var b bytes.Buffer
		require.NoError(t, s.WriteText(&b))
		assert.NotRegexp(t, `(?m) $`, b.String())
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", time.Second: "1s", 70 * time.Second: "1m10s", 2 * time.Minute: "2m", time.Hour: "1h",
		time.Hour + 10*time.Minute: "1h10m", time.Hour + time.Second: "1h0m1s", 1500 * time.Millisecond: "1.5s",
	} {
		assert.Equal(t, want, short(d))
	}
}
