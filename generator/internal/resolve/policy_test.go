package resolve_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/resolve"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// resolved resolves one spec. Problems are left to the caller.
func resolved(t *testing.T, spec string) (*ir.Package, *diag.Report) {
	t.Helper()
	rep := &diag.Report{}
	s := syntax.Parse(rep, source.NewFile("a.l0.yaml", []byte(spec)))
	if s == nil {
		require.FailNow(t, rep.Diagnostics()[0].Message, spec)
	}
	return resolve.Package(rep, ".", "p", false, []*syntax.Spec{s}), rep
}

// policyOf is the merged policy of the one prompt of a spec.
func policyOf(t *testing.T, layers string) ir.Policy {
	t.Helper()
	pkg, _ := resolved(t, "l0gen: 1\nmodels: {m: {provider: p, model: m}}\n"+layers)
	require.Len(t, pkg.Prompts, 1)
	return pkg.Prompts[0].Policy
}

func TestLaterLayersWin(t *testing.T) {
	t.Parallel()
	p := policyOf(t, `
defaults:
  timeouts: {total: 1m, inter_token: 2s, attempt: 9s}
  limits: {max_reply_bytes: 10}
policies:
  a: {timeouts: {total: 2m}}
  b: {timeouts: {total: 3m, initial_token: 4s}}
prompts:
  P:
    model: m
    prompt: x
    policy: [a, b]
    timeouts: {initial_token: none}
`)
	assert.Equal(t, 3*time.Minute, *p.Timeouts.Total)
	assert.Equal(t, 2*time.Second, *p.Timeouts.InterToken, "mappings merge")
	assert.Equal(t, ir.Off, *p.Timeouts.InitialToken)
	assert.Equal(t, int64(10), *p.Limits.MaxReplyBytes)
	assert.Equal(t, 9, p.Spans["timeouts.total"].Position().Line, "the layer that was heard")
}

func TestPresetResetsItsMapping(t *testing.T) {
	t.Parallel()
	p := policyOf(t, `
defaults:
  retry: {attempts: 9, base_delay: 3s}
prompts:
  P:
    model: m
    prompt: x
    retry: {preset: strict, base_delay: 1s}
`)
	assert.Equal(t, "strict", p.Retry.Preset)
	assert.Nil(t, p.Retry.Attempts)
	assert.Equal(t, time.Second, *p.Retry.BaseDelay)
}

func TestListsReplaceAndRulesAddUp(t *testing.T) {
	t.Parallel()
	layers := `
defaults:
  retry: {retry_on: [drift, timeout]}
  guardrails: {rules: [json]}
policies:
  more: {guardrails: {rules: [markdown]}}
prompts:
  P:
    model: m
    prompt: x
    policy: more
    retry: {retry_on: [incomplete]}
    guardrails:
      %rules: [{length: {max: 3}, severity: fatal}]
`
	kinds := func(p ir.Policy) []string {
		var out []string
		for _, r := range p.Guardrails.Rules {
			out = append(out, r.Kind)
		}
		return out
	}
	p := policyOf(t, replace(layers, "%", ""))
	assert.Equal(t, []string{"incomplete"}, *p.Retry.RetryOn)
	assert.Equal(t, []string{"json", "markdown", "length"}, kinds(p))
	assert.Equal(t, "fatal", p.Guardrails.Rules[2].Severity)
	p = policyOf(t, replace(layers, "%", "inherit: false\n      "))
	assert.Equal(t, []string{"length"}, kinds(p))
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	on := policyOf(t, "defaults: {drift: {window: 7}}\nprompts: {P: {model: m, prompt: x, drift: true}}\n")
	require.NotNil(t, on.Drift)
	assert.Equal(t, int64(7), *on.Drift.Window)
	off := policyOf(t, "defaults: {drift: {window: 7}}\nprompts: {P: {model: m, prompt: x, drift: false}}\n")
	assert.Nil(t, off.Drift)
	again := policyOf(t, "defaults: {drift: false}\nprompts: {P: {model: m, prompt: x, drift: true}}\n")
	require.NotNil(t, again.Drift)
	assert.Nil(t, again.Drift.Window)
}

// A policy is shared: what one prompt adds must not show in another.
func TestLayersAreNotChanged(t *testing.T) {
	t.Parallel()
	pkg, _ := resolved(t, `
l0gen: 1
models: {m: {provider: p, model: m}}
defaults: {timeouts: {total: 1m}, guardrails: {rules: [json]}}
prompts:
  A: {model: m, prompt: x, timeouts: {total: 2m, attempt: 1s}, guardrails: {rules: [latex]}}
  B: {model: m, prompt: x, guardrails: {rules: [stall]}}
`)
	a, b := pkg.Prompts[0].Policy, pkg.Prompts[1].Policy
	assert.Equal(t, 2*time.Minute, *a.Timeouts.Total)
	assert.Equal(t, time.Minute, *b.Timeouts.Total)
	assert.Nil(t, b.Timeouts.Attempt)
	assert.Equal(t, "latex", a.Guardrails.Rules[1].Kind)
	assert.Equal(t, "stall", b.Guardrails.Rules[1].Kind)
}
