package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const rootLong = `l0gen compiles specs of language-model calls, the *.l0.yaml files, into typed Go.

A PATH is a spec file, a folder, or folder/... for a folder and all below it;
without one it is the working directory.

Exit codes: 0 fine; 1 the specs have problems; 2 wrong usage; 3 could not read
or write.`

const rootExample = `  l0gen init support
  l0gen validate ./...
  l0gen generate ./...`

// usageTemplate lays out what -h and help print below a command's description.
const usageTemplate = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Run '{{.CommandPath}} COMMAND -h' for the flags and examples of a command.{{end}}
`

// planned are the commands that the format's design has and this version has
// not.
func planned() []string {
	return []string{"diff", "docs", "lock", "render", "replay", "test"}
}

func newRoot(args []string, s streams) *cobra.Command {
	root := &cobra.Command{
		Use:               "l0gen COMMAND [flags] [PATH...]",
		Short:             "Compile specs of language-model calls into typed Go",
		Long:              rootLong,
		Example:           rootExample,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.DisableFlagsInUseLine = true
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return nil
	}
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		return &usageError{message: "no command", cmd: cmd}
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if name := firstWord(args); cmd == root && name != "" {
			return unknownCommand(root, name)
		}
		return wrongFlag(cmd, err)
	})
	root.SetUsageTemplate(usageTemplate)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetArgs(append([]string{}, args...)) // nil would mean those of the process
	root.AddCommand(newGenerate(s), newValidate(s), newSchema(s), newInit(s), newSim(s), newTry(s), newVersion(s))
	root.SetHelpCommand(newHelp(root))
	addCompletion(root)
	return root
}

// addCompletion adds cobra's command that prints shell completions. It is not
// listed: it is for the set-up of a shell.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(*cobra.Command, []string) error {
			return &usageError{message: "completion is for one of bash, fish, powershell, zsh", cmd: cmd}
		}
		for _, shell := range cmd.Commands() {
			shell.Args = noArgs
		}
	}
}

func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:                   "help [COMMAND]",
		Short:                 "Explain a command",
		Example:               "  l0gen help generate",
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, args[0])
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// noArgs is for commands that take no arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{message: fmt.Sprintf("%s takes no arguments, got %q", cmd.Name(), args[0]), cmd: cmd}
	}
	return nil
}

func unknownCommand(root *cobra.Command, name string) error {
	if slices.Contains(planned(), name) {
		return &usageError{message: fmt.Sprintf("command %q is not available yet", name), cmd: root}
	}
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return &usageError{
		message: fmt.Sprintf("unknown command %q", name),
		hint:    nearest(name, names),
		cmd:     root,
	}
}

func wrongFlag(cmd *cobra.Command, err error) error {
	wrong := &usageError{message: err.Error(), cmd: cmd}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if called, _, err := cmd.Root().Find([]string{unknown.GetSpecifiedName()}); err == nil && called != cmd.Root() {
			wrong.hint = called.CommandPath() // l0gen --version
		} else if best := nearest(unknown.GetSpecifiedName(), names); best != "" {
			wrong.hint = "--" + best
		}
	}
	return wrong
}

// firstWord returns the first argument that is not a flag.
func firstWord(args []string) string {
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return arg
		}
	}
	return ""
}
