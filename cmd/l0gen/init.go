package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/templates"
)

const initLong = `Init writes what a package of specs starts with: a small spec, a Go file with
the generate directive, and a GitHub workflow that checks both in CI.

It overwrites nothing: when one of the files exists, it writes none. A workflow
that an earlier init wrote is shared and stays.`

const initExample = `  l0gen init support
  go get -tool github.com/l0gen/l0gen/cmd/l0gen
  go generate ./support`

func newInit(s streams) *cobra.Command {
	var ci bool
	cmd := &cobra.Command{
		Use:                   "init [flags] [DIR]",
		Short:                 "Write a starter spec, the generate directive, and a CI workflow",
		Long:                  initLong,
		Example:               initExample,
		DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{message: fmt.Sprintf("init takes one folder, got %d", len(args)), cmd: cmd}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return initPackage(s, dir, ci)
		},
	}
	cmd.Flags().BoolVar(&ci, "ci", true, "write the CI workflow; --ci=false leaves it out")
	return cmd
}

// starterFile is a file that init writes.
type starterFile struct {
	path    string
	content []byte
	shared  bool // by all packages of a repository, so it may be there already
}

func initPackage(s streams, dir string, ci bool) error {
	files, err := starterFiles(dir, ci)
	if err != nil {
		return err
	}
	files, err = missing(files)
	if err != nil {
		return err
	}
	if err := createAll(files); err != nil {
		return err
	}
	for _, f := range files {
		s.out.printf("wrote %s\n", filepath.ToSlash(f.path))
	}
	s.out.printf("\nNext:\n  go get -tool github.com/l0gen/l0gen/cmd/l0gen\n  go generate ./...\n")
	return nil
}

func starterFiles(dir string, ci bool) ([]starterFile, error) {
	name, err := packageName(dir)
	if err != nil {
		return nil, err
	}
	repo, module, err := findRoots(dir)
	if err != nil {
		return nil, err
	}
	starter := templates.Starter{Package: name, ModuleDir: module}
	spec, specErr := starter.Spec()
	directive, directiveErr := starter.Directive()
	workflow, workflowErr := starter.Workflow()
	files := []starterFile{
		{path: filepath.Join(dir, "tickets.l0.yaml"), content: spec},
		{path: filepath.Join(dir, "generate.go"), content: directive},
	}
	if ci {
		path := filepath.Join(repo, ".github", "workflows", "l0gen.yml")
		files = append(files, starterFile{path: path, content: workflow, shared: true})
	}
	return files, errors.Join(specErr, directiveErr, workflowErr)
}

// missing returns the files that are to be written, or an error that names
// those that are in the way.
func missing(files []starterFile) ([]starterFile, error) {
	var missing []starterFile
	var there []string
	for _, f := range files {
		_, err := os.Lstat(f.path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, f)
			continue
		case err != nil:
			return nil, err
		}
		if content, err := os.ReadFile(f.path); !f.shared || err != nil || !bytes.Equal(content, f.content) {
			there = append(there, filepath.ToSlash(f.path))
		}
	}
	if len(there) > 0 {
		return nil, fmt.Errorf("init overwrites nothing, and wrote nothing: %s already there", listed(there))
	}
	return missing, nil
}

func listed(paths []string) string {
	if len(paths) == 1 {
		return paths[0] + " is"
	}
	return strings.Join(paths, ", ") + " are"
}

// createAll writes all files or, when one cannot be written, leaves none.
func createAll(files []starterFile) error {
	for i, f := range files {
		if err := create(f); err != nil {
			for _, written := range files[:i] {
				err = errors.Join(err, os.Remove(written.path))
			}
			return err
		}
	}
	return nil
}

// create writes a file that must not exist yet.
func create(f starterFile) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
		return err
	}
	out, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(f.content)
	if err = errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, os.Remove(f.path))
	}
	return nil
}
