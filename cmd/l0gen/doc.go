// Command l0gen compiles specs of language-model calls, the *.l0.yaml files,
// into typed Go.
//
// It holds no logic of its own: each command parses its flags, calls package
// generator, and turns the result into output and an exit code.
package main
