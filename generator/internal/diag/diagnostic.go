package diag

import (
	"fmt"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// Severity says how bad a diagnostic is.
type Severity int

// The severities. An error stops generation, a warning does not.
const (
	Error Severity = iota
	Warning
)

// String returns "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one thing that is wrong, or unwise, in the specs.
type Diagnostic struct {
	Code     Code
	Severity Severity
	// Span is where it is wrong. It stands nowhere for what concerns no file.
	Span source.Span
	// Path names the file or folder when Span stands nowhere.
	Path    string
	Message string
	// Hints say how to mend it, one sentence each.
	Hints []string
	// Related are the other places that the problem involves.
	Related []Related

	report *Report // that it was added to first
}

// Related is another place that a problem involves, such as the first of two
// declarations of one name.
type Related struct {
	Span    source.Span
	Message string
}

// Hint adds a sentence that says how to mend the problem, and returns d.
func (d *Diagnostic) Hint(format string, args ...any) *Diagnostic {
	d.Hints = append(d.Hints, fmt.Sprintf(format, args...))
	return d
}

// Also adds another place that the problem involves, and returns d.
func (d *Diagnostic) Also(span source.Span, format string, args ...any) *Diagnostic {
	d.Related = append(d.Related, Related{Span: span, Message: fmt.Sprintf(format, args...)})
	return d
}

// DidYouMean adds a hint that names the candidate nearest to name, if any is
// near, and returns d.
func (d *Diagnostic) DidYouMean(name string, candidates []string) *Diagnostic {
	d.Suggest(name, func() []string { return candidates })
	return d
}

// Suggest adds a hint that names the candidate nearest to name, and reports
// whether one is near. Looking costs time for each candidate; a report with
// very many problems stops looking, and then says so little more.
func (d *Diagnostic) Suggest(name string, candidates func() []string) bool {
	if d.report == nil || !d.report.maySuggest() {
		return false
	}
	list := candidates()
	d.report.suggested(len(list))
	best := Nearest(name, list)
	if best == "" {
		return false
	}
	d.Hint("did you mean %q?", best)
	return true
}
