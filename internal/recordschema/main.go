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
