package syntax

// Words is a fixed list of words that a value is chosen from.
type Words interface{ words() []string }

// Classes are the classes of models.
type Classes struct{}

func (Classes) words() []string { return []string{"fast", "standard", "large", "reasoning", "local"} }

// Networks are the kinds of network that a model is reached through.
type Networks struct{}

func (Networks) words() []string { return []string{"edge"} }

// PromptKinds are the kinds of answers that a prompt asks for.
type PromptKinds struct{}

func (PromptKinds) words() []string { return []string{"chat", "code", "long_form"} }

// RetryPresets are the named retry policies.
type RetryPresets struct{}

func (RetryPresets) words() []string {
	return []string{"minimal", "recommended", "strict", "exponential", "none"}
}

// Backoffs are the strategies that a delay grows by.
type Backoffs struct{}

func (Backoffs) words() []string {
	return []string{"fixed_jitter", "exponential", "full_jitter", "linear", "fixed"}
}

// RetryReasons are the reasons to try again.
type RetryReasons struct{}

func (RetryReasons) words() []string {
	return []string{
		"zero_output", "guardrail_violation", "drift", "incomplete", "network_error", "timeout",
		"rate_limit", "server_error", "unknown",
	}
}

// GuardrailPresets are the named sets of guardrail rules.
type GuardrailPresets struct{}

func (GuardrailPresets) words() []string {
	return []string{"none", "minimal", "recommended", "strict", "json", "markdown", "latex"}
}

// OnFatals say what a fatal violation leads to.
type OnFatals struct{}

func (OnFatals) words() []string { return []string{"fallback", "halt"} }

// OnExhausted says what happens when every retry broke a rule.
type OnExhausted struct{}

func (OnExhausted) words() []string { return []string{"fail", "return"} }

// Deliveries say when text reaches the caller.
type Deliveries struct{}

func (Deliveries) words() []string { return []string{"live", "checked"} }

// Severities are how bad a violation is.
type Severities struct{}

func (Severities) words() []string { return []string{"warning", "error", "fatal"} }

// LengthUnits are what a length is counted in.
type LengthUnits struct{}

func (LengthUnits) words() []string { return []string{"char", "word", "token"} }

// Signals are the signs of drift.
type Signals struct{}

func (Signals) words() []string {
	return []string{
		"meta_commentary", "tone_shift", "repetition", "entropy_spike", "format_collapse",
		"markdown_collapse", "hedging",
	}
}

// RepairLevels say how much a reply may be mended.
type RepairLevels struct{}

func (RepairLevels) words() []string { return []string{"strict", "standard", "lenient"} }

// OutputModes are the ways to ask a provider for structured output.
type OutputModes struct{}

func (OutputModes) words() []string { return []string{"auto", "native", "tool", "prompt"} }

// WindowStrategies are the ways to cut a document.
type WindowStrategies struct{}

func (WindowStrategies) words() []string { return []string{"token", "char", "paragraph", "sentence"} }

// WindowErrors say what a failed window does to the call.
type WindowErrors struct{}

func (WindowErrors) words() []string { return []string{"fail", "skip"} }

// ConsensusStrategies are the ways to agree.
type ConsensusStrategies struct{}

func (ConsensusStrategies) words() []string {
	return []string{"majority", "unanimous", "weighted", "best"}
}

// ConsensusPresets are the named consensus policies.
type ConsensusPresets struct{}

func (ConsensusPresets) words() []string { return []string{"strict", "standard", "lenient", "best"} }

// Conflicts say what happens without agreement.
type Conflicts struct{}

func (Conflicts) words() []string { return []string{"vote", "merge", "best", "fail"} }

// MergeRules are the ways to merge a field of window results.
type MergeRules struct{}

func (MergeRules) words() []string {
	return []string{"first", "last", "union", "concat", "sum", "max", "min"}
}

// Words returns the words that the value is chosen from.
func (OneOf[W]) Words() []string {
	var list W
	return list.words()
}
