package check_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/check"
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/resolve"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// problems checks a spec and lists what the check stage and those before it
// report, without what is only not supported yet.
func problems(t *testing.T, spec string) []string {
	t.Helper()
	rep := &diag.Report{}
	if !strings.HasPrefix(spec, "models:") {
		spec = "models: {m: {provider: p, model: m, params: {max_tokens: 5}}}\n" + spec
	}
	s := syntax.Parse(rep, source.NewFile("a.l0.yaml", []byte("l0gen: 1\n"+spec)))
	if s == nil {
		require.FailNow(t, rep.Diagnostics()[0].Message, spec)
	}
	check.Package(rep, resolve.Package(rep, ".", "p", false, []*syntax.Spec{s}))
	var out []string
	for _, d := range rep.Diagnostics() {
		if d.Code != diag.NotSupported {
			out = append(out, string(d.Code)+" "+d.Message)
		}
	}
	return out
}

// typ makes the spec of one declared type.
func typ(schema string) string { return "types: {T: " + schema + "}\n" }

// policy makes the spec of one prompt with policy keys.
func policy(keys string) string { return "prompts: {P: {model: m, prompt: x, " + keys + "}}\n" }

func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ spec, want string }{
		{"types: {N: {fields: {n: N}}}", `L0204 the type "N" can have no value: it needs a value of itself (N → N)`},
		{"types: {A: {fields: {b: B}}, B: {fields: {a: A}}}", `L0204 the type "A" can have no value: it needs a value of itself (A → B → A)`},
		{"types: {A: B, B: A}", `L0204 the type "A" can have no value: it needs a value of itself (A → B → A)`},
		{"types: {A: {type: 'A[]', minItems: 1}}", `L0204 the type "A" can have no value: it needs a value of itself (A → A)`},
		{"types: {A: 'A[]', B: {fields: {b: 'B?', m: 'map<B>', l: 'B[]'}}}", ""},

		{typ("{type: string, minLength: 3, maxLength: 2}"), "L0206 minLength 3 is above maxLength 2, so no value fits"},
		{typ("{type: string, maxLength: -1}"), "L0206 maxLength is -1, but cannot be negative"},
		{typ("{type: 'string[]', minItems: 2, maxItems: 1}"), "L0206 minItems 2 is above maxItems 1, so no value fits"},
		{typ("{type: number, minimum: 2, maximum: 1.5}"), "L0206 minimum 2 leaves no number below maximum 1.5"},
		{typ("{type: number, minimum: 1, exclusiveMaximum: 1}"), "L0206 minimum 1 leaves no number below exclusiveMaximum 1"},
		{typ("{type: number, minimum: 1, maximum: 1}"), ""},
		{typ("{type: decimal, minimum: 1e308, maximum: 2}"), "L0206 minimum 1e308 leaves no number below maximum 2"},
		{typ("{type: int, multipleOf: 0}"), "L0206 multipleOf is 0, but must be above 0"},
		{typ("{type: array, items: [a, b], uniqueItems: true, minItems: 3}"), "L0206 minItems 3 asks for more different members than the enum's 2"},
		{
			typ("{type: object, additionalProperties: false, properties: {a: string}, minProperties: 2}"),
			"L0206 minProperties 2 is more than the 1 properties that are declared",
		},
		{typ("{type: int, const: 1.5}"), "L0206 const is no value of the type: it must be a whole number"},

		{typ("{type: string, pattern: '(?=x)'}"), "L0211 the pattern is not usable: invalid or unsupported Perl syntax: `(?=`"},

		{typ("{fields: {a: {enum: [x, y], default: z}}}"), "L0208 the default does not fit its type: z is none of x, y"},
		{typ("{fields: {a: {type: int, default: 1.5}}}"), "L0208 the default does not fit its type: it must be a whole number"},
		{typ("{fields: {a: {type: int, default: 9223372036854775808}}}"), "L0208 the default does not fit its type: it must fit 64 bits"},
		{typ("{fields: {a: {type: string, default: 1}}}"), "L0208 the default does not fit its type: it must be text"},
		{typ("{fields: {a: {type: string, maxLength: 2, default: abc}}}"), "L0208 the default does not fit its type: it has 3 characters, more than 2"},
		{typ("{fields: {a: {type: date, default: 2026-02-30}}}"), "L0208 the default does not fit its type: it is no date in the form 2006-01-02"},
		{typ("{fields: {a: {type: duration, default: 1h}}}"), "L0208 the default does not fit its type: it is no ISO 8601 duration, such as P1DT2H"},
		{typ("{fields: {a: {type: 'int[]', default: [1, x]}}}"), "L0208 the default does not fit its type: element 1: it must be a number"},
		{typ("{fields: {a: {fields: {b: int}, default: {}}}}"), `L0208 the default does not fit its type: the property "b" is missing`},
		{typ("{fields: {a: {fields: {b: int}, default: {b: 1, c: 2}}}}"), `L0208 the default does not fit its type: the property "c" is not declared`},
		{
			typ("{fields: {a: {type: number, exclusiveMinimum: 1, default: 1}}}"),
			"L0208 the default does not fit its type: it is not above exclusiveMinimum 1",
		},
		{typ("{fields: {a: {type: date, default: 2026-02-28}, b: {type: 'int[]', default: []}, c: {type: any, default: {x: 1}}}}"), ""},

		{"prompts: {P: {model: m, prompt: x, output: {fields: {a: image}}}}", `L0210 media is for inputs, but this is part of the answer of "P"`},
		{
			"types: {T: {fields: {a: 'audio[]'}}}\nprompts: {P: {model: m, prompt: x, output: 'T[]'}}",
			`L0210 media is for inputs, but this is part of the answer of "P"`,
		},
		{typ("{fields: {a: l0.Message}}"), "L0210 l0.Message stands only in an input of type l0.Message[]"},
		{"prompts: {P: {model: m, prompt: x, input: {a: image, h: 'l0.Message[]'}}}", ""},

		{policy("timeouts: {total: 0s}"), "L0402 timeouts.total is 0s, which would end every call at once"},
		{policy("timeouts: {attempt: 1s, initial_token: 2s}"), "L0403 timeouts.initial_token 2s is longer than attempt 1s, so it never ends anything"},
		{policy("timeouts: {attempt: none, initial_token: 2s}"), ""},
		{policy("retry: {attempts: -1}"), "L0402 retry.attempts is -1, but must be at least 0"},
		{policy("timeouts: {total: 5s, inter_token: 6s}"), "L0403 timeouts.inter_token 6s is longer than total 5s, so it never ends anything"},
		{"models: {n: {provider: p, model: n, timeouts: {attempt: 0s}}}\n", "L0402 timeouts.attempt is 0s, which would end every call at once"},
		{"models: {n: {provider: p, model: n, context_tokens: 0}}\n", "L0402 context_tokens is 0, but must be at least 1"},
		{"models: {n: {provider: p, model: n, context_tokens: -1}}\n", "L0402 context_tokens is -1, but must be at least 1"},
		{policy("retry: {max_retries: unlimited}"), ""},
		{policy("retry: {max_retries: -1}"), "L0111 a limit cannot be negative"},
		{policy("retry: {max_retries: 3000000000}"), "L0402 retry.max_retries is 3000000000, but must be at most 2147483647"},
		{policy("retry: {max_retries: unlimitd}"), `L0110 expected a whole number or "unlimited", found text`},
		{policy("retry: {preset: none, attempts: 2}"), "L0403 retry.attempts 2 has no effect: the preset none allows no retry at all"},
		{policy("retry: {preset: none, attempts: 2, max_retries: 2}"), ""},
		{policy("retry: {base_delay: 20s}"), "L0403 retry.base_delay 20s is longer than max_delay, which is 10s unless set"},
		{policy("retry: {max_delay: 500ms}"), "L0403 retry.max_delay 500ms is shorter than base_delay, which is 1s unless set"},
		{policy("retry: {max_delay: 500ms, base_delay: 0s}"), ""},
		{policy("retry: {max_delay: 0s}"), ""},
		{policy("retry: {base_delay: -1s}"), "L0111 a duration cannot be negative"},
		{policy("retry: {base_delay: 2}"), "L0114 a duration needs a unit"},
		{
			policy("retry: {error_type_delays: {ssl_error: 1s}}"),
			"L0403 retry.error_type_delays.ssl_error has no effect: TLS errors are never retried",
		},
		{policy("retry: {error_type_delays: {dns_error: 11s}}"), "L0403 retry.error_type_delays.dns_error is cut to max_delay, which is 10s"},
		{policy("retry: {error_type_delays: {ssl_error: 0s, dns_error: 9s}}"), ""},
		{
			policy("retry: {max_retries: unlimited}, timeouts: {total: none}"),
			"L0403 retry.max_retries is unlimited and there is no total timeout, so a call that keeps failing never ends",
		},
		{policy("retry: {base_delay: none}"), "L0402 retry.base_delay cannot be none"},
		{policy("retry: {base_delay: 2s, max_delay: 1s}"), "L0403 retry.base_delay 2s is longer than max_delay 1s"},
		{policy("retry: {error_type_delays: {timeout: none}}"), "L0402 retry.error_type_delays.timeout cannot be none"},
		{policy("check_intervals: {checkpoint: 0}"), "L0402 check_intervals.checkpoint is 0, but must be at least 1"},
		{policy("drift: {min_confidence: 2}"), "L0402 drift.min_confidence is 2, but must lie between 0 and 1"},
		{policy("drift: {entropy_sd: 0}"), "L0402 drift.entropy_sd is 0, but must be above 0"},
		{policy("continuation: {min_overlap: 9, max_overlap: 3}"), "L0403 continuation.min_overlap 9 is above max_overlap 3"},
		{policy("continuation: {min_overlap: 501}"), "L0403 continuation.min_overlap 501 is above max_overlap, which is 500 unless set"},
		{policy("continuation: {max_overlap: 1}"), "L0403 continuation.max_overlap 1 is below min_overlap, which is 2 unless set"},
		{policy("output: int, continuation: true"), "L0403 continuation does not go with a typed output"},
		{policy("limits: {max_reply_bytes: 0}"), "L0402 limits.max_reply_bytes is 0, but must be at least 1"},
		{policy("limits: {max_output_tokens: 9}"), `L0403 limits.max_output_tokens and max_tokens of model "m" limit the same`},

		{policy("guardrails: {rules: [{pattern: {message: x}}]}"), "L0404 the pattern rule has neither deny nor require"},
		{policy("guardrails: {rules: [{pattern: {deny: '('}}]}"), "L0211 the pattern is not usable: missing closing ): `(`"},
		{policy("guardrails: {rules: [{phrases: {deny: []}}]}"), "L0404 the phrases rule has no phrases"},
		{policy("guardrails: {rules: [{phrases: {deny: ''}}]}"), "L0404 the phrases rule has no phrases"},
		{policy("guardrails: {rules: [{length: {unit: word}}]}"), "L0404 the length rule has neither min nor max"},
		{policy("guardrails: {rules: [{length: {min: 3, max: 2}}]}"), "L0404 min 3 is above max 2, so no reply fits"},
		{policy("guardrails: {rules: [{severity: fatal}]}"), "L0404 the guardrail names no rule"},
		{policy("guardrails: {rules: [{assert: a, check: b}]}"), "L0404 a guardrail holds one rule, this is its second"},
		{policy("guardrails: {max_content: 0}"), "L0402 guardrails.max_content is 0, but must be at least 1"},
	} {
		got := strings.Join(problems(t, c.spec), "\n")
		assert.Equal(t, c.want, got, c.spec)
	}
}

// Policies that several prompts share are reported once.
func TestSharedPolicyIsReportedOnce(t *testing.T) {
	t.Parallel()
	got := problems(t, "defaults: {retry: {attempts: -1}}\nprompts: {A: {model: m, prompt: x}, B: {model: m, prompt: x}}\n")
	assert.Equal(t, []string{"L0402 retry.attempts is -1, but must be at least 0"}, got)
}
