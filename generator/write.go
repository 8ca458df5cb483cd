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
// are removed. Everything is written under other names first, so that a full
// disk or a folder that may not be written leaves all packages as they were.
// Nothing is written outside the packages' directories, and nothing at all when
// the result has errors.
func (r *Result) Write() (*Changes, error) {
	if r.HasErrors() {
		return nil, errors.New("the specs have errors, so nothing was written")
	}
	w := &writer{changes: &Changes{}}
	defer w.close()
	for i := range r.Packages {
		if err := w.prepare(&r.Packages[i]); err != nil {
			return w.changes, err
		}
	}
	return w.changes, w.commit()
}

// writer prepares the changes of all packages, and then makes them.
type writer struct {
	changes *Changes
	roots   []*os.Root
	ready   []replacement
	stale   []target
}

// target is a file in the directory of a package.
type target struct {
	root  *os.Root
	name  string
	shown string // as the user sees it
}

// replacement is a file that was written under another name.
type replacement struct {
	target
	temp string
}

// close removes what was prepared and not used.
func (w *writer) close() {
	for _, f := range w.ready {
		_ = f.root.Remove(f.temp) // there is an error to tell already
	}
	for _, root := range w.roots {
		_ = root.Close() // only names were used
	}
}

func (w *writer) prepare(p *PackageResult) error {
	root, err := os.OpenRoot(p.abs)
	if err != nil {
		return err
	}
	w.roots = append(w.roots, root)
	for _, f := range p.Files {
		to := target{root: root, name: filepath.FromSlash(f.Path), shown: path.Join(p.Dir, f.Path)}
		old, err := root.ReadFile(to.name)
		if err == nil && bytes.Equal(old, f.Content) {
			w.changes.Unchanged = append(w.changes.Unchanged, to.shown)
			continue
		}
		temp, err := to.writeBeside(f.Content)
		if temp != "" {
			w.ready = append(w.ready, replacement{target: to, temp: temp})
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", to.shown, err)
		}
	}
	for _, name := range p.stale() {
		w.stale = append(w.stale, target{root: root, name: filepath.FromSlash(name), shown: path.Join(p.Dir, name)})
	}
	return nil
}

// commit gives what was prepared its names, and removes what is stale.
func (w *writer) commit() error {
	for len(w.ready) > 0 {
		f := w.ready[0]
		if err := f.root.Rename(f.temp, f.name); err != nil {
			return fmt.Errorf("write %s: %w", f.shown, err)
		}
		w.ready = w.ready[1:]
		w.changes.Written = append(w.changes.Written, f.shown)
	}
	for _, f := range w.stale {
		if err := remove(f.root, f.name); err != nil {
			return fmt.Errorf("remove %s: %w", f.shown, err)
		}
		w.changes.Removed = append(w.changes.Removed, f.shown)
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

// writeBeside writes content under a name that nothing has yet, and returns that
// name as soon as it is taken.
func (t target) writeBeside(content []byte) (temp string, err error) {
	if dir := filepath.Dir(t.name); dir != "." {
		if err := t.root.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	mode := fs.FileMode(0o644)
	if info, err := t.root.Stat(t.name); err == nil {
		mode = info.Mode().Perm()
	}
	var out *os.File
	for i := 1; out == nil; i++ {
		temp = fmt.Sprintf("%s.tmp%d", t.name, i)
		out, err = t.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	_, err = out.Write(content)
	return temp, errors.Join(err, out.Close())
}

// remove removes a generated file, and its directory when that is left empty.
// It looks once more that the file is one of ours.
func remove(root *os.Root, name string) error {
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
