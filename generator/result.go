package generator

import (
	"fmt"
	"io"
	"slices"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
)

// Diagnostic is one thing that is wrong, or unwise, in the specs.
type Diagnostic = diag.Diagnostic

// Result is what the compiler made of the specs.
type Result struct {
	// Packages are ordered by directory. They hold files only when no
	// diagnostic is an error.
	Packages []PackageResult
	// Diagnostics are ordered by file and place.
	Diagnostics []*Diagnostic
	// Unreadable says that a file or directory could not be read, which the
	// diagnostics name.
	Unreadable bool

	base string
}

// PackageResult is the Go code of one directory.
type PackageResult struct {
	// Dir is the directory, relative to the working directory, with slashes.
	Dir string
	// Files are all that the directory must hold, ordered by path.
	Files []File

	abs       string
	generated []string // files of earlier runs, by path below the directory
	meaning   *ir.Package
}

// Meaning is what the specs of the directory mean, for package interp; nil when
// they have errors. It must not be changed.
func (p *PackageResult) Meaning() *ir.Package { return p.meaning }

// File is one generated file.
type File struct {
	// Path is below the package's directory, with slashes.
	Path    string
	Content []byte
}

// HasErrors reports whether a diagnostic is an error.
func (r *Result) HasErrors() bool { return r.has(diag.Error) }

// HasWarnings reports whether a diagnostic is a warning.
func (r *Result) HasWarnings() bool { return r.has(diag.Warning) }

func (r *Result) has(s diag.Severity) bool {
	return slices.ContainsFunc(r.Diagnostics, func(d *Diagnostic) bool { return d.Severity == s })
}

// WriteDiagnostics writes the diagnostics as "text", "json" or "github".
// color holds for text.
func (r *Result) WriteDiagnostics(w io.Writer, format string, color bool) error {
	switch format {
	case "text":
		return diag.Text(w, r.Diagnostics, color)
	case "json":
		return diag.JSON(w, r.Diagnostics)
	case "github":
		return diag.GitHub(w, r.Diagnostics)
	default:
		return fmt.Errorf("unknown format %q: use text, json or github", format)
	}
}
