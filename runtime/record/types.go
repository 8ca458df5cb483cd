package record

// The kinds of steps.
const (
	TypeSessionStart               Type = "SESSION_START"
	TypeSessionEnd                 Type = "SESSION_END"
	TypeSessionSummary             Type = "SESSION_SUMMARY"
	TypeComplete                   Type = "COMPLETE"
	TypeError                      Type = "ERROR"
	TypeAbortRequested             Type = "ABORT_REQUESTED"
	TypeAbortCompleted             Type = "ABORT_COMPLETED"
	TypeAttemptStart               Type = "ATTEMPT_START"
	TypeStreamInit                 Type = "STREAM_INIT"
	TypeStreamReady                Type = "STREAM_READY"
	TypeAdapterWrapStart           Type = "ADAPTER_WRAP_START"
	TypeAdapterDetected            Type = "ADAPTER_DETECTED"
	TypeAdapterWrapEnd             Type = "ADAPTER_WRAP_END"
	TypeTimeoutStart               Type = "TIMEOUT_START"
	TypeTimeoutReset               Type = "TIMEOUT_RESET"
	TypeTimeoutTriggered           Type = "TIMEOUT_TRIGGERED"
	TypeNetworkError               Type = "NETWORK_ERROR"
	TypeNetworkRecovery            Type = "NETWORK_RECOVERY"
	TypeConnectionDropped          Type = "CONNECTION_DROPPED"
	TypeConnectionRestored         Type = "CONNECTION_RESTORED"
	TypeRetryStart                 Type = "RETRY_START"
	TypeRetryAttempt               Type = "RETRY_ATTEMPT"
	TypeRetryEnd                   Type = "RETRY_END"
	TypeRetryGiveUp                Type = "RETRY_GIVE_UP"
	TypeRetryFnStart               Type = "RETRY_FN_START"
	TypeRetryFnResult              Type = "RETRY_FN_RESULT"
	TypeRetryFnError               Type = "RETRY_FN_ERROR"
	TypeFallbackStart              Type = "FALLBACK_START"
	TypeFallbackModelSelected      Type = "FALLBACK_MODEL_SELECTED"
	TypeFallbackEnd                Type = "FALLBACK_END"
	TypeCheckpointSaved            Type = "CHECKPOINT_SAVED"
	TypeContinuationStart          Type = "CONTINUATION_START"
	TypeResumeStart                Type = "RESUME_START"
	TypeToolRequested              Type = "TOOL_REQUESTED"
	TypeToolStart                  Type = "TOOL_START"
	TypeToolResult                 Type = "TOOL_RESULT"
	TypeToolError                  Type = "TOOL_ERROR"
	TypeToolCompleted              Type = "TOOL_COMPLETED"
	TypeGuardrailPhaseStart        Type = "GUARDRAIL_PHASE_START"
	TypeGuardrailRuleStart         Type = "GUARDRAIL_RULE_START"
	TypeGuardrailRuleResult        Type = "GUARDRAIL_RULE_RESULT"
	TypeGuardrailRuleEnd           Type = "GUARDRAIL_RULE_END"
	TypeGuardrailPhaseEnd          Type = "GUARDRAIL_PHASE_END"
	TypeGuardrailCallbackStart     Type = "GUARDRAIL_CALLBACK_START"
	TypeGuardrailCallbackEnd       Type = "GUARDRAIL_CALLBACK_END"
	TypeDriftCheckResult           Type = "DRIFT_CHECK_RESULT"
	TypeDriftCheckSkipped          Type = "DRIFT_CHECK_SKIPPED"
	TypeStructuredParseStart       Type = "STRUCTURED_PARSE_START"
	TypeStructuredParseEnd         Type = "STRUCTURED_PARSE_END"
	TypeStructuredParseError       Type = "STRUCTURED_PARSE_ERROR"
	TypeStructuredAutoCorrectStart Type = "STRUCTURED_AUTO_CORRECT_START"
	TypeStructuredAutoCorrectEnd   Type = "STRUCTURED_AUTO_CORRECT_END"
	TypeStructuredValidationStart  Type = "STRUCTURED_VALIDATION_START"
	TypeStructuredValidationEnd    Type = "STRUCTURED_VALIDATION_END"
	TypeStructuredValidationError  Type = "STRUCTURED_VALIDATION_ERROR"
)

