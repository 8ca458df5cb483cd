// Command specschema writes the JSON Schema of the spec format, reflected from
// the Go types of the spec tree with their doc comments, to standard output.
// "go generate" in the folder schemas runs it; l0gen itself carries only what
// it wrote.
package main
