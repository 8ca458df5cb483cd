package guard

// Severity says how bad a violation is.
type Severity string

// The severities.
const (
	Warning Severity = "warning" // reported, nothing else
	Error   Severity = "error"   // the reply is not accepted
	Fatal   Severity = "fatal"   // the model is given up at once
)

// Violation is one thing that was wrong with an input or a reply.
type Violation struct {
	// Rule is what was broken: the name of a guardrail, or the JSON Schema keyword.
	Rule string `json:"rule"`
	// Path is a JSON pointer to the value, empty for the whole or for plain text.
	Path string `json:"path,omitzero"`
	// Message says what is wrong. It may quote the value.
	Message string `json:"message"`
	// Severity says how bad it is.
	Severity Severity `json:"severity,omitzero"`
	// Recoverable reports whether another attempt may help.
	Recoverable bool `json:"recoverable,omitzero"`
	// Position is a byte offset into the reply's text, where the rule knows one.
	Position int `json:"position,omitzero"`
	// Suggestion says what to do about it, where there is something to say.
	Suggestion string `json:"suggestion,omitzero"`
}

// String returns path and message in one line.
func (v Violation) String() string {
	if v.Path == "" {
		return v.Message
	}
	return v.Path + ": " + v.Message
}
