package emit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/emit"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

const modulePath = "github.com/l0gen/l0gen"

// generate plans and prints a package, which must have no errors.
func generate(t *testing.T, p *irtest.Package) []emit.File {
	t.Helper()
	return generateIn(t, p, plan.Env{ImportPath: "example.com/app/" + p.Name})
}

func generateIn(t *testing.T, p *irtest.Package, env plan.Env) []emit.File {
	t.Helper()
	rep := &diag.Report{}
	planned := plan.Build(rep, &p.Package, env)
	require.False(t, rep.HasErrors(), "%s", diagnostics(rep))
	files, err := emit.Files(planned)
	require.NoError(t, err)
	return files
}

func diagnostics(rep *diag.Report) string {
	var out strings.Builder
	for _, d := range rep.Diagnostics() {
		fmt.Fprintf(&out, "%s %s %s\n", d.Severity, d.Code, d.Message)
	}
	return out.String()
}

// content returns one of the files.
func content(t *testing.T, files []emit.File, name string) string {
	t.Helper()
	for _, f := range files {
		if f.Path == name {
			return string(f.Content)
		}
	}
	require.Fail(t, "no file "+name)
	return ""
}

// imports holds the packages that generated code imports.
var imports = sync.OnceValues(func() (map[string]*types.Package, error) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile},
		"bytes", "cmp", "context", "maps", "slices", "strconv", "strings", "time",
		modulePath+"/runtime", modulePath+"/runtime/render", modulePath+"/runtime/guard",
		modulePath+"/runtime/retry", modulePath+"/runtime/structured")
	if err != nil {
		return nil, err
	}
	out := map[string]*types.Package{}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		out[p.PkgPath] = p.Types
	}
	return out, nil
})

// importMap serves the packages that are there, and nothing else: generated
// code imports no others.
type importMap map[string]*types.Package

func (m importMap) Import(importPath string) (*types.Package, error) {
	if p := m[importPath]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("generated code imports %q", importPath)
}

// typecheck type-checks the files of a package and of its fake, together with
// hand-written ones.
func typecheck(t *testing.T, importPath string, files []emit.File, handWritten ...string) *types.Package {
	t.Helper()
	known, err := imports()
	require.NoError(t, err)
	all := importMap{}
	maps.Copy(all, known)
	fset := token.NewFileSet()
	dirs := map[string][]*ast.File{}
	parse := func(name string, src []byte) {
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err, "%s", src)
		dirs[path.Dir(name)] = append(dirs[path.Dir(name)], f)
	}
	for _, f := range files {
		parse(f.Path, f.Content)
	}
	for i, src := range handWritten {
		parse(fmt.Sprintf("hand%d.go", i), []byte(src))
	}
	for _, dir := range sortedDirs(dirs) {
		config := types.Config{Importer: all, GoVersion: "go1.26"}
		pkg, err := config.Check(path.Join(importPath, dir), fset, dirs[dir], nil)
		if err != nil {
			for _, f := range files {
				t.Logf("=== %s\n%s", f.Path, f.Content)
			}
		}
		require.NoError(t, err)
		all[path.Join(importPath, dir)] = pkg
	}
	return all[importPath]
}

func sortedDirs(dirs map[string][]*ast.File) []string {
	var out []string
	for dir := range dirs {
		out = append(out, dir)
	}
	slices.Sort(out)
	return out
}

// repoRoot is the folder of go.mod.
func repoRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../../..")
	require.NoError(t, err)
	return root
}

// moduleOf writes generated packages to a module of their own, which sees the
// runtime of this checkout.
func moduleOf(t *testing.T, pkgs map[string][]emit.File) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, files := range pkgs {
		for _, f := range files {
			file := filepath.Join(dir, name, filepath.FromSlash(f.Path))
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, f.Content, 0o644))
		}
	}
	goMod, err := os.ReadFile(filepath.Join(repoRoot(t), "go.mod"))
	require.NoError(t, err)
	goSum, err := os.ReadFile(filepath.Join(repoRoot(t), "go.sum"))
	require.NoError(t, err)
	text := strings.Replace(string(goMod), "module "+modulePath, "module example.com/app", 1) +
		"\nrequire " + modulePath + " v0.0.0\n\nreplace " + modulePath + " => " + repoRoot(t) + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.sum"), goSum, 0o644))
	return dir
}

// runGo runs the go command in a folder, without the network.
func runGo(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// sound reports whether a package can be planned.
func sound(p *irtest.Package) bool {
	rep := &diag.Report{}
	plan.Build(rep, &p.Package, plan.Env{ImportPath: "example.com/app"})
	return !rep.HasErrors()
}

func TestVet(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	t.Parallel()
	pkgs := map[string][]emit.File{}
	for _, p := range []*irtest.Package{everythingPackage(), torturePackage(t)} {
		pkgs[p.Name] = generateIn(t, p, plan.Env{}) // without fakes nothing has to be compiled
	}
	pkgs["support"] = generate(t, supportPackage())
	runGo(t, moduleOf(t, pkgs), "vet", "./...")
}
