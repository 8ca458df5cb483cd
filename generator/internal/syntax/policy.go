package syntax

import (
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Policy says how a call is kept reliable. Each key replaces or extends what
// it inherits.
type Policy struct {
	Span source.Span `json:"-"`

	// Limits on time.
	Timeouts *Timeouts `json:"timeouts,omitempty"`
	// When and how a failed attempt is tried again.
	Retry *Retry `json:"retry,omitempty"`
	// Rules that a reply must pass.
	Guardrails *Guardrails `json:"guardrails,omitempty"`
	// Detection of replies that lose their way.
	Drift *Drift `json:"drift,omitempty" l0:"later"`
	// How often checks are read, in tokens.
	CheckIntervals *CheckIntervals `json:"check_intervals,omitempty"`
	// Going on from the last good text after a broken stream. Text outputs
	// only.
	Continuation *Continuation `json:"continuation,omitempty"`
	// How much a structured reply may be mended.
	Repair *Repair `json:"repair,omitempty" l0:"later"`
	// How the provider is asked for structured output.
	OutputMode OneOf[OutputModes] `json:"output_mode,omitempty"`
	// Limits on the size of a reply.
	Limits *Limits `json:"limits,omitempty"`
}

// Timeouts are limits on time. "none" switches one off.
type Timeouts struct {
	Span source.Span `json:"-"`

	// Until the first token, connecting included. Default 5s.
	InitialToken Duration `json:"initial_token,omitempty"`
	// Between two tokens. Default 10s.
	InterToken Duration `json:"inter_token,omitempty"`
	// One attempt. Default none.
	Attempt Duration `json:"attempt,omitempty"`
	// The whole call, retries included. Default 10m.
	Total Duration `json:"total,omitempty"`
}

// Retry says when and how a failed attempt is tried again.
type Retry struct {
	Span source.Span `json:"-"`

	// A named policy that the other keys start from.
	Preset OneOf[RetryPresets] `json:"preset,omitempty"`
	// Extra tries for errors of the model and its content. Default 3.
	Attempts Int `json:"attempts,omitempty"`
	// Extra tries of every kind, or "unlimited". Default 6.
	MaxRetries Count `json:"max_retries,omitempty"`
	// How the delay grows. Default fixed_jitter.
	Backoff OneOf[Backoffs] `json:"backoff,omitempty"`
	// The first delay. Default 1s.
	BaseDelay Duration `json:"base_delay,omitempty"`
	// The longest delay. Default 10s.
	MaxDelay Duration `json:"max_delay,omitempty"`
	// The longest delay that a server may ask for. Default 30s.
	NetworkMaxDelay Duration `json:"network_max_delay,omitempty"`
	// The reasons to try again. Default: all but unknown.
	RetryOn List[OneOf[RetryReasons]] `json:"retry_on,omitempty"`
	// The first delay by type of network error.
	ErrorTypeDelays *ErrorTypeDelays `json:"error_type_delays,omitempty"`
	// Whether a retry tells the model what was wrong. Default true.
	Feedback Bool `json:"feedback,omitempty"`
}

// ErrorTypeDelays are first delays by type of network error.
type ErrorTypeDelays struct {
	Span source.Span `json:"-"`

	// Default 1s.
	ConnectionDropped Duration `json:"connection_dropped,omitempty"`
	// Default 500ms.
	FetchError Duration `json:"fetch_error,omitempty"`
	// Default 1s.
	Econnreset Duration `json:"econnreset,omitempty"`
	// Default 2s.
	Econnrefused Duration `json:"econnrefused,omitempty"`
	// Default 500ms.
	SSEAborted Duration `json:"sse_aborted,omitempty"`
	// Default 500ms.
	NoBytes Duration `json:"no_bytes,omitempty"`
	// Default 500ms.
	PartialChunks Duration `json:"partial_chunks,omitempty"`
	// Default 2s.
	RuntimeKilled Duration `json:"runtime_killed,omitempty"`
	// Default 5s.
	BackgroundThrottle Duration `json:"background_throttle,omitempty"`
	// Default 3s.
	DNSError Duration `json:"dns_error,omitempty"`
	// Without effect: TLS errors are never retried.
	SSLError Duration `json:"ssl_error,omitempty"`
	// Default 1s.
	Timeout Duration `json:"timeout,omitempty"`
	// Default 1s.
	Unknown Duration `json:"unknown,omitempty"`
}

// Guardrails says which rules a reply must pass.
type Guardrails struct {
	Span source.Span `json:"-"`

	// A named set of rules. Default recommended for text, none for typed
	// outputs.
	Preset OneOf[GuardrailPresets] `json:"preset,omitempty" l0:"later"`
	// Rules beside those of the preset. They add up over inherited policies.
	Rules List[Rule] `json:"rules,omitempty" l0:"later"`
	// false drops the inherited rules.
	Inherit Bool `json:"inherit,omitempty" l0:"later"`
	// What a fatal violation leads to. Default fallback.
	OnFatal OneOf[OnFatals] `json:"on_fatal,omitempty"`
	// What happens when every retry broke a rule. Default fail.
	OnExhausted OneOf[OnExhausted] `json:"on_exhausted,omitempty" l0:"later"`
	// The most bytes of a reply.
	MaxContent Int `json:"max_content,omitempty" l0:"later"`
	// live delivers text at once; checked holds it back until its check
	// passed. Default live.
	Delivery OneOf[Deliveries] `json:"delivery,omitempty" l0:"later"`
	// Whether an empty reply is an error.
	ZeroOutput Bool `json:"zero_output,omitempty"`
}

// Drift configures drift detection; true switches it on with its defaults.
type Drift struct {
	Span source.Span `json:"-"`
	// Off says that the spec has "false".
	Off bool `json:"-"`

	// The characters that are looked back at. Default 500.
	Window Int `json:"window,omitempty"`
	// How often a sentence or a run of words may occur. Default 3.
	Repetition Int `json:"repetition,omitempty"`
	// How many standard deviations entropy may rise. Default 2.5.
	EntropySD Float `json:"entropy_sd,omitempty"`
	// The confidence from which drift is an error. Default 0.5.
	MinConfidence Float `json:"min_confidence,omitempty"`
	// The signals that count. Default all.
	Signals List[OneOf[Signals]] `json:"signals,omitempty"`
}

// CheckIntervals says how often verdicts are read, in tokens.
type CheckIntervals struct {
	Span source.Span `json:"-"`

	// Default 5.
	Guardrails Int `json:"guardrails,omitempty"`
	// Default 10.
	Drift Int `json:"drift,omitempty" l0:"later"`
	// Default 10.
	Checkpoint Int `json:"checkpoint,omitempty"`
}

// Continuation configures going on from a checkpoint; true switches it on with
// its defaults.
type Continuation struct {
	Span source.Span `json:"-"`
	// Off says that the spec has "false".
	Off bool `json:"-"`

	// What the model is told when it is to go on.
	Prompt String `json:"prompt,omitempty"`
	// The shortest overlap that is removed, in characters. Default 2.
	MinOverlap Int `json:"min_overlap,omitempty"`
	// The longest overlap that is looked for, in characters. Default 500.
	MaxOverlap Int `json:"max_overlap,omitempty"`
	// Whether letter case counts in an overlap. Default false.
	IgnoreCase Bool `json:"ignore_case,omitempty"`
	// Whether runs of white space are equal in an overlap. Default false.
	CollapseSpace Bool `json:"collapse_space,omitempty"`
}

// Repair says how much a structured reply may be mended: a level, or a level
// with single rules allowed or denied.
type Repair struct {
	Span source.Span `json:"-"`

	// Default standard.
	Level OneOf[RepairLevels] `json:"level,omitempty"`
	// Rules beside those of the level.
	Allow List[String] `json:"allow,omitempty"`
	// Rules that are not used.
	Deny List[String] `json:"deny,omitempty"`
}

// Limits bound the size of a reply.
type Limits struct {
	Span source.Span `json:"-"`

	// The most tokens that the model may write; goes to the provider.
	MaxOutputTokens Int `json:"max_output_tokens,omitempty"`
	// The most bytes that are read. Default 16 MiB.
	MaxReplyBytes Int `json:"max_reply_bytes,omitempty"`
}

func (r *Drift) decode(d *decoder, n *node) {
	r.Off = d.switchOr(n, r)
}

func (c *Continuation) decode(d *decoder, n *node) {
	c.Off = d.switchOr(n, c)
}

func (r *Repair) decode(d *decoder, n *node) {
	if n.kind == scalarNode && n.tag == "!!str" {
		r.Span = n.span
		r.Level.decode(d, n)
		return
	}
	d.fields(n, r)
}

// switchOr reads true, false or a mapping, and reports whether it is false.
func (d *decoder) switchOr(n *node, v any) (off bool) {
	if n.kind != scalarNode {
		d.fields(n, v)
		return false
	}
	if n.tag != "!!bool" {
		d.wrongKind(n, "true, false or a mapping")
		return false
	}
	setSpan(v, n.span)
	return n.value == "false"
}

// Rule is one guardrail rule: a word, or a mapping with the rule's key.
type Rule struct {
	Span source.Span `json:"-"`
	// Word is a rule without settings, such as json.
	Word OneOf[RuleWords] `json:"-"`

	// A pattern (RE2) that the reply must not, or must, contain.
	Pattern *PatternRule `json:"pattern,omitempty"`
	// Phrases that the reply must not contain.
	Phrases *PhrasesRule `json:"phrases,omitempty"`
	// How long the reply must and may be.
	Length *LengthRule `json:"length,omitempty"`
	// An expression that must hold for the complete value.
	Assert String `json:"assert,omitempty"`
	// An expression that is only reported when it does not hold.
	Check String `json:"check,omitempty"`
	// A Go function that is given to New under this name.
	Custom String `json:"custom,omitempty"`

	// A rule without settings, beside its severity.
	JSON       Flag `json:"json,omitempty"`
	StrictJSON Flag `json:"strict_json,omitempty"`
	Markdown   Flag `json:"markdown,omitempty"`
	Latex      Flag `json:"latex,omitempty"`
	ZeroOutput Flag `json:"zero_output,omitempty"`
	Stall      Flag `json:"stall,omitempty"`
	Repetition Flag `json:"repetition,omitempty"`
	Refusal    Flag `json:"refusal,omitempty"`

	// How bad a violation is.
	Severity OneOf[Severities] `json:"severity,omitempty"`
	// Whether another attempt may mend a violation.
	Recoverable Bool `json:"recoverable,omitempty"`
}

// RuleWords are the rules without settings.
type RuleWords struct{}

func (RuleWords) words() []string {
	return []string{"json", "strict_json", "markdown", "latex", "zero_output", "stall", "repetition", "refusal"}
}

// Flag is the empty setting of a rule without settings: nothing, true or {}.
type Flag struct{ Span source.Span }

func (f *Flag) decode(d *decoder, n *node) {
	f.Span = n.span
	empty := n.isNull() || n.kind == mappingNode && len(n.entries) == 0 && !n.braces ||
		n.kind == scalarNode && n.tag == "!!bool" && n.value == "true"
	if !empty {
		d.wrongKind(n, "true or nothing")
	}
}

// PatternRule is a rule of regular expressions.
type PatternRule struct {
	Span source.Span `json:"-"`

	// Expressions that must not match.
	Deny Names `json:"deny,omitempty"`
	// Expressions that must match.
	Require Names `json:"require,omitempty"`
	// What the violation says.
	Message String `json:"message,omitempty"`
}

// PhrasesRule is a rule of fixed phrases.
type PhrasesRule struct {
	Span source.Span `json:"-"`

	// Phrases that must not occur.
	Deny Names `json:"deny"`
	// Whether letter case is ignored.
	IgnoreCase Bool `json:"ignore_case,omitempty"`
}

// LengthRule is a rule of size.
type LengthRule struct {
	Span source.Span `json:"-"`

	// The least length.
	Min Int `json:"min,omitempty"`
	// The greatest length.
	Max Int `json:"max,omitempty"`
	// What is counted. Default char.
	Unit OneOf[LengthUnits] `json:"unit,omitempty"`
}

func (r *Rule) decode(d *decoder, n *node) {
	if n.kind == scalarNode {
		r.Span = n.span
		r.Word.decode(d, n)
		return
	}
	d.fields(n, r)
	if n.kind != mappingNode {
		return
	}
	var rules []*node
	for _, en := range n.entries {
		if k := en.key.value; k != "severity" && k != "recoverable" {
			rules = append(rules, en.key)
		}
	}
	switch {
	case len(rules) == 0:
		d.rep.Error(diag.GuardrailBroken, firstLine(n), "the guardrail names no rule")
	case len(rules) > 1:
		d.rep.Error(diag.GuardrailBroken, rules[1].span, "a guardrail holds one rule, this is its second").
			Also(rules[0].span, "the first").Hint("start a new list item")
	}
}
