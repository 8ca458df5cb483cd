package resolve

import (
	"go/token"
	"path"
	"strings"
	"unicode"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// packageName chooses the Go package: what the specs say, which must be one,
// else the fallback.
func (r *resolver) packageName(specs []*syntax.Spec, fallback string, existing bool) string {
	var chosen syntax.String
	for _, s := range specs {
		name := s.Package
		switch {
		case !name.IsSet() || name.Value == "":
		case !token.IsIdentifier(name.Value) || name.Value == "_":
			r.rep.Error(diag.NameInvalid, name.Span, "%q is not a Go package name", name.Value)
		case !chosen.IsSet():
			chosen = name
		case chosen.Value != name.Value:
			r.rep.Error(diag.PackageConflict, name.Span, "package %q, but another spec of this directory says %q",
				name.Value, chosen.Value).Also(chosen.Span, "here").
				Hint("all specs of a directory make one package; move one of them to a directory of its own")
		}
	}
	if !chosen.IsSet() {
		return fallback
	}
	if existing && chosen.Value != fallback {
		r.rep.Error(diag.PackageConflict, chosen.Span, "package %q, but the Go files here are of package %q",
			chosen.Value, fallback).Hint("write \"package: %s\", or leave the key out", fallback)
	}
	return chosen.Value
}

// PackageNameOf makes a Go package name of a directory's.
func PackageNameOf(dir string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(path.Base(dir)) {
		if unicode.IsLetter(c) || c == '_' || unicode.IsDigit(c) && b.Len() > 0 {
			b.WriteRune(c)
		}
	}
	name := strings.Trim(b.String(), "_")
	if !token.IsIdentifier(name) {
		return "prompts"
	}
	return name
}

// clean prepares a comment's text: no space around it.
func clean(doc string) string { return strings.TrimSpace(doc) }
