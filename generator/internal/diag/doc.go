// Package diag holds what the compiler says about specs: diagnostics with
// stable codes, the report that collects them, and their renderings as text,
// JSON and GitHub annotations.
//
// It decides nothing about specs; the stages do, and report here, and package
// generator renders what they said. Messages are lower case, have no full stop,
// say what is wrong in plain words and never blame; hints say how to mend it.
package diag
