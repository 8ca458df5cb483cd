package l0

// GeneratedV1 is what generated code refers to, so that it compiles only against a runtime
// of its own generation. It has no other use.
const GeneratedV1 = 1
