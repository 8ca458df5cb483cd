package main

import (
	"fmt"
	"io"
	"os"
)

// output is a stream that remembers its first error, so that commands may
// write without asking each time.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	var n int
	n, o.err = o.w.Write(p)
	return n, o.err
}

func (o *output) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(o, format, args...) // the error is remembered
}

// color reports whether a stream may be coloured: it is a terminal, and the
// environment does not forbid it.
func (o *output) color() bool {
	f, ok := o.w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("CI") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
