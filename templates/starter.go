package templates

import (
	"bytes"
	"embed"
	"text/template"
)

//go:embed starter
var starter embed.FS

// Starter is what a new package of specs starts with.
type Starter struct {
	// Package is the name of the Go package.
	Package string
	// ModuleDir is the folder of go.mod below the root of the repository, with
	// slashes; "." when it is the root.
	ModuleDir string
}

// Spec returns a small spec that generates and compiles as it is.
func (Starter) Spec() ([]byte, error) {
	return starter.ReadFile("starter/tickets.l0.yaml")
}

// Directive returns a Go file that makes "go generate" call l0gen.
func (s Starter) Directive() ([]byte, error) {
	return s.execute("generate.go.tmpl")
}

// Workflow returns a GitHub Actions workflow that checks specs and the code
// generated from them.
func (s Starter) Workflow() ([]byte, error) {
	return s.execute("workflow.yml.tmpl")
}

func (s Starter) execute(name string) ([]byte, error) {
	t, err := template.ParseFS(starter, "starter/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, s); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
