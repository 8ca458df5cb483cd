package repotest

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repo is the checkout that the tests look at.
type repo struct {
	root  string
	files []string // what git knows or would add, with slashes, sorted
}

// open finds the repository around the working directory. A module that was
// downloaded rather than cloned has no repository to look at.
func open(t *testing.T) repo {
	t.Helper()
	top, err := exec.CommandContext(t.Context(), "git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		t.Skip("not a git checkout")
	}
	r := repo{root: filepath.FromSlash(strings.TrimSpace(string(top)))}
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = r.root
	out, err := list.Output()
	require.NoError(t, err)
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		info, err := os.Lstat(r.path(name))
		if err == nil && info.Mode().IsRegular() { // not one that was removed and not yet committed
			r.files = append(r.files, name)
		}
	}
	slices.Sort(r.files)
	r.files = slices.Compact(r.files)
	require.NotEmpty(t, r.files)
	return r
}

func (r repo) path(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

func (r repo) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(r.path(name))
	require.NoError(t, err)
	return string(data)
}

// documents are the texts that tell people what to run.
func (r repo) documents() []string {
	var docs []string
	for _, name := range r.files {
		if strings.HasSuffix(name, ".md") && !inTestdata(name) {
			docs = append(docs, name)
		}
	}
	return docs
}

func inTestdata(name string) bool {
	return strings.HasPrefix(name, "testdata/") || strings.Contains(name, "/testdata/")
}

// TestNoReplace keeps `go install …@latest` and `go get -tool` possible: the go
// command refuses both for a module with replace directives. Examples and the tests in
// interop are never installed and may point at this checkout.
func TestNoReplace(t *testing.T) {
	t.Parallel()
	r := open(t)
	directive := regexp.MustCompile(`(?m)^\s*replace\b`)
	for _, name := range r.files {
		ours := strings.HasPrefix(name, "examples/") || strings.HasPrefix(name, "interop/")
		if filepath.Base(name) != "go.mod" || inTestdata(name) || ours {
			continue
		}
		assert.NotRegexp(t, directive, r.read(t, name), name)
	}
}

// TestPackageComments wants every package to say what it is: in doc.go, where a
// reader looks for it, unless the package is one file that people wrote.
func TestPackageComments(t *testing.T) {
	t.Parallel()
	r := open(t)
	documented, written, docFile := map[string]bool{}, map[string]int{}, map[string]bool{}
	for _, name := range r.files {
		dir := filepath.ToSlash(filepath.Dir(name))
		if !strings.HasSuffix(name, ".go") || inTestdata(name) || strings.HasPrefix(name, ".") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), r.path(name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if !assert.NoError(t, err) {
			continue
		}
		documented[dir] = documented[dir] || file.Doc != nil
		docFile[dir] = docFile[dir] || filepath.Base(name) == "doc.go" && file.Doc != nil
		if !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, ".l0.go") {
			written[dir]++
		}
	}
	for dir, ok := range documented {
		assert.True(t, ok, "%s: no file of the package has a package comment", dir)
		assert.True(t, written[dir] < 2 || docFile[dir], "%s: the package comment belongs in doc.go", dir)
	}
}

// TestNoTraceOfOneMachine keeps out of the repository what holds only where
// somebody happened to work: paths of that machine and the hosts that it
// downloads from. The needles are put together so that this file holds none.
func TestNoTraceOfOneMachine(t *testing.T) {
	t.Parallel()
	r := open(t)
	needles := []string{
		"/wo" + "rk/",
		"../sha" + "red/",
		"/ro" + "ot/",
		"proxy.go" + "lang.org",
		"sum.go" + "lang.org",
		"registry.npm" + "js.org",
		"deb.deb" + "ian.org",
	}
	for _, name := range r.files {
		data, err := os.ReadFile(r.path(name))
		if !assert.NoError(t, err) {
			continue
		}
		for _, needle := range needles {
			if before, _, found := bytes.Cut(data, []byte(needle)); found {
				assert.Failf(t, "a trace of one machine", "%s:%d: contains %q", name, 1+bytes.Count(before, []byte("\n")), needle)
			}
		}
	}
}

// TestScriptsAreExecutable looks at git's mode, which a clone gets, not at the
// mode of the file here.
func TestScriptsAreExecutable(t *testing.T) {
	t.Parallel()
	r := open(t)
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "--stage", "--", ".ci", ".githooks")
	cmd.Dir = r.root
	out, err := cmd.Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
		assert.True(t, strings.HasPrefix(line, "100755 "), strings.TrimSpace(line))
	}
}
