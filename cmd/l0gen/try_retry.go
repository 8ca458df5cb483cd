package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/generator"
	"github.com/l0gen/l0gen/generator/interp"
)

const tryRetryLong = `Retry prints the schedule of a prompt's retries: which failures are tried again,
how often and after which delays, which rule ends them, and what a call costs at
worst. It is worked out from the policy that generated code has, with all
defaults; no model is called.

In JSON durations are milliseconds, and null where there is no limit.`

const tryRetryExample = `  l0gen try retry support/tickets.l0.yaml ClassifyTicket
  l0gen try retry --json support ClassifyTicket`

func newTryRetry(s streams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:                   "retry [flags] SPEC PROMPT",
		Short:                 "Print the delays and limits of a prompt's retries",
		Long:                  tryRetryLong,
		Example:               tryRetryExample,
		DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			const want = 2
			if len(args) != want {
				return &usageError{message: fmt.Sprintf("retry takes a spec and the name of a prompt, got %d arguments", len(args)), cmd: cmd}
			}
			return nil
		},
	}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		return tryRetry(cmd, s, args[0], args[1], asJSON)
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func tryRetry(cmd *cobra.Command, s streams, spec, name string, asJSON bool) error {
	result, err := checked(cmd.Context(), s, spec)
	if err != nil {
		return err
	}
	schedule, err := scheduleOf(cmd, result, spec, name)
	if err != nil {
		return err
	}
	if !asJSON {
		return schedule.WriteText(s.out)
	}
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	return enc.Encode(schedule)
}

// checked compiles specs for a command that works on what they mean. Problems
// go to standard error; errors end the command.
func checked(ctx context.Context, s streams, spec string) (*generator.Result, error) {
	result, err := generator.Check(ctx, []string{spec}, generator.Options{})
	if err != nil {
		return nil, err
	}
	if err := result.WriteDiagnostics(s.err, formatText, s.err.color()); err != nil {
		return nil, err
	}
	return result, verdict(result, false)
}

// scheduleOf finds the prompt among the packages that a path names.
func scheduleOf(cmd *cobra.Command, result *generator.Result, spec, name string) (*interp.Schedule, error) {
	var found *interp.Schedule
	var names []string
	for i := range result.Packages {
		pkg := result.Packages[i].Meaning()
		if pkg == nil {
			continue
		}
		p := interp.Find(pkg, name)
		if p != nil && found != nil {
			return nil, &usageError{message: fmt.Sprintf("%s has more than one prompt %q; name one spec", spec, name), cmd: cmd}
		}
		if p != nil {
			found = interp.NewSchedule(p)
		}
		for _, p := range pkg.Prompts {
			names = append(names, p.Name)
		}
	}
	if found == nil {
		return nil, &usageError{message: fmt.Sprintf("%s has no prompt %q", spec, name), hint: nearest(name, names), cmd: cmd}
	}
	return found, nil
}
