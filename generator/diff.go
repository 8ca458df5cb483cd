package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
)

// FileDiff is a file that Write would change.
type FileDiff struct {
	// Path is relative to the working directory, with slashes.
	Path string
	// Kind is "added", "changed" or "removed".
	Kind string
	// Text is a unified diff from the file on disk to the wanted one.
	Text string
}

// Diff returns what Write would change, and changes nothing.
func (r *Result) Diff() ([]FileDiff, error) {
	var diffs []FileDiff
	for i := range r.Packages {
		p := &r.Packages[i]
		for _, f := range p.Files {
			old, err := os.ReadFile(filepath.Join(p.abs, filepath.FromSlash(f.Path)))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			kind := "changed"
			if err != nil {
				kind = "added"
			}
			if err != nil || !bytes.Equal(old, f.Content) {
				diffs = append(diffs, fileDiff(path.Join(p.Dir, f.Path), kind, old, f.Content))
			}
		}
		for _, stale := range p.stale() {
			old, err := os.ReadFile(filepath.Join(p.abs, filepath.FromSlash(stale)))
			if err != nil {
				return nil, err
			}
			diffs = append(diffs, fileDiff(path.Join(p.Dir, stale), "removed", old, nil))
		}
	}
	return diffs, nil
}

// fileDiff writes the names so that "git apply" and "patch -p1" take the text.
func fileDiff(name, kind string, old, wanted []byte) FileDiff {
	from, to := "a/"+name, "b/"+name
	switch kind {
	case "added":
		from = "/dev/null"
	case "removed":
		to = "/dev/null"
	}
	return FileDiff{Path: name, Kind: kind, Text: string(diff.Diff(from, old, to, wanted))}
}
