package check

import (
	"regexp"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// patterns reports expressions that RE2 cannot run.
func patterns(rep *diag.Report, pkg *ir.Package) {
	walkTypes(pkg, func(t *ir.Type) {
		if t.Rules.Pattern == "" {
			return
		}
		if _, err := regexp.Compile(t.Rules.Pattern); err != nil {
			rep.Error(diag.PatternInvalid, t.PatternSpan, "the pattern is not usable: %s", regexpProblem(err)).
				Hint("patterns are RE2: no look-around, no back-references")
		}
	})
	for _, p := range pkg.Prompts {
		for _, r := range p.Policy.Guardrails.Rules {
			if r.Kind != "pattern" {
				continue
			}
			for _, expr := range append(append([]string(nil), r.Deny...), r.Require...) {
				if _, err := regexp.Compile(expr); err != nil {
					rep.Error(diag.PatternInvalid, r.Span, "the pattern is not usable: %s", regexpProblem(err)).
						Hint("patterns are RE2: no look-around, no back-references")
				}
			}
		}
	}
}

func regexpProblem(err error) string {
	return strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}
