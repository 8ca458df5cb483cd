package l0

import (
	"reflect"
	"strings"
)

// refusal is the error of policies that ask for what nothing acts on yet; nil when all of it
// is acted on. A policy that is ignored would be a promise that nobody keeps.
func refusal(policies []Policy) *Error {
	var parts []string
	for _, part := range []struct {
		name string
		of   func(Policy) any
	}{
		{"Guardrails", func(p Policy) any {
			p.Guardrails.ZeroOutput, p.Guardrails.OnFatal = 0, ""
			return p.Guardrails
		}},
		{"Drift", func(p Policy) any { return p.Drift }},
		{"Repair", func(p Policy) any { return p.Repair }},
	} {
		for _, p := range policies {
			if !reflect.ValueOf(part.of(p)).IsZero() {
				parts = append(parts, part.name)
				break
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &Error{
		Code:    CodeNotConfigured,
		Message: "the policy sets " + strings.Join(parts, ", ") + ", which this version does not act on yet",
		Advice:  "leave them out",
	}
}
