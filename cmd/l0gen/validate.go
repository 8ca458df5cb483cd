package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/generator"
)

// The formats of diagnostics.
const (
	formatText   = "text"
	formatJSON   = "json"
	formatGitHub = "github"
	formatSARIF  = "sarif"
)

const validateLong = `Validate checks specs as generate does, and writes nothing.

All problems of all files are reported in one run. As text they go to standard
error; as json or github they are the result, and go to standard output.`

const validateExample = `  l0gen validate ./...

  # In GitHub Actions: show problems beside the lines they concern.
  l0gen validate --format github --strict ./...`

type validateFlags struct {
	format string
	strict bool
}

func newValidate(s streams) *cobra.Command {
	var flags validateFlags
	cmd := &cobra.Command{
		Use:                   "validate [flags] [PATH...]",
		Short:                 "Check specs and report every problem",
		Long:                  validateLong,
		Example:               validateExample,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := checkFormat(cmd, flags.format); err != nil {
				return err
			}
			return validate(cmd.Context(), s, paths, flags)
		},
	}
	cmd.Flags().StringVar(&flags.format, "format", formatText, "how to report problems: text, json or github")
	cmd.Flags().BoolVar(&flags.strict, "strict", false, "exit 1 for warnings too")
	return cmd
}

func checkFormat(cmd *cobra.Command, format string) error {
	switch format {
	case formatText, formatJSON, formatGitHub:
		return nil
	case formatSARIF:
		return &usageError{message: "format \"sarif\" is not supported yet", cmd: cmd}
	default:
		return &usageError{
			message: fmt.Sprintf("unknown format %q; it is one of text, json, github", format),
			hint:    nearest(format, []string{formatText, formatJSON, formatGitHub}),
			cmd:     cmd,
		}
	}
}

func validate(ctx context.Context, s streams, paths []string, flags validateFlags) error {
	result, err := generator.Check(ctx, paths, generator.Options{})
	if err != nil {
		return err
	}
	to := s.out
	if flags.format == formatText {
		to = s.err
	}
	if err := result.WriteDiagnostics(to, flags.format, to.color()); err != nil {
		return err
	}
	return verdict(result, flags.strict)
}

// verdict says whether the problems that were reported end a command. What
// could not be read weighs more than what is wrong.
func verdict(result *generator.Result, strict bool) error {
	switch {
	case result.Unreadable:
		return errUnreadable
	case result.HasErrors(), strict && result.HasWarnings():
		return errProblems
	default:
		return nil
	}
}
