package record

import "github.com/l0gen/l0gen/runtime/guard"

// StructuredParseStart comes before the reply is parsed.
type StructuredParseStart struct {
	// ContentLength is the length of the text in bytes.
	ContentLength int `json:"contentLength"`
}

// StructuredParseEnd comes when the reply was parsed.
type StructuredParseEnd struct {
	Success    bool  `json:"success"`
	DurationMs int64 `json:"durationMs"`
}

// StructuredParseError says that the reply could not be parsed.
type StructuredParseError struct {
	Error string `json:"error"`
}

// StructuredAutoCorrectStart comes before the reply is repaired.
type StructuredAutoCorrectStart struct{}

// StructuredAutoCorrectEnd says what was repaired.
type StructuredAutoCorrectEnd struct {
	Corrected bool `json:"corrected"`
	// Corrections are the names of the repairs.
	Corrections []string `json:"corrections"`
}

// StructuredValidationStart comes before the value is validated.
type StructuredValidationStart struct{}

// StructuredValidationEnd comes when the value was validated.
type StructuredValidationEnd struct {
	Valid      bool  `json:"valid"`
	DurationMs int64 `json:"durationMs"`
}

// StructuredValidationError says what did not fit.
type StructuredValidationError struct {
	Errors []guard.Violation `json:"errors"`
}
