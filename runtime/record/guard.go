package record

import "github.com/l0gen/l0gen/runtime/guard"

// GuardrailPhaseStart begins a check by all rules.
type GuardrailPhaseStart struct {
	Phase      Phase `json:"phase"`
	RuleCount  int   `json:"ruleCount"`
	TokenCount int   `json:"tokenCount"`
}

// GuardrailRuleStart begins the check by one rule.
type GuardrailRuleStart struct {
	// Index is the position of the rule in the list.
	Index  int    `json:"index"`
	RuleID string `json:"ruleId"`
	// CallbackID is the same in all records of this check.
	CallbackID string `json:"callbackId"`
}

// GuardrailRuleResult is what a rule found.
type GuardrailRuleResult struct {
	Index  int    `json:"index"`
	RuleID string `json:"ruleId"`
	Passed bool   `json:"passed"`
	// Violation is the first of Violations.
	Violation  *guard.Violation  `json:"violation,omitzero"`
	Violations []guard.Violation `json:"violations,omitzero"`
}

// GuardrailRuleEnd ends the check by one rule.
type GuardrailRuleEnd struct {
	Index      int    `json:"index"`
	RuleID     string `json:"ruleId"`
	Passed     bool   `json:"passed"`
	CallbackID string `json:"callbackId"`
	DurationMs int64  `json:"durationMs"`
}

// GuardrailPhaseEnd ends a check by all rules.
type GuardrailPhaseEnd struct {
	Phase      Phase             `json:"phase"`
	Passed     bool              `json:"passed"`
	Violations []guard.Violation `json:"violations"`
	DurationMs int64             `json:"durationMs"`
}

// GuardrailCallbackStart comes before a callback of a rule.
type GuardrailCallbackStart struct {
	CallbackID string `json:"callbackId"`
	Index      int    `json:"index"`
	RuleID     string `json:"ruleId"`
}

// GuardrailCallbackEnd comes after a callback of a rule.
type GuardrailCallbackEnd struct {
	CallbackID string `json:"callbackId"`
	Index      int    `json:"index"`
	RuleID     string `json:"ruleId"`
	DurationMs int64  `json:"durationMs"`
	Success    bool   `json:"success"`
	Error      string `json:"error,omitzero"`
}

// DriftCheckResult is what the watch for drift found.
type DriftCheckResult struct {
	Detected  bool               `json:"detected"`
	Score     float64            `json:"score"`
	Metrics   map[string]float64 `json:"metrics"`
	Threshold float64            `json:"threshold"`
	Types     []string           `json:"types"`
}

// DriftCheckSkipped says why there was no check for drift.
type DriftCheckSkipped struct {
	Reason string `json:"reason"`
}
