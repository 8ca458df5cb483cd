package plan

// The functions of this file return the name of the runtime's constant for a
// word of the specs, "" when there is none. A test compares them with the
// runtime.

func className(word string) string {
	switch word {
	case "fast":
		return "ClassFast"
	case "standard":
		return "ClassStandard"
	case "large":
		return "ClassLarge"
	case "reasoning":
		return "ClassReasoning"
	case "local":
		return "ClassLocal"
	}
	return ""
}

func networkName(word string) string {
	if word == "edge" {
		return "NetworkEdge"
	}
	return ""
}

func outputModeName(word string) string {
	switch word {
	case "auto":
		return "OutputAuto"
	case "native":
		return "OutputNative"
	case "tool":
		return "OutputTool"
	case "prompt":
		return "OutputPrompt"
	}
	return ""
}

func retryPresetName(word string) string {
	switch word {
	case "minimal":
		return "Minimal"
	case "recommended":
		return "Recommended"
	case "strict":
		return "Strict"
	case "exponential":
		return "ExponentialPreset"
	case "none":
		return "NoRetries"
	}
	return ""
}

func backoffName(word string) string {
	switch word {
	case "fixed_jitter":
		return "FixedJitter"
	case "exponential":
		return "Exponential"
	case "full_jitter":
		return "FullJitter"
	case "linear":
		return "Linear"
	case "fixed":
		return "Fixed"
	}
	return ""
}

func reasonName(word string) string {
	switch word {
	case "zero_output":
		return "ZeroOutput"
	case "guardrail_violation":
		return "GuardrailViolation"
	case "drift":
		return "Drift"
	case "incomplete":
		return "Incomplete"
	case "network_error":
		return "NetworkError"
	case "timeout":
		return "Timeout"
	case "rate_limit":
		return "RateLimit"
	case "server_error":
		return "ServerError"
	case "unknown":
		return "Unknown"
	}
	return ""
}

// errorDelayField returns a field of the runtime's table of delays.
func errorDelayField(word string) string {
	switch word {
	case "connection_dropped":
		return "ConnectionDropped"
	case "fetch_error":
		return "FetchError"
	case "econnreset":
		return "ECONNRESET"
	case "econnrefused":
		return "ECONNREFUSED"
	case "sse_aborted":
		return "SSEAborted"
	case "no_bytes":
		return "NoBytes"
	case "partial_chunks":
		return "PartialChunks"
	case "runtime_killed":
		return "RuntimeKilled"
	case "background_throttle":
		return "BackgroundThrottle"
	case "dns_error":
		return "DNSError"
	case "ssl_error":
		return "SSLError"
	case "timeout":
		return "Timeout"
	case "unknown":
		return "Unknown"
	}
	return ""
}

func guardPresetName(word string) string {
	switch word {
	case "none":
		return "NoRules"
	case "minimal":
		return "Minimal"
	case "recommended":
		return "Recommended"
	case "strict":
		return "Strict"
	case "json":
		return "JSONOnly"
	case "markdown":
		return "Markdown"
	case "latex":
		return "Latex"
	}
	return ""
}

func ruleKindName(word string) string {
	switch word {
	case "json":
		return "KindJSON"
	case "strict_json":
		return "KindStrictJSON"
	case "markdown":
		return "KindMarkdown"
	case "latex":
		return "KindLatex"
	case "zero_output":
		return "KindZeroOutput"
	case "stall":
		return "KindStall"
	case "repetition":
		return "KindRepetition"
	case "refusal":
		return "KindRefusal"
	case "pattern":
		return "KindPattern"
	case "phrases":
		return "KindPhrases"
	case "length":
		return "KindLength"
	case "assert":
		return "KindAssert"
	case "check":
		return "KindCheck"
	case "custom":
		return "KindCustom"
	}
	return ""
}

func severityName(word string) string {
	switch word {
	case "warning":
		return "Warning"
	case "error":
		return "Error"
	case "fatal":
		return "Fatal"
	}
	return ""
}

func unitName(word string) string {
	switch word {
	case "char":
		return "Chars"
	case "word":
		return "Words"
	case "token":
		return "Tokens"
	}
	return ""
}

func fatalName(word string) string {
	switch word {
	case "fallback":
		return "Fallback"
	case "halt":
		return "Halt"
	}
	return ""
}

func exhaustedName(word string) string {
	switch word {
	case "fail":
		return "Fail"
	case "return":
		return "Return"
	}
	return ""
}

func deliveryName(word string) string {
	switch word {
	case "live":
		return "Live"
	case "checked":
		return "Checked"
	}
	return ""
}

func signalName(word string) string {
	switch word {
	case "meta_commentary":
		return "MetaCommentary"
	case "tone_shift":
		return "ToneShift"
	case "repetition":
		return "Repetition"
	case "entropy_spike":
		return "EntropySpike"
	case "format_collapse":
		return "FormatCollapse"
	case "markdown_collapse":
		return "MarkdownCollapse"
	case "hedging":
		return "Hedging"
	}
	return ""
}

func repairLevelName(word string) string {
	switch word {
	case "strict":
		return "Strict"
	case "standard":
		return "Standard"
	case "lenient":
		return "Lenient"
	}
	return ""
}
