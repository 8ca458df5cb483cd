// Command recordschema writes the JSON Schema of the records of package record,
// reflected from its Go types with their doc comments. "go generate" in the
// folder schemas runs it; neither l0gen nor the runtime imports it, so that the
// runtime links no reflector.
package main
