// Command specschema writes the JSON Schema of the spec format, reflected from
// the Go types of the spec tree with their doc comments, to standard output.
// "go generate" in the folder schemas runs it; l0gen itself carries only what
// it wrote.
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
