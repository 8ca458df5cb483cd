package render

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// JSON returns v as compact JSON, with <, > and & as they are.
//
// Rendering cannot fail. A value that JSON has no form for (NaN, a function, a method that
// fails or panics) becomes a JSON string that says so, beginning with "!error: ", which
// shows in a snapshot test and is still JSON to whoever reads the prompt.
func JSON(v any) string {
	text, err := encode(v)
	if err != nil {
		text, _ = encode("!error: " + err.Error()) // a string always has a JSON form
	}
	return text
}

func encode(v any) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("encoding %T panicked", v)
		}
	}()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(buf.Bytes(), []byte("\n"))), nil
}
