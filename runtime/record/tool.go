package record

// ToolRequested says that the model asks for a tool, with all its arguments.
type ToolRequested struct {
	ToolName   string `json:"toolName"`
	ToolCallID string `json:"toolCallId"`
	// Arguments are the parsed arguments; text that does not parse is under _raw.
	Arguments map[string]any `json:"arguments"`
}

// ToolStart says that a tool call is pending.
type ToolStart struct {
	ToolCallID string `json:"toolCallId"`
	ToolName   string `json:"toolName"`
}

// ToolResult is what a tool returned.
type ToolResult struct {
	ToolCallID string `json:"toolCallId"`
	Result     any    `json:"result"`
	DurationMs int64  `json:"durationMs"`
}

// ToolError says that a tool failed.
type ToolError struct {
	ToolCallID string `json:"toolCallId"`
	Error      string `json:"error"`
	ErrorType  string `json:"errorType,omitzero"`
	DurationMs int64  `json:"durationMs"`
}

// ToolCompleted ends a tool call whose result was seen.
type ToolCompleted struct {
	ToolCallID string `json:"toolCallId"`
	// Status is success or error.
	Status string `json:"status"`
}
