package wire

import (
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// maxName is how long the name of a tool or a schema may be.
const maxName = 64

// ToolName returns a name for the tool or the schema that holds a reply, made of what every
// provider allows.
func ToolName(function string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		}
		return '_'
	}, function)
	name = strings.TrimLeft(name, "_-0123456789")
	if name == "" {
		name = "reply"
	}
	return name[:min(len(name), maxName)]
}

// Key returns the text of a key without the white space that files and environments leave
// around it, which no header may hold.
func Key(key l0.Secret) string { return strings.TrimSpace(string(key)) }
