package gopkg

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// ImportPath returns the import path of a directory: that of the nearest
// go.mod above it, and the way down from there. It is empty when there is no
// go.mod.
func ImportPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for root := abs; ; root = filepath.Dir(root) {
		content, err := os.ReadFile(filepath.Join(root, "go.mod"))
		if err == nil {
			return below(root, abs, modfile.ModulePath(content))
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if filepath.Dir(root) == root {
			return "", nil
		}
	}
}

func below(root, dir, module string) (string, error) {
	if module == "" {
		return "", nil
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	return path.Join(module, filepath.ToSlash(rel)), nil
}
