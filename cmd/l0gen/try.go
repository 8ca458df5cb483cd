package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
)

const tryLong = `Try shows what one policy of a spec does, without calling a model.`

const tryExample = `  l0gen try retry support/tickets.l0.yaml ClassifyTicket`

// plannedTries are the tries of the design that this version has not.
func plannedTries() []string { return []string{"chunk", "guard", "parse", "vote"} }

func newTry(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   "try COMMAND",
		Short:                 "Show what a policy does, offline",
		Long:                  tryLong,
		Example:               tryExample,
		DisableFlagsInUseLine: true,
		Args:                  cobra.ArbitraryArgs,
	}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return unknownTry(cmd, args[0])
	}
	cmd.AddCommand(newTryRetry(s))
	return cmd
}

func unknownTry(cmd *cobra.Command, name string) error {
	if slices.Contains(plannedTries(), name) {
		return &usageError{message: fmt.Sprintf("command \"try %s\" is not available yet", name), cmd: cmd}
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return &usageError{message: fmt.Sprintf("unknown command \"try %s\"", name), hint: nearest(name, names), cmd: cmd}
}
