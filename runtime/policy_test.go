package l0

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/guard"
	"github.com/l0gen/l0gen/runtime/retry"
)

func TestDefaultPolicy(t *testing.T) {
	t.Parallel()
	p := DefaultPolicy()
	assert.Equal(t, Timeouts{5 * time.Second, 10 * time.Second, NoTimeout, 10 * time.Minute}, p.Timeouts)
	assert.Equal(t, CheckIntervals{5, 10, 10}, p.CheckIntervals)
	assert.Equal(t, 16<<20, p.Limits.MaxReplyBytes)
	assert.Equal(t, p, resolvePolicy(), "resolving nothing gives the defaults")
	assert.Equal(t, p, resolvePolicy(p), "and so does resolving them")
	for _, c := range []Class{ClassReasoning, ClassLocal} {
		assert.Equal(t, 60*time.Second, defaultTimeouts(c).InitialToken)
		assert.Equal(t, 30*time.Second, defaultTimeouts(c).InterToken)
	}
}

func TestLaterPoliciesWin(t *testing.T) {
	t.Parallel()
	p := resolvePolicy(
		Policy{Timeouts: Timeouts{Total: time.Minute, Attempt: time.Second}, Retry: retry.Config{Preset: retry.Strict}},
		Policy{Timeouts: Timeouts{Total: NoTimeout}, Retry: retry.Config{Attempts: retry.None}},
		Policy{Guardrails: guard.Config{Rules: []guard.Rule{{Kind: guard.KindRefusal}}}},
		Policy{Guardrails: guard.Config{Rules: []guard.Rule{{Kind: guard.KindLatex}}}},
	)
	assert.Equal(t, NoTimeout, p.Timeouts.Total)
	assert.Equal(t, time.Second, p.Timeouts.Attempt)
	assert.Equal(t, 5*time.Second, p.Timeouts.InitialToken)
	assert.Equal(t, retry.FullJitter, p.Retry.Backoff)
	assert.Equal(t, retry.None, p.Retry.Attempts)
	assert.Len(t, p.Guardrails.Rules, 2, "rules add up")
}

// A field that merge forgets would be lost without a trace.
func TestMergeKnowsEveryField(t *testing.T) {
	t.Parallel()
	var full Policy
	fill(t, reflect.ValueOf(&full).Elem())
	var p Policy
	p.merge(full)
	assert.Equal(t, full, p)
}

// fill sets every field of v to something that is not zero.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(t, field)
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(7)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0))
	default:
		t.Fatalf("a field of kind %s", v.Kind())
	}
}
