// Package support is a support desk whose prompts are declared in
// tickets.l0.yaml. Everything in it but this file is generated.
package support

//go:generate go run github.com/l0gen/l0gen/cmd/l0gen generate
