package check

import (
	"encoding/json"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// tokenLimits reports a limit on output tokens that stands in the policy and in
// the model's own parameters.
func tokenLimits(rep *diag.Report, pkg *ir.Package) {
	for _, p := range pkg.Prompts {
		if p.Policy.Limits.MaxOutputTokens == nil {
			continue
		}
		for _, m := range p.Models {
			if key := tokenParam(m.Params); key != "" {
				rep.Error(diag.PolicyConflict, p.Policy.Spans["limits.max_output_tokens"],
					"limits.max_output_tokens and %s of model %q limit the same", key, m.Name).Also(m.Span, "the model").Hint("keep one of them")
			}
		}
	}
}

// tokenParam is the providers' field for the limit that params hold, if any.
func tokenParam(params string) string {
	var fields map[string]json.RawMessage
	if params == "" || json.Unmarshal([]byte(params), &fields) != nil {
		return ""
	}
	for _, key := range []string{"max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "num_predict"} {
		if _, has := fields[key]; has {
			return key
		}
	}
	return ""
}
