// Package render is what compiled message templates call: a text under construction
// and the functions that a template may use.
//
// It is no template engine. Templates are type-checked and turned into Go when code is
// generated; what is left for run time is to print values, and that cannot fail. Every
// function is pure, never panics, and is safe for concurrent use; a [Text] is not, it
// belongs to the one call that renders.
//
// It imports the standard library only, so that rendering pulls nothing else into a program.
package render
