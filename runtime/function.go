package l0

import "github.com/l0gen/l0gen/runtime/schema"

// Function is a declared prompt: all that differs between one generated function and
// another, as data. It is read only and safe for concurrent use once it is made.
type Function[In, Out any] struct {
	// Name and Version are those of the spec.
	Name    string
	Version int
	// Hash identifies the prompt's text, types, models and policy.
	Hash string
	// Models are the model and its fallbacks, first choice first.
	Models []ModelName
	// Render makes the messages. format is the text that tells the model the form of its
	// answer, empty if that needs no telling. It is usually passed to [Messages].
	Render func(in In, format string) []Message
	// InputSchema is the JSON Schema that inputs must fit. Empty means that the Go type says all.
	InputSchema string
	// Schema is the JSON Schema of the output. Empty means that the output is text, and Out
	// is string.
	Schema string
	// Policy is what the spec changes of the defaults.
	Policy Policy
}

// Messages returns the messages for in, for snapshot tests: those that are sent to a
// provider that does not enforce the schema by itself. Absent inputs have their defaults.
// It does not check the input; nil means that Render panicked.
func (f *Function[In, Out]) Messages(in In) []Message {
	if input, err := compileOptional(f.InputSchema); err == nil && input.HasDefaults() {
		in, _ = checkInput(input, in)
	}
	msgs, err := f.render(in, formatFor(f.Schema, OutputPrompt))
	if err != nil {
		return nil
	}
	return msgs
}

// render calls Render, which is generated or user code.
func (f *Function[In, Out]) render(in In, format string) (msgs []Message, err error) {
	defer recoverTo(&err, "Render")
	if f.Render == nil {
		return nil, &Error{Code: CodeNotConfigured, Message: "the function has no Render"}
	}
	return f.Render(in, format), nil
}

// formatFor returns the text that tells a model the form of its answer.
func formatFor(schemaText string, mode OutputMode) string {
	if schemaText == "" || mode != OutputPrompt {
		return ""
	}
	return "Answer with one JSON value that is valid against the JSON Schema below, and with nothing else: " +
		"no text before or after it and no code fence.\n" + schemaText
}

// compileOptional compiles a schema; the empty text gives nil, which accepts everything.
func compileOptional(text string) (*schema.Schema, error) {
	if text == "" {
		return nil, nil
	}
	return schema.Compile(text)
}
