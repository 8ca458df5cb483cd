// Package plan decides what the Go code of a package of specs looks like: its
// names, files, types, doc comments, schemas and collisions.
//
// It reads the meaning of the specs (package ir) and knows no way to print Go.
// What it returns is plain data: whoever prints it may ask whether something is
// there, never what it means. Package generator calls it, and package emit
// prints the result.
package plan
