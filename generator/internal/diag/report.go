package diag

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// Report collects diagnostics. It is safe for concurrent use; its order does
// not depend on the order of the calls.
type Report struct {
	mu         sync.Mutex
	list       []*Diagnostic
	candidates int // names that were compared for suggestions
}

// maxCandidates is how many names a report compares for its suggestions; at
// about a microsecond each, that bounds what a hostile spec can cost.
const maxCandidates = 100_000

func (r *Report) maySuggest() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.candidates < maxCandidates
}

func (r *Report) suggested(candidates int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.candidates += candidates
}

// Error adds an error at a span.
func (r *Report) Error(code Code, span source.Span, format string, args ...any) *Diagnostic {
	return r.add(&Diagnostic{Code: code, Severity: Error, Span: span, Message: fmt.Sprintf(format, args...)})
}

// Warn adds a warning at a span.
func (r *Report) Warn(code Code, span source.Span, format string, args ...any) *Diagnostic {
	return r.add(&Diagnostic{Code: code, Severity: Warning, Span: span, Message: fmt.Sprintf(format, args...)})
}

// ErrorAt adds an error about a file or folder as a whole.
func (r *Report) ErrorAt(code Code, path, format string, args ...any) *Diagnostic {
	return r.add(&Diagnostic{Code: code, Severity: Error, Path: path, Message: fmt.Sprintf(format, args...)})
}

// WarnAt adds a warning about a file or folder as a whole.
func (r *Report) WarnAt(code Code, path, format string, args ...any) *Diagnostic {
	return r.add(&Diagnostic{Code: code, Severity: Warning, Path: path, Message: fmt.Sprintf(format, args...)})
}

func (r *Report) add(d *Diagnostic) *Diagnostic {
	r.mu.Lock()
	defer r.mu.Unlock()
	d.report = r
	r.list = append(r.list, d)
	return d
}

// Add adds all that another report holds.
func (r *Report) Add(o *Report) {
	list := o.Diagnostics()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, list...)
}

// Drop removes the diagnostics of these codes, which turned out to be only the
// consequence of others.
func (r *Report) Drop(codes ...Code) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = slices.DeleteFunc(r.list, func(d *Diagnostic) bool { return slices.Contains(codes, d.Code) })
}

// HasErrors reports whether an error was added.
func (r *Report) HasErrors() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.list, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Diagnostics returns what was added, ordered by file, place, code and
// message, each once.
func (r *Report) Diagnostics() []*Diagnostic {
	r.mu.Lock()
	defer r.mu.Unlock()
	sorted := slices.Clone(r.list)
	slices.SortStableFunc(sorted, compare)
	return slices.CompactFunc(sorted, func(a, b *Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b *Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.path(), b.path()),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Span.End, b.Span.End),
	)
}

func (d *Diagnostic) path() string {
	if d.Span.File != nil {
		return d.Span.File.Path
	}
	return d.Path
}
