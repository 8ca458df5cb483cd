package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// command runs l0gen and returns what it wrote.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no command", nil, "l0gen: no command\nRun 'l0gen -h' for usage.\n"},
		{
			"unknown command",
			[]string{"genrate"},
			"l0gen: unknown command \"genrate\"\nDid you mean \"generate\"?\nRun 'l0gen -h' for usage.\n",
		},
		{"far from any command", []string{"frobnicate"}, "l0gen: unknown command \"frobnicate\"\nRun 'l0gen -h' for usage.\n"},
		{
			"unknown command with flags",
			[]string{"ini", "--force"},
			"l0gen: unknown command \"ini\"\nDid you mean \"init\"?\nRun 'l0gen -h' for usage.\n",
		},
		{"unknown flag", []string{"--bogus"}, "l0gen: unknown flag: --bogus\nRun 'l0gen -h' for usage.\n"},
		{
			"unknown flag of a command",
			[]string{"generate", "--chek"},
			"l0gen: unknown flag: --chek\nDid you mean \"--check\"?\nRun 'l0gen generate -h' for usage.\n",
		},
		{
			"unknown short flag",
			[]string{"generate", "-x"},
			"l0gen: unknown shorthand flag: 'x' in -x\nRun 'l0gen generate -h' for usage.\n",
		},
		{
			"wrong flag value",
			[]string{"generate", "--check=maybe"},
			"l0gen: invalid argument \"maybe\" for \"--check\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax\n" +
				"Run 'l0gen generate -h' for usage.\n",
		},
		{
			"unknown format",
			[]string{"validate", "--format", "jsn"},
			"l0gen: unknown format \"jsn\"; it is one of text, json, github\nDid you mean \"json\"?\n" +
				"Run 'l0gen validate -h' for usage.\n",
		},
		{
			"planned format",
			[]string{"validate", "--format=sarif"},
			"l0gen: format \"sarif\" is not supported yet\nRun 'l0gen validate -h' for usage.\n",
		},
		{
			"arguments for none",
			[]string{"schema", "x"},
			"l0gen: schema takes no arguments, got \"x\"\nRun 'l0gen schema -h' for usage.\n",
		},
		{"two folders", []string{"init", "a", "b"}, "l0gen: init takes one folder, got 2\nRun 'l0gen init -h' for usage.\n"},
		{"help of nothing", []string{"help", "valdate"}, "l0gen: unknown command \"valdate\"\nDid you mean \"validate\"?\nRun 'l0gen -h' for usage.\n"},
		{
			"completion of nothing",
			[]string{"completion", "tcsh"},
			"l0gen: completion is for one of bash, fish, powershell, zsh\nRun 'l0gen completion -h' for usage.\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := command(tt.args...)
			assert.Equal(t, exitUsage, code)
			assert.Empty(t, stdout)
			assert.Equal(t, tt.want, stderr)
		})
	}
}

func TestPlannedCommands(t *testing.T) {
	t.Parallel()
	for _, name := range planned() {
		for _, args := range [][]string{{name}, {name, "--live", "x"}, {"help", name}} {
			code, stdout, stderr := command(args...)
			assert.Equal(t, exitUsage, code, args)
			assert.Empty(t, stdout, args)
			assert.Equal(t, "l0gen: command \""+name+"\" is not available yet\nRun 'l0gen -h' for usage.\n", stderr, args)
		}
	}
}

func TestHelpOfEveryCommand(t *testing.T) {
	t.Parallel()
	_, top, _ := command("-h")
	for _, name := range []string{"generate", "init", "schema", "sim", "validate", "version"} {
		code, stdout, stderr := command(name, "-h")
		assert.Equal(t, exitFine, code, name)
		assert.Empty(t, stderr, name)
		assert.Contains(t, top, "\n  "+name+" ", "the list of commands")
		for _, part := range []string{"\nUsage:\n  l0gen " + name, "\nExamples:\n  ", "\nFlags:\n"} {
			assert.Contains(t, stdout, part, name)
		}
		_, again, _ := command("help", name)
		assert.Equal(t, stdout, again, "help and -h of %s", name)
	}
}

func TestCompletionIsThereButNotListed(t *testing.T) {
	t.Parallel()
	code, script, _ := command("completion", "bash")
	assert.Equal(t, exitFine, code)
	assert.Contains(t, script, "l0gen")
	_, top, _ := command("-h")
	assert.NotContains(t, top, "completion")
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	full := brokenWriter{errors.New("no space left on device")}
	for _, args := range [][]string{{"schema"}, {"version"}, {"-h"}, {"generate", "-h"}} {
		var stderr bytes.Buffer
		code := run(args, strings.NewReader(""), full, &stderr)
		assert.Equal(t, exitBroken, code, args)
		assert.Equal(t, "l0gen: cannot write to standard output: no space left on device\n", stderr.String(), args)
	}
	assert.Equal(t, exitBroken, run([]string{"nothing"}, strings.NewReader(""), full, full))
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	code, _, _ := command("init", dir)
	require.Equal(t, exitFine, code)
	for _, name := range []string{"generate", "validate"} {
		var stdout, stderr bytes.Buffer
		s := streams{out: &output{w: &stdout}, err: &output{w: &stderr}}
		assert.Equal(t, exitBroken, execute(ctx, []string{name, dir}, s), name)
		assert.Equal(t, "l0gen: interrupted\n", stderr.String(), name)
		assert.Empty(t, stdout.String(), name)
	}
}

func TestInterruptedBeforeWriting(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	code, _, _ := command("init", dir)
	require.Equal(t, exitFine, code)
	var stdout bytes.Buffer
	// The folder is in no module, which is warned of after all is compiled.
	s := streams{out: &output{w: &stdout}, err: &output{w: callWriter(cancel)}}
	assert.Equal(t, exitBroken, execute(ctx, []string{"generate", "-v", dir}, s))
	assert.Empty(t, stdout.String())
	assert.NoFileExists(t, filepath.Join(dir, "client.l0.go"))
}

// callWriter is called by each write.
type callWriter func()

func (w callWriter) Write(p []byte) (int, error) {
	w()
	return len(p), nil
}

//nolint:paralleltest // other tests' goroutines would be taken for leaks
func TestRunLeavesNoGoroutine(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	code, _, stderr := command("validate", t.TempDir())
	assert.Equal(t, exitProblems, code)
	assert.Contains(t, stderr, "[L0104]")
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"generate", "init", "schema", "validate", "version"}
	for name, want := range map[string]string{
		"generat": "generate", "gnerate": "generate", "generates": "generate", "int": "init", "inti": "init",
		"shcema": "schema", "verzion": "version", "": "", "xyz": "", "generator": "generate",
	} {
		assert.Equal(t, want, nearest(name, names), name)
	}
}

//nolint:paralleltest // it changes the environment
func TestColor(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer device.Close()
	terminal := &output{w: device} // a character device, as terminals are
	for _, name := range []string{"NO_COLOR", "CI", "TERM"} {
		t.Setenv(name, "")
	}
	assert.True(t, terminal.color())
	assert.False(t, (&output{w: &bytes.Buffer{}}).color())
	for name, value := range map[string]string{"NO_COLOR": "1", "CI": "true", "TERM": "dumb"} {
		t.Setenv(name, value)
		assert.False(t, terminal.color(), name)
		t.Setenv(name, "")
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	defer file.Close()
	assert.False(t, (&output{w: file}).color())
}
