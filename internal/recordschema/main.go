// Command recordschema writes the JSON Schema of the records of package record,
// reflected from its Go types with their doc comments. "go generate" in the
// folder schemas runs it; neither l0gen nor the runtime imports it, so that the
// runtime links no reflector.
package main

import (
	"flag"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	root := flag.String("root", ".", "the root of the module")
	out := flag.String("o", "", "the file to write")
	flag.Parse()
	text, err := Reflect(*root)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, text, 0o644); err != nil { //nolint:gosec // a published file
		log.Fatal(err)
	}
}
