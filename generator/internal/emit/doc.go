// Package emit prints the Go code that package plan decided on. It is the only
// part of the compiler that knows how Go is printed, and it knows nothing of
// specs.
//
// Package generator calls [Files]. Above each emitter stands the Go that it emits.
package emit
