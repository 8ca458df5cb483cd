package generator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// specSuffix is what the names of specs end with.
const specSuffix = ".l0.yaml"

// unit is one directory: its specs make one Go package.
type unit struct {
	dir     string // as the file system knows it
	display string // as the user sees it, with slashes
	specs   []string
}

// loader finds the units that paths name.
type loader struct {
	rep        *diag.Report
	base       string // working directory
	units      map[string]*unit
	unreadable atomic.Bool
}

// load finds the directories that the paths name, ordered.
func (l *loader) load(paths []string) []*unit {
	l.units = map[string]*unit{}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		l.path(p)
	}
	units := make([]*unit, 0, len(l.units))
	for _, u := range l.units {
		units = append(units, u)
	}
	slices.SortFunc(units, func(a, b *unit) int { return strings.Compare(a.display, b.display) })
	return units
}

func (l *loader) path(p string) {
	if p == "" {
		l.rep.ErrorAt(diag.NoSpecs, ".", "an empty path names nothing").Hint("leave it out for this directory")
		return
	}
	if dir, ok := strings.CutSuffix(filepath.ToSlash(p), "..."); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		l.tree(p, l.abs(filepath.FromSlash(dir)))
		return
	}
	abs := l.abs(p)
	info, err := os.Stat(abs)
	switch {
	case err != nil:
		l.fail(l.rep, p, err)
	case info.IsDir():
		if !l.dir(abs) {
			l.noSpecs(p, abs)
		}
	case strings.HasSuffix(p, specSuffix):
		l.dir(filepath.Dir(abs))
	default:
		l.rep.ErrorAt(diag.NoSpecs, l.display(abs), "not a spec").Hint("the names of specs end with %s", specSuffix)
	}
}

// tree adds a directory and all below it, but for those that Go tools pass
// over too.
func (l *loader) tree(p, root string) {
	found := false
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.fail(l.rep, l.display(path), err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() && path != root && skipped(d.Name()):
			return fs.SkipDir
		case d.IsDir():
			found = l.dir(path) || found
		}
		return nil
	})
	if err != nil {
		l.fail(l.rep, p, err)
	}
	if !found && !l.unreadable.Load() {
		l.rep.ErrorAt(diag.NoSpecs, p, "no %s file below this directory", "*"+specSuffix).
			Hint("\"l0gen init\" writes a first one")
	}
}

func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") ||
		name == "testdata" || name == "vendor" || name == "node_modules"
}

// dir adds a directory that has specs, or a client that was generated from
// specs which are gone. It reports whether it has.
func (l *loader) dir(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		l.fail(l.rep, l.display(dir), err)
		return true
	}
	u := &unit{dir: dir, display: l.display(dir)}
	orphan := false
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), specSuffix) && !e.IsDir() {
			u.specs = append(u.specs, e.Name())
		}
		orphan = orphan || e.Name() == clientFile
	}
	if len(u.specs) == 0 && !orphan {
		return false
	}
	l.units[dir] = u
	return true
}

// clientFile is in every generated package.
const clientFile = "client.l0.go"

func (l *loader) noSpecs(p, dir string) {
	d := l.rep.ErrorAt(diag.NoSpecs, filepath.ToSlash(p), "no %s file in this directory", "*"+specSuffix)
	if yml, _ := filepath.Glob(filepath.Join(dir, "*.l0.yml")); len(yml) > 0 {
		d.Hint("%s must end with .yaml", filepath.Base(yml[0]))
		return
	}
	d.Hint("\"l0gen init\" writes a first one; \"DIR/...\" looks below a directory")
}

func (l *loader) fail(rep *diag.Report, p string, err error) {
	l.unreadable.Store(true)
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	rep.ErrorAt(diag.FileUnreadable, filepath.ToSlash(p), "cannot be read: %v", err)
}

func (l *loader) abs(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(l.base, p)
}

// display is a path as the user sees it: relative to the working directory.
func (l *loader) display(abs string) string {
	rel, err := filepath.Rel(l.base, abs)
	if err != nil {
		rel = abs
	}
	return filepath.ToSlash(rel)
}

// read parses the specs of a unit. Those that cannot be read are reported.
func (l *loader) read(rep *diag.Report, u *unit) []*syntax.Spec {
	var specs []*syntax.Spec
	for _, name := range u.specs {
		path := filepath.Join(u.dir, name)
		content, ok := l.content(rep, path)
		if !ok {
			continue
		}
		if s := syntax.Parse(rep, source.NewFile(l.display(path), content)); s != nil {
			specs = append(specs, s)
		}
	}
	return specs
}

// content reads a file that may be a spec: a regular file, and not larger than
// one may be.
func (l *loader) content(rep *diag.Report, path string) ([]byte, bool) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		l.fail(rep, l.display(path), err)
		return nil, false
	case !info.Mode().IsRegular():
		l.fail(rep, l.display(path), errors.New("not a regular file"))
		return nil, false
	case info.Size() > syntax.MaxBytes:
		rep.ErrorAt(diag.FileTooLarge, l.display(path), "the spec has %d bytes; the limit is %d", info.Size(), syntax.MaxBytes).
			Hint("split it: all specs of a directory share their models, types and prompts")
		return nil, false
	}
	content, err := os.ReadFile(path)
	if err != nil {
		l.fail(rep, l.display(path), err)
		return nil, false
	}
	return content, true
}