// Details returns a zero value of each kind of step.
func Details() []Detail {
	return []Detail{
		SessionStart{},
		SessionEnd{},
		SessionSummary{},
		Complete{},
		Error{},
		AbortRequested{},
		AbortCompleted{},
		AttemptStart{},
		StreamInit{},
		StreamReady{},
		AdapterWrapStart{},
		AdapterDetected{},
		AdapterWrapEnd{},
		TimeoutStart{},
		TimeoutReset{},
		TimeoutTriggered{},
		NetworkError{},
		NetworkRecovery{},
		ConnectionDropped{},
		ConnectionRestored{},
		RetryStart{},
		RetryAttempt{},
		RetryEnd{},
		RetryGiveUp{},
		RetryFnStart{},
		RetryFnResult{},
		RetryFnError{},
		FallbackStart{},
		FallbackModelSelected{},
		FallbackEnd{},
		CheckpointSaved{},
		ContinuationStart{},
		ResumeStart{},
		ToolRequested{},
		ToolStart{},
		ToolResult{},
		ToolError{},
		ToolCompleted{},
		GuardrailPhaseStart{},
		GuardrailRuleStart{},
		GuardrailRuleResult{},
		GuardrailRuleEnd{},
		GuardrailPhaseEnd{},
		GuardrailCallbackStart{},
		GuardrailCallbackEnd{},
		DriftCheckResult{},
		DriftCheckSkipped{},
		StructuredParseStart{},
		StructuredParseEnd{},
		StructuredParseError{},
		StructuredAutoCorrectStart{},
		StructuredAutoCorrectEnd{},
		StructuredValidationStart{},
		StructuredValidationEnd{},
		StructuredValidationError{},
	}
}

// Type returns SESSION_START.
func (SessionStart) Type() Type { return TypeSessionStart }

// Type returns SESSION_END.
func (SessionEnd) Type() Type { return TypeSessionEnd }

// Type returns SESSION_SUMMARY.
func (SessionSummary) Type() Type { return TypeSessionSummary }

// Type returns COMPLETE.
func (Complete) Type() Type { return TypeComplete }

// Type returns ERROR.
func (Error) Type() Type { return TypeError }

// Type returns ABORT_REQUESTED.
func (AbortRequested) Type() Type { return TypeAbortRequested }

// Type returns ABORT_COMPLETED.
func (AbortCompleted) Type() Type { return TypeAbortCompleted }

// Type returns ATTEMPT_START.
func (AttemptStart) Type() Type { return TypeAttemptStart }

// Type returns STREAM_INIT.
func (StreamInit) Type() Type { return TypeStreamInit }

// Type returns STREAM_READY.
func (StreamReady) Type() Type { return TypeStreamReady }

// Type returns ADAPTER_WRAP_START.
func (AdapterWrapStart) Type() Type { return TypeAdapterWrapStart }

// Type returns ADAPTER_DETECTED.
func (AdapterDetected) Type() Type { return TypeAdapterDetected }

// Type returns ADAPTER_WRAP_END.
func (AdapterWrapEnd) Type() Type { return TypeAdapterWrapEnd }

// Type returns TIMEOUT_START.
func (TimeoutStart) Type() Type { return TypeTimeoutStart }

// Type returns TIMEOUT_RESET.
func (TimeoutReset) Type() Type { return TypeTimeoutReset }

// Type returns TIMEOUT_TRIGGERED.
func (TimeoutTriggered) Type() Type { return TypeTimeoutTriggered }

// Type returns NETWORK_ERROR.
func (NetworkError) Type() Type { return TypeNetworkError }

// Type returns NETWORK_RECOVERY.
func (NetworkRecovery) Type() Type { return TypeNetworkRecovery }

// Type returns CONNECTION_DROPPED.
func (ConnectionDropped) Type() Type { return TypeConnectionDropped }

// Type returns CONNECTION_RESTORED.
func (ConnectionRestored) Type() Type { return TypeConnectionRestored }

// Type returns RETRY_START.
func (RetryStart) Type() Type { return TypeRetryStart }

// Type returns RETRY_ATTEMPT.
func (RetryAttempt) Type() Type { return TypeRetryAttempt }

// Type returns RETRY_END.
func (RetryEnd) Type() Type { return TypeRetryEnd }

// Type returns RETRY_GIVE_UP.
func (RetryGiveUp) Type() Type { return TypeRetryGiveUp }

// Type returns RETRY_FN_START.
func (RetryFnStart) Type() Type { return TypeRetryFnStart }

// Type returns RETRY_FN_RESULT.
func (RetryFnResult) Type() Type { return TypeRetryFnResult }

// Type returns RETRY_FN_ERROR.
func (RetryFnError) Type() Type { return TypeRetryFnError }

// Type returns FALLBACK_START.
func (FallbackStart) Type() Type { return TypeFallbackStart }

// Type returns FALLBACK_MODEL_SELECTED.
func (FallbackModelSelected) Type() Type { return TypeFallbackModelSelected }

// Type returns FALLBACK_END.
func (FallbackEnd) Type() Type { return TypeFallbackEnd }

// Type returns CHECKPOINT_SAVED.
func (CheckpointSaved) Type() Type { return TypeCheckpointSaved }

// Type returns CONTINUATION_START.
func (ContinuationStart) Type() Type { return TypeContinuationStart }

// Type returns RESUME_START.
func (ResumeStart) Type() Type { return TypeResumeStart }

// Type returns TOOL_REQUESTED.
func (ToolRequested) Type() Type { return TypeToolRequested }

// Type returns TOOL_START.
func (ToolStart) Type() Type { return TypeToolStart }

// Type returns TOOL_RESULT.
func (ToolResult) Type() Type { return TypeToolResult }

// Type returns TOOL_ERROR.
func (ToolError) Type() Type { return TypeToolError }

// Type returns TOOL_COMPLETED.
func (ToolCompleted) Type() Type { return TypeToolCompleted }

