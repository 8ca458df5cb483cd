package generator

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/l0gen/l0gen/generator/internal/gopkg"
)

// Changes says what Write did. The paths are relative to the working
// directory, with slashes.
type Changes struct {
	Written, Removed, Unchanged []string
}

// Write brings the directories to what the result says: files that differ are
// replaced, each at once, and generated files that no spec asks for any more
// are removed. Nothing is written outside the packages' directories, and
// nothing at all when the result has errors.
func (r *Result) Write() (*Changes, error) {
	if r.HasErrors() {
		return nil, errors.New("the specs have errors, so nothing was written")
	}
	changes := &Changes{}
	for i := range r.Packages {
		if err := r.Packages[i].write(changes); err != nil {
			return changes, err
		}
	}
	return changes, nil
}

func (p *PackageResult) write(changes *Changes) error {
	root, err := os.OpenRoot(p.abs)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // only read from
	for _, f := range p.Files {
		shown := path.Join(p.Dir, f.Path)
		old, err := root.ReadFile(filepath.FromSlash(f.Path))
		if err == nil && bytes.Equal(old, f.Content) {
			changes.Unchanged = append(changes.Unchanged, shown)
			continue
		}
		if err := replace(root, f); err != nil {
			return fmt.Errorf("write %s: %w", shown, err)
		}
		changes.Written = append(changes.Written, shown)
	}
	for _, stale := range p.stale() {
		shown := path.Join(p.Dir, stale)
		if err := remove(root, stale); err != nil {
			return fmt.Errorf("remove %s: %w", shown, err)
		}
		changes.Removed = append(changes.Removed, shown)
	}
	return nil
}

// stale lists the generated files that the result does not have.
func (p *PackageResult) stale() []string {
	var out []string
	for _, name := range p.generated {
		if !slices.ContainsFunc(p.Files, func(f File) bool { return f.Path == name }) {
			out = append(out, name)
		}
	}
	return out
}

// replace writes a file under another name first, so that a reader sees the
// old content or the new, and a failure leaves the old.
func replace(root *os.Root, f File) error {
	name := filepath.FromSlash(f.Path)
	if dir := filepath.Dir(name); dir != "." {
		if err := root.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temp := name + ".tmp"
	err := root.WriteFile(temp, f.Content, mode)
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		_ = root.Remove(temp) // the first error is the one to tell
	}
	return err
}

// remove removes a generated file, and its directory when that is left empty.
// It looks once more that the file is one of ours.
func remove(root *os.Root, stale string) error {
	name := filepath.FromSlash(stale)
	content, err := root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !gopkg.IsGenerated(content) {
		return nil
	}
	if err := root.Remove(name); err != nil {
		return err
	}
	if dir := filepath.Dir(name); dir != "." {
		_ = root.Remove(dir) // fails when it is not empty, as it should
	}
	return nil
}
