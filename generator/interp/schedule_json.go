package interp

import (
	"encoding/json"
	"math"
	"time"

	"github.com/l0gen/l0gen/runtime/retry"
)

// The JSON of a schedule. Durations are milliseconds, and null where there is
// no limit.
type (
	scheduleJSON struct {
		Prompt   string        `json:"prompt"`
		Models   []modelJSON   `json:"models"`
		TotalMs  *float64      `json:"totalMs"`
		Retry    retryJSON     `json:"retry"`
		Failures []failureJSON `json:"failures"`
		Worst    worstJSON     `json:"worst"`
	}
	modelJSON struct {
		Name           string   `json:"name"`
		Provider       string   `json:"provider"`
		ID             string   `json:"id"`
		Fallback       bool     `json:"fallback"`
		InitialTokenMs *float64 `json:"initialTokenMs"`
		InterTokenMs   *float64 `json:"interTokenMs"`
		AttemptMs      *float64 `json:"attemptMs"`
	}
	retryJSON struct {
		Preset            retry.Preset   `json:"preset"`
		Attempts          int            `json:"attempts"`
		MaxRetries        *int           `json:"maxRetries"`
		Backoff           retry.Strategy `json:"backoff"`
		BaseDelayMs       float64        `json:"baseDelayMs"`
		MaxDelayMs        float64        `json:"maxDelayMs"`
		NetworkMaxDelayMs float64        `json:"networkMaxDelayMs"`
		RetryOn           []retry.Reason `json:"retryOn"`
		Feedback          bool           `json:"feedback"`
	}
	failureJSON struct {
		Class   Class           `json:"class"`
		Reason  retry.Reason    `json:"reason"`
		Type    retry.ErrorType `json:"type,omitempty"`
		Retries []stepJSON      `json:"retries"`
		More    bool            `json:"more"`
		EndedBy retry.Rule      `json:"endedBy,omitempty"`
	}
	stepJSON struct {
		MinMs    float64 `json:"minMs"`
		MedianMs float64 `json:"medianMs"`
		MaxMs    float64 `json:"maxMs"`
	}
	worstJSON struct {
		Attempts       *int     `json:"attempts"`
		WaitMs         *float64 `json:"waitMs"`
		WaitAskedMs    *float64 `json:"waitAskedMs"`
		SilentMs       *float64 `json:"silentMs"`
		SilentAttempts int      `json:"silentAttempts"`
		DurationMs     *float64 `json:"durationMs"`
		ByTotal        bool     `json:"byTotal"`
	}
)

// MarshalJSON writes the schedule for programs. Fields may be added.
func (s *Schedule) MarshalJSON() ([]byte, error) {
	out := scheduleJSON{
		Prompt:  s.Prompt,
		Models:  make([]modelJSON, 0, len(s.Models)),
		TotalMs: limitMs(s.Total()),
		Retry: retryJSON{
			Preset: s.Retry.Preset, Attempts: max(s.Retry.Attempts, 0), MaxRetries: finite(max(s.Retry.MaxRetries, 0)),
			Backoff: s.Retry.Backoff, BaseDelayMs: ms(max(s.Retry.BaseDelay, 0)), MaxDelayMs: ms(max(s.Retry.MaxDelay, 0)),
			NetworkMaxDelayMs: ms(max(s.Retry.NetworkMaxDelay, 0)), RetryOn: s.Retry.RetryOn, Feedback: !s.Retry.NoFeedback,
		},
		Worst: worstJSON{
			Attempts: finite(s.Worst.Attempts), WaitMs: boundedMs(s.Worst.Wait), WaitAskedMs: boundedMs(s.Worst.WaitAsked),
			SilentMs: boundedMs(s.Worst.Silent), SilentAttempts: s.Worst.SilentAttempts,
			DurationMs: boundedMs(s.Worst.Duration), ByTotal: s.Worst.ByTotal,
		},
	}
	for i, m := range s.Models {
		out.Models = append(out.Models, modelJSON{
			Name: string(m.Name), Provider: m.Provider, ID: m.ID, Fallback: i > 0,
			InitialTokenMs: limitMs(m.Timeouts.InitialToken), InterTokenMs: limitMs(m.Timeouts.InterToken),
			AttemptMs: limitMs(m.Timeouts.Attempt),
		})
	}
	for _, f := range s.Failures {
		j := failureJSON{Class: f.Class, Reason: f.Reason, Type: f.Type, More: f.More, EndedBy: f.EndedBy, Retries: []stepJSON{}}
		for _, step := range f.Steps {
			j.Retries = append(j.Retries, stepJSON{ms(step.Min), ms(step.Median), ms(step.Max)})
		}
		out.Failures = append(out.Failures, j)
	}
	return json.Marshal(out)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// limitMs is nil for a timeout that is off.
func limitMs(d time.Duration) *float64 {
	if d <= 0 {
		return nil
	}
	return boundedMs(d)
}

func boundedMs(d time.Duration) *float64 {
	if d == Unbounded {
		return nil
	}
	v := ms(d)
	return &v
}

func finite(n int) *int {
	if n == math.MaxInt {
		return nil
	}
	return &n
}