// Type returns GUARDRAIL_PHASE_START.
func (GuardrailPhaseStart) Type() Type { return TypeGuardrailPhaseStart }

// Type returns GUARDRAIL_RULE_START.
func (GuardrailRuleStart) Type() Type { return TypeGuardrailRuleStart }

// Type returns GUARDRAIL_RULE_RESULT.
func (GuardrailRuleResult) Type() Type { return TypeGuardrailRuleResult }

// Type returns GUARDRAIL_RULE_END.
func (GuardrailRuleEnd) Type() Type { return TypeGuardrailRuleEnd }

// Type returns GUARDRAIL_PHASE_END.
func (GuardrailPhaseEnd) Type() Type { return TypeGuardrailPhaseEnd }

// Type returns GUARDRAIL_CALLBACK_START.
func (GuardrailCallbackStart) Type() Type { return TypeGuardrailCallbackStart }

// Type returns GUARDRAIL_CALLBACK_END.
func (GuardrailCallbackEnd) Type() Type { return TypeGuardrailCallbackEnd }

// Type returns DRIFT_CHECK_RESULT.
func (DriftCheckResult) Type() Type { return TypeDriftCheckResult }

// Type returns DRIFT_CHECK_SKIPPED.
func (DriftCheckSkipped) Type() Type { return TypeDriftCheckSkipped }

// Type returns STRUCTURED_PARSE_START.
func (StructuredParseStart) Type() Type { return TypeStructuredParseStart }

// Type returns STRUCTURED_PARSE_END.
func (StructuredParseEnd) Type() Type { return TypeStructuredParseEnd }

// Type returns STRUCTURED_PARSE_ERROR.
func (StructuredParseError) Type() Type { return TypeStructuredParseError }

// Type returns STRUCTURED_AUTO_CORRECT_START.
func (StructuredAutoCorrectStart) Type() Type { return TypeStructuredAutoCorrectStart }

// Type returns STRUCTURED_AUTO_CORRECT_END.
func (StructuredAutoCorrectEnd) Type() Type { return TypeStructuredAutoCorrectEnd }

// Type returns STRUCTURED_VALIDATION_START.
func (StructuredValidationStart) Type() Type { return TypeStructuredValidationStart }

// Type returns STRUCTURED_VALIDATION_END.
func (StructuredValidationEnd) Type() Type { return TypeStructuredValidationEnd }

// Type returns STRUCTURED_VALIDATION_ERROR.
func (StructuredValidationError) Type() Type { return TypeStructuredValidationError }

func (SessionStart) sealed()               {}
func (SessionEnd) sealed()                 {}
func (SessionSummary) sealed()             {}
func (Complete) sealed()                   {}
func (Error) sealed()                      {}
func (AbortRequested) sealed()             {}
func (AbortCompleted) sealed()             {}
func (AttemptStart) sealed()               {}
func (StreamInit) sealed()                 {}
func (StreamReady) sealed()                {}
func (AdapterWrapStart) sealed()           {}
func (AdapterDetected) sealed()            {}
func (AdapterWrapEnd) sealed()             {}
func (TimeoutStart) sealed()               {}
func (TimeoutReset) sealed()               {}
func (TimeoutTriggered) sealed()           {}
func (NetworkError) sealed()               {}
func (NetworkRecovery) sealed()            {}
func (ConnectionDropped) sealed()          {}
func (ConnectionRestored) sealed()         {}
func (RetryStart) sealed()                 {}
func (RetryAttempt) sealed()               {}
func (RetryEnd) sealed()                   {}
func (RetryGiveUp) sealed()                {}
func (RetryFnStart) sealed()               {}
func (RetryFnResult) sealed()              {}
func (RetryFnError) sealed()               {}
func (FallbackStart) sealed()              {}
func (FallbackModelSelected) sealed()      {}
func (FallbackEnd) sealed()                {}
func (CheckpointSaved) sealed()            {}
func (ContinuationStart) sealed()          {}
func (ResumeStart) sealed()                {}
func (ToolRequested) sealed()              {}
func (ToolStart) sealed()                  {}
func (ToolResult) sealed()                 {}
func (ToolError) sealed()                  {}
func (ToolCompleted) sealed()              {}
func (GuardrailPhaseStart) sealed()        {}
func (GuardrailRuleStart) sealed()         {}
func (GuardrailRuleResult) sealed()        {}
func (GuardrailRuleEnd) sealed()           {}
func (GuardrailPhaseEnd) sealed()          {}
func (GuardrailCallbackStart) sealed()     {}
func (GuardrailCallbackEnd) sealed()       {}
func (DriftCheckResult) sealed()           {}
func (DriftCheckSkipped) sealed()          {}
func (StructuredParseStart) sealed()       {}
func (StructuredParseEnd) sealed()         {}
func (StructuredParseError) sealed()       {}
func (StructuredAutoCorrectStart) sealed() {}
func (StructuredAutoCorrectEnd) sealed()   {}
func (StructuredValidationStart) sealed()  {}
func (StructuredValidationEnd) sealed()    {}
func (StructuredValidationError) sealed()  {}
