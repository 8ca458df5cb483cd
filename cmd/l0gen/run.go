package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes, the same for every command.
const (
	exitFine     = 0
	exitProblems = 1 // the specs have problems, or files are stale
	exitUsage    = 2 // the command line is wrong
	exitBroken   = 3 // something could not be read or written
)

// errProblems ends a command whose output has already said what is wrong.
var errProblems = errors.New("the specs have problems")

// errUnreadable ends a command whose output has already said what it could not
// read.
var errUnreadable = errors.New("not everything could be read")

// streams are what a command reads and writes.
type streams struct {
	in  io.Reader
	out *output // results
	err *output // diagnostics and errors
}

// run executes a command line and returns its exit code. An interrupt cancels
// it; a second one ends the program at once.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return execute(ctx, args, streams{in: stdin, out: &output{w: stdout}, err: &output{w: stderr}})
}

func execute(ctx context.Context, args []string, s streams) int {
	root := newRoot(args, s) //nolint:contextcheck // cobra hands the context to the commands
	err := root.ExecuteContext(ctx)
	if s.out.err != nil {
		err = fmt.Errorf("cannot write to standard output: %w", s.out.err)
	}
	code := exitCode(err)
	var usage *usageError
	switch {
	case err == nil, errors.Is(err, errProblems), errors.Is(err, errUnreadable):
	case errors.Is(err, context.Canceled):
		s.err.printf("l0gen: interrupted\n")
	case errors.As(err, &usage):
		s.err.printf("l0gen: %v\n%s", err, usage.advice())
	default:
		s.err.printf("l0gen: %v\n", err)
	}
	if s.err.err != nil {
		return exitBroken
	}
	return code
}

func exitCode(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &usage):
		return exitUsage
	default:
		return exitBroken
	}
}

// usageError is a mistake in the command line.
type usageError struct {
	message string
	hint    string         // what was probably meant; may be empty
	cmd     *cobra.Command // whose help to read
}

func (e *usageError) Error() string { return e.message }

func (e *usageError) advice() string {
	var b strings.Builder
	if e.hint != "" {
		fmt.Fprintf(&b, "Did you mean %q?\n", e.hint)
	}
	fmt.Fprintf(&b, "Run '%s -h' for usage.\n", e.cmd.CommandPath())
	return b.String()
}
