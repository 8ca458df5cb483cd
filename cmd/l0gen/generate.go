package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/generator"
)

const generateLong = `Generate writes the Go code of each package, beside its specs.

Only files whose content changes are written. Generated files of specs that are
gone are removed. Files that l0gen did not write are never touched. Nothing is
written while a spec has an error.`

const generateExample = `  # In a Go file of the package:
  //go:generate go tool l0gen generate

  # In CI: fail, and show the difference, when someone forgot to generate.
  l0gen generate --check ./...`

type generateFlags struct {
	check   bool
	verbose bool
}

func newGenerate(s streams) *cobra.Command {
	var flags generateFlags
	cmd := &cobra.Command{
		Use:                   "generate [flags] [PATH...]",
		Short:                 "Write the Go code of specs",
		Long:                  generateLong,
		Example:               generateExample,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, paths []string) error {
			return generate(cmd.Context(), s, paths, flags)
		},
	}
	cmd.Flags().BoolVar(&flags.check, "check", false, "write nothing; exit 1 and show the difference when files are stale")
	cmd.Flags().BoolVarP(&flags.verbose, "verbose", "v", false, "say what was done to each file")
	return cmd
}

func generate(ctx context.Context, s streams, paths []string, flags generateFlags) error {
	result, err := generator.Generate(ctx, paths, generator.Options{})
	if err != nil {
		return err
	}
	if err := result.WriteDiagnostics(s.err, formatText, s.err.color()); err != nil {
		return err
	}
	if err := verdict(result, false); err != nil {
		return err
	}
	if flags.check {
		return checkFresh(s, result)
	}
	if err := ctx.Err(); err != nil {
		return err // interrupted at the last moment: nothing was written yet
	}
	changes, err := result.Write()
	if err != nil {
		return err
	}
	if flags.verbose {
		printChanges(s.out, changes)
	}
	return nil
}

func checkFresh(s streams, result *generator.Result) error {
	diffs, err := result.Diff()
	if err != nil {
		return err
	}
	for _, d := range diffs {
		s.out.printf("%s", d.Text)
	}
	if len(diffs) == 0 {
		return nil
	}
	s.err.printf("l0gen: generated code is stale; run l0gen generate\n")
	return errProblems
}

func printChanges(out *output, changes *generator.Changes) {
	for _, group := range []struct {
		what  string
		paths []string
	}{
		{"wrote", changes.Written},
		{"removed", changes.Removed},
		{"unchanged", changes.Unchanged},
	} {
		for _, path := range group.paths {
			out.printf("%s %s\n", group.what, path)
		}
	}
}
