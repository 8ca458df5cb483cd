package main

import (
	"cmp"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// findRoots returns the root of the repository that dir is in, and the folder
// of its Go module below that root, with slashes. dir need not exist yet. Where
// there is no repository the module is taken for it, and where there is no
// module either, the working directory.
func findRoots(dir string) (repo, moduleDir string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	base := abs
	if filepath.IsLocal(dir) {
		base = strings.TrimSuffix(abs, string(filepath.Separator)+filepath.Clean(dir))
	}
	root, module := nearestWith(abs, ".git"), nearestWith(abs, "go.mod")
	module = cmp.Or(module, root, base)
	root = cmp.Or(root, module)
	moduleDir, err = filepath.Rel(root, module)
	if err != nil || !filepath.IsLocal(moduleDir) {
		moduleDir = "."
	}
	return shortest(root), filepath.ToSlash(moduleDir), nil
}

// nearestWith returns dir or the nearest folder above it that holds an entry;
// "" when none does.
func nearestWith(dir, entry string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, entry)); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// shortest returns path relative to the working directory when that is inside
// it, as it is shown to the user.
func shortest(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(wd, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// packageName returns the name of the Go package in dir: that of the code that
// is there already, else one made of the folder's name.
func packageName(dir string) (string, error) {
	sources, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.go"))
	if err != nil {
		return "", err
	}
	for _, path := range sources {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
		if err == nil {
			return file.Name.Name, nil
		}
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return nameOf(filepath.Base(abs)), nil
}

func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// nameOf makes a package name of a folder's name: "My-Desk" gives "mydesk".
func nameOf(folder string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(folder))
	name = strings.TrimLeft(name, "0123456789")
	if name == "" || name == "main" || token.IsKeyword(name) {
		return "prompts"
	}
	return name
}
