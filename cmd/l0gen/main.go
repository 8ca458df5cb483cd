package main

import (
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// gcPercent lets the heap grow to nine times what is live before it is
// collected: a run lasts a moment, and collecting took a third of it.
const gcPercent = 800

func main() {
	// A reader that went away is reported, instead of ending the program.
	signal.Ignore(syscall.SIGPIPE)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
