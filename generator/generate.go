package generator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/l0gen/l0gen/generator/internal/check"
	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/emit"
	"github.com/l0gen/l0gen/generator/internal/gopkg"
	"github.com/l0gen/l0gen/generator/internal/history"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/resolve"
)

// Options configure a run. The zero value works in the current directory.
type Options struct {
	// Dir is the working directory that paths are relative to. Default: that
	// of the process.
	Dir string
}

// Generate compiles the specs that the paths name: files, directories, or
// "dir/..." for all below one; "." without any. All specs of a directory are
// compiled together, also when a path names only one of them. It writes
// nothing. The error says that the compiler could not work at all; problems of
// the specs are diagnostics of the result.
func Generate(ctx context.Context, paths []string, o Options) (*Result, error) {
	return run(ctx, paths, o, true)
}

// Check reports all that Generate would, and makes no code.
func Check(ctx context.Context, paths []string, o Options) (*Result, error) {
	return run(ctx, paths, o, false)
}

func run(ctx context.Context, paths []string, o Options, code bool) (*Result, error) {
	base, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("find the working directory: %w", err)
	}
	rep := &diag.Report{}
	l := &loader{rep: rep, base: base}
	units := l.load(paths)
	results := make([]PackageResult, len(units))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, u := range units {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			unitRep := &diag.Report{}
			results[i] = l.compile(unitRep, u, code)
			rep.Add(unitRep)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	r := &Result{Packages: results, Diagnostics: rep.Diagnostics(), Unreadable: l.unreadable.Load(), base: base}
	if r.HasErrors() {
		for i := range r.Packages {
			r.Packages[i].Files = nil
		}
	}
	return r, nil
}

// compile takes one directory through all stages, and stops between stages
// when the next would make no sense. A failure of l0gen itself is reported like
// any other problem, so that other directories are still done.
func (l *loader) compile(rep *diag.Report, u *unit, code bool) (result PackageResult) {
	result = PackageResult{Dir: u.display, abs: u.dir}
	defer func() {
		if p := recover(); p != nil {
			internal(rep, u, fmt.Sprintf("%v\n%s", p, debug.Stack()))
		}
	}()
	info, err := gopkg.Look(u.dir)
	if err != nil {
		l.fail(rep, u.display, err)
		return result
	}
	result.generated = info.Generated
	meaning := l.meaning(rep, u, info)
	if meaning == nil {
		return result
	}
	planned := l.plan(rep, u, info, meaning)
	if planned == nil || rep.HasErrors() {
		return result
	}
	result.meaning = meaning
	if !code {
		return result
	}
	files, err := emit.Files(planned)
	if err != nil {
		internal(rep, u, err.Error())
		return result
	}
	for _, f := range files {
		result.Files = append(result.Files, File{Path: f.Path, Content: f.Content})
	}
	slices.SortFunc(result.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return result
}

// meaning takes the specs of a directory to what they mean, sound or not; nil when
// there are none.
func (l *loader) meaning(rep *diag.Report, u *unit, info *gopkg.Info) *ir.Package {
	specs := l.read(rep, u)
	if len(specs) == 0 {
		return nil // all are gone, or none could be read
	}
	name := info.Name
	if name == "" {
		name = resolve.PackageNameOf(filepath.ToSlash(u.dir))
	}
	pkg := resolve.Package(rep, u.display, name, info.Name != "", specs)
	check.Package(rep, pkg)
	if len(specs) < len(u.specs) { // what is unknown may stand in the file that could not be read
		rep.Drop(diag.TypeUnknown, diag.ModelUnknown, diag.PolicyUnknown, diag.PartialUnknown)
	}
	return pkg
}

// plan takes the meaning of a directory to the shape of its Go code; nil when
// that cannot be, or when the meaning is not sound.
func (l *loader) plan(rep *diag.Report, u *unit, info *gopkg.Info, pkg *ir.Package) *plan.Package {
	importPath, err := gopkg.ImportPath(u.dir)
	if err != nil {
		l.fail(rep, u.display, err)
		return nil
	}
	env := plan.Env{
		ImportPath:    importPath,
		Declared:      info.Declared,
		Imported:      info.Imported,
		HasPackageDoc: info.HasDoc,
	}
	if rep.HasErrors() {
		l.refuseForeign(rep, u, info, plan.Names(rep, pkg, env)...)
		return nil
	}
	env.Hashes = history.Hashes(pkg)
	planned := plan.Build(rep, pkg, env)
	for _, f := range planned.Files {
		l.refuseForeign(rep, u, info, f.Path)
	}
	return planned
}

func internal(rep *diag.Report, u *unit, what string) {
	rep.ErrorAt(diag.Internal, u.display, "l0gen failed: %s", what).
		Hint("this is a bug of l0gen: please report it with the spec")
}

// refuseForeign reports files in the way that l0gen did not write.
func (l *loader) refuseForeign(rep *diag.Report, u *unit, info *gopkg.Info, paths ...string) {
	for _, path := range paths {
		if slices.Contains(info.Generated, path) {
			continue
		}
		abs := filepath.Join(u.dir, filepath.FromSlash(path))
		if _, err := os.Lstat(abs); err == nil {
			rep.ErrorAt(diag.GoFileConflict, l.display(abs), "l0gen would write this file, but did not write the one that is there").
				Hint("move it away, or rename it: its first line is not %q", gopkg.Header)
		}
	}
}

// SpecSchema returns the JSON Schema of the spec format.
func SpecSchema() []byte { return slices.Clone(specSchema()) }
