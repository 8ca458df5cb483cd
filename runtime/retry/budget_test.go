package retry_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/retry"
)

func half() float64 { return 0.5 }

func content() retry.Failure {
	return retry.NewFailure(retry.CategoryContent, retry.GuardrailViolation)
}
func reset() retry.Failure { return retry.NewNetworkFailure(retry.ECONNRESET) }
func busy() retry.Failure  { return retry.NewFailure(retry.CategoryTransient, retry.ServerError) }

// run decides about each failure in turn and records what was allowed.
func run(b *retry.Budget, c retry.Config, failures ...retry.Failure) (decisions []retry.Decision) {
	for _, f := range failures {
		d := b.Decide(f, c, half)
		b.Record(d)
		decisions = append(decisions, d)
	}
	return decisions
}

func rules(decisions []retry.Decision) (rules []retry.Rule) {
	for _, d := range decisions {
		rules = append(rules, d.Rule)
	}
	return rules
}

func times(n int, f retry.Failure) []retry.Failure {
	failures := make([]retry.Failure, n)
	for i := range failures {
		failures[i] = f
	}
	return failures
}

func TestLimits(t *testing.T) {
	t.Parallel()
	const yes, attempts, total = retry.RuleAllowed, retry.RuleAttempts, retry.RuleMaxRetries
	var b retry.Budget
	assert.Equal(t, []retry.Rule{yes, yes, yes, attempts, attempts}, rules(run(&b, retry.Config{}, times(5, content())...)))
	assert.Equal(t, 3, b.Total(), "what is refused is not counted")
	assert.Equal(t, []retry.Rule{yes, attempts, yes}, rules(run(&b, retry.Config{}, reset(), content(), busy())), "others are free")
	assert.Equal(t, 5, b.OnStream())
	b.NextStream()
	assert.Equal(t, []int{5, 0}, []int{b.Total(), b.OnStream()})
	assert.Equal(t, []retry.Rule{yes, total, total, total}, rules(run(&b, retry.Config{}, content(), content(), reset(), busy())), "the next model has its own attempts, not its own total")

	for name, c := range map[string]struct {
		config retry.Config
		f      retry.Failure
		want   int // retries of a hundred failures
	}{
		"defaults, counted":     {retry.Config{}, content(), 3},
		"defaults, network":     {retry.Config{}, reset(), 6},
		"defaults, transient":   {retry.Config{}, busy(), 6},
		"no attempts, counted":  {retry.Config{Attempts: retry.None}, content(), 0},
		"no attempts, network":  {retry.Config{Attempts: retry.None}, reset(), 6},
		"no retries":            {retry.Config{MaxRetries: retry.None}, reset(), 0},
		"preset none":           {retry.Config{Preset: retry.NoRetries}, reset(), 0},
		"unlimited, network":    {retry.Config{MaxRetries: retry.Unlimited}, reset(), 100},
		"unlimited, counted":    {retry.Config{MaxRetries: retry.Unlimited}, content(), 3},
		"unlimited, everything": {retry.Config{MaxRetries: retry.Unlimited, Attempts: retry.Unlimited}, content(), 100},
		"total below attempts":  {retry.Config{MaxRetries: 1}, content(), 1},
		"negative counts as no": {retry.Config{MaxRetries: -7}, reset(), 0},
	} {
		var b retry.Budget
		run(&b, c.config, times(100, c.f)...)
		assert.Equal(t, c.want, b.Total(), name)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	aborted := retry.NewFailure(retry.CategoryProvider, retry.Unknown)
	odd := retry.NewFailure(retry.CategoryModel, retry.Unknown)
	late := func(d time.Duration) retry.Failure { f := busy(); f.RetryAfter = d; return f }
	only := func(r ...retry.Reason) retry.Config { return retry.Config{RetryOn: append([]retry.Reason{}, r...)} }
	for name, c := range map[string]struct {
		config retry.Config
		f      retry.Failure
		want   retry.Rule
	}{
		"nothing failed":                     {retry.Config{}, retry.Failure{}, retry.RuleNotRetryable},
		"fatal":                              {retry.Config{}, retry.Classify(status(401)), retry.RuleFatal},
		"fatal, though listed":               {only(retry.Unknown), retry.Classify(status(401)), retry.RuleFatal},
		"bad certificate":                    {retry.Config{}, retry.NewNetworkFailure(retry.SSLError), retry.RuleFatal},
		"internal":                           {retry.Config{}, retry.NewFailure(retry.CategoryInternal, retry.Unknown), retry.RuleNotRetryable},
		"aborted":                            {retry.Config{}, aborted, retry.RuleNotRetryable},
		"unknown, by default":                {retry.Config{}, odd, retry.RuleAllowed},
		"unknown, with resolved defaults":    {retry.Defaults(), odd, retry.RuleAllowed},
		"unknown, not in a list":             {only(retry.NetworkError), odd, retry.RuleRetryOn},
		"unknown, listed":                    {only(retry.Unknown), odd, retry.RuleAllowed},
		"unknown, by incomplete":             {only(retry.Incomplete), odd, retry.RuleAllowed},
		"incomplete, by unknown":             {only(retry.Unknown), odd.AfterOutput(), retry.RuleAllowed},
		"incomplete, not in a list":          {only(retry.Timeout), odd.AfterOutput(), retry.RuleRetryOn},
		"a missing reason is unknown":        {only(retry.Unknown), retry.NewFailure(retry.CategoryModel, ""), retry.RuleAllowed},
		"incomplete content, not by unknown": {only(retry.Unknown), retry.NewFailure(retry.CategoryContent, retry.Incomplete), retry.RuleRetryOn},
		"empty list":                         {only(), odd, retry.RuleRetryOn},
		"empty list, network":                {only(), reset(), retry.RuleRetryOn},
		"a list of timeout, timeout":         {only(retry.Timeout), retry.NewNetworkFailure(retry.TimeoutError), retry.RuleAllowed},
		"a list of timeout, network":         {only(retry.Timeout), reset(), retry.RuleRetryOn},
		"the server's wait":                  {retry.Config{}, late(30 * time.Second), retry.RuleAllowed},
		"too long a wait":                    {retry.Config{}, late(30*time.Second + 1), retry.RuleRetryAfter},
		"no wait at all":                     {retry.Config{NetworkMaxDelay: retry.NoDelay}, late(1), retry.RuleRetryAfter},
		"none asked for":                     {retry.Config{NetworkMaxDelay: retry.NoDelay}, late(-5), retry.RuleAllowed},
	} {
		var b retry.Budget
		d := b.Decide(c.f, c.config, half)
		assert.Equal(t, c.want, d.Rule, name)
		assert.Equal(t, c.want == retry.RuleAllowed, d.Retry, name)
		assert.Equal(t, []any{c.f.Category, c.f.Counts}, []any{d.Category, d.Counts}, name)
		assert.True(t, d.Reason.Valid(), name)
		if !d.Retry {
			assert.Zero(t, d.Delay, name)
			b.Record(d)
			assert.Zero(t, b.Total(), name)
		}
	}
}

func TestDelays(t *testing.T) {
	t.Parallel()
	const s = time.Second
	doubling := retry.Config{Backoff: retry.Exponential, MaxRetries: retry.Unlimited, Attempts: retry.Unlimited}
	asked := busy()
	asked.RetryAfter = 12 * s
	dns, odd := retry.NewNetworkFailure(retry.DNSError), retry.NewNetworkFailure("no such kind")
	var b retry.Budget
	var got []time.Duration
	var n []int
	for _, d := range run(&b, doubling, content(), content(), reset(), busy(), content(), reset(), dns, busy(), asked, asked, odd) {
		got, n = append(got, d.Delay), append(n, d.N)
	}
	assert.Equal(t, []int{0, 1, 0, 0, 2, 1, 2, 1, 2, 3, 3}, n, "each class has its own n")
	assert.Equal(t, []time.Duration{s, 2 * s, s, s, 4 * s, 2 * s, 10 * s, 2 * s, 12 * s, 12 * s, 8 * s}, got,
		"the third network failure doubles the 3 s of its kind twice, to the cap; what the server asks for is above the cap")
	b.NextStream()
	assert.Zero(t, b.Decide(content(), doubling, half).N)

	first := func(c retry.Config, f retry.Failure) time.Duration {
		var b retry.Budget
		return b.Decide(f, c, half).Delay
	}
	assert.Equal(t, 1250*time.Millisecond, first(retry.Config{}, content()))
	assert.Equal(t, 625*time.Millisecond, first(retry.Config{BaseDelay: 9 * s}, retry.Classify(io.EOF)), "the delay of its kind replaces the base")
	assert.Equal(t, 7*s, first(retry.Config{Backoff: retry.Fixed, ErrorTypeDelays: retry.ErrorDelays{ECONNRESET: 7 * s}}, reset()))
	assert.Zero(t, first(retry.Config{ErrorTypeDelays: retry.ErrorDelays{ECONNRESET: retry.NoDelay}}, reset()))
	assert.Zero(t, first(retry.Config{BaseDelay: retry.NoDelay}, content()))
	assert.Zero(t, first(retry.Config{MaxDelay: retry.NoDelay, Backoff: retry.Exponential}, content()))
	short := busy()
	short.RetryAfter = time.Millisecond
	assert.Equal(t, 1250*time.Millisecond, first(retry.Config{}, short), "it is a lower bound")
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	const s = time.Second
	assert.Equal(t, []retry.Step{{s, 1250 * time.Millisecond, 1500 * time.Millisecond}, {s, 1250 * time.Millisecond, 1500 * time.Millisecond}, {s, 1250 * time.Millisecond, 1500 * time.Millisecond}},
		retry.Schedule(retry.Config{}, content(), 100))
	assert.Equal(t, []retry.Step{{0, s, 2 * s}, {0, 2 * s, 4 * s}, {0, 4 * s, 8 * s}, {0, 5 * s, 10 * s}, {0, 5 * s, 10 * s}, {0, 5 * s, 10 * s}},
		retry.Schedule(retry.Config{Preset: retry.Strict}, retry.NewNetworkFailure(retry.RuntimeKilled), 100))
	assert.Len(t, retry.Schedule(retry.Config{MaxRetries: retry.Unlimited}, reset(), 20), 20)
	assert.Empty(t, retry.Schedule(retry.Config{}, retry.Classify(status(400)), 20))
	assert.Empty(t, retry.Schedule(retry.Config{}, reset(), 0))
}

// TestDecisionsStayInBounds makes calls at random and looks at what must hold for each.
func TestDecisionsStayInBounds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(d ...time.Duration) time.Duration { return d[r.IntN(len(d))] }
	for range 3000 {
		c := retry.Config{
			Attempts:   r.IntN(5) - 1,
			MaxRetries: r.IntN(9) - 1,
			Backoff:    append(retry.Strategies(), "")[r.IntN(6)],
			BaseDelay:  pick(0, retry.NoDelay, 1, time.Second, time.Hour, 1<<62),
			MaxDelay:   pick(0, retry.NoDelay, 1, time.Second, time.Hour),
		}
		full := c.Resolve()
		var b retry.Budget
		counted := 0
		for range 20 {
			if r.IntN(8) == 0 {
				b.NextStream()
				counted = 0
			}
			f := []retry.Failure{content(), reset(), busy(), retry.Classify(status(404)), retry.NewNetworkFailure(retry.ErrorTypes()[r.IntN(13)])}[r.IntN(5)]
			if r.IntN(3) == 0 {
				f.RetryAfter = pick(-1, time.Second, time.Minute)
			}
			before := b
			d := b.Decide(f, c, r.Float64)
			assert.Equal(t, before, b, "deciding records nothing")
			b.Record(d)
			if d.Retry && f.Counts {
				counted++
			}
			top := max(full.MaxDelay, 0, min(f.RetryAfter, full.NetworkMaxDelay))
			if d.Delay < 0 || d.Delay > top || d.Delay < f.RetryAfter && d.Retry || b.Total() > max(full.MaxRetries, 0) || counted > max(full.Attempts, 0) {
				t.Fatalf("%+v\n%+v\n%+v", c, f, d)
			}
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, p := range append(retry.Presets(), "") {
		assert.NoError(t, retry.Config{Preset: p}.Validate())
		assert.NoError(t, p.Config().Validate())
	}
	assert.NoError(t, retry.Config{
		Attempts: retry.None, MaxRetries: retry.Unlimited, BaseDelay: retry.NoDelay, MaxDelay: retry.NoDelay, NetworkMaxDelay: retry.NoDelay,
		RetryOn: []retry.Reason{}, ErrorTypeDelays: retry.ErrorDelays{DNSError: retry.NoDelay},
	}.Validate())
	assert.NoError(t, retry.Config{MaxDelay: time.Millisecond}.Validate(), "the default base is only capped")
	for want, c := range map[string]retry.Config{
		"retry: Attempts is -2: use a number above 0, retry.None for none, or leave it 0 for the default":               {Attempts: -2},
		"retry: MaxRetries is -9: use a number above 0, retry.None for none, or leave it 0 for the default":             {MaxRetries: -9},
		"retry: BaseDelay is -1s: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default":        {BaseDelay: -time.Second},
		"retry: MaxDelay is -2ns: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default":        {MaxDelay: -2},
		"retry: NetworkMaxDelay is -2ns: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default": {NetworkMaxDelay: -2},
		"retry: ErrorTypeDelays of dns_error is -3ns: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default": {
			ErrorTypeDelays: retry.ErrorDelays{DNSError: -3},
		},
		"retry: BaseDelay 2s is longer than MaxDelay 1s: lower the one or raise the other":                   {BaseDelay: 2 * time.Second, MaxDelay: time.Second},
		`retry: Backoff "expo" is unknown: use one of fixed_jitter, exponential, full_jitter, linear, fixed`: {Backoff: "expo"},
		`retry: Preset "mobile" is unknown: use one of minimal, recommended, strict, exponential, none`:      {Preset: "mobile"},
		`retry: RetryOn "zero" is unknown: use one of zero_output, guardrail_violation, drift, incomplete, network_error, timeout, rate_limit, server_error, unknown`: {
			RetryOn: []retry.Reason{retry.Drift, "zero"},
		},
		"retry: Attempts is -2: use a number above 0, retry.None for none, or leave it 0 for the default\n" +
			"retry: MaxDelay is -2ns: use a duration above 0, retry.NoDelay for none, or leave it 0 for the default": {Attempts: -2, MaxDelay: -2},
	} {
		assert.EqualError(t, c.Validate(), want)
	}
}

func ExampleBudget() {
	var budget retry.Budget
	config := retry.Config{Backoff: retry.Fixed, Attempts: 1}
	for _, err := range []error{io.ErrUnexpectedEOF, fmt.Errorf("bad answer"), fmt.Errorf("bad answer")} {
		d := budget.Decide(retry.Classify(err), config, nil)
		budget.Record(d)
		fmt.Println(d.Retry, d.Delay, d.Category, d.Rule)
	}
	// Output:
	// true 500ms network allowed
	// true 1s model allowed
	// false 0s model attempts
}

func ExampleSchedule() {
	for i, s := range retry.Schedule(retry.Config{Preset: retry.Minimal}, retry.NewNetworkFailure(retry.DNSError), 10) {
		fmt.Println(i+1, s.Max)
	}
	// Output:
	// 1 3s
	// 2 6s
	// 3 9s
	// 4 10s
}

func BenchmarkClassify(b *testing.B) {
	for name, err := range map[string]error{
		"type": fmt.Errorf("call: %w", io.ErrUnexpectedEOF), "status": fmt.Errorf("call: %w", status(429)), "text": fmt.Errorf("the model is overloaded"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				retry.Classify(err)
			}
		})
	}
}
