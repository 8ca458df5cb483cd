package repotest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme does what the README says, in its order: it writes the files that
// it shows into an empty module, runs its commands, and compiles and tests its
// Go code. A command that this test does not know is a failure, so that none
// goes unchecked.
func TestReadme(t *testing.T) {
	t.Parallel()
	r := open(t)
	m := newModule(t, r)
	ran := 0
	for _, f := range fences(r.read(t, "README.md")) {
		switch f.language {
		case "yaml":
			m.write(t, "support/tickets.l0.yaml", f.body)
		case "go":
			m.write(t, goFile(t, f), f.body)
		case "sh":
			for command := range strings.Lines(f.body) {
				m.run(t, r, strings.TrimSpace(command))
				ran++
			}
		default:
			assert.Fail(t, "an unknown kind of block", "README.md:%d: %s", f.line, f.language)
		}
	}
	assert.GreaterOrEqual(t, ran, 4)
	m.command(t, m.dir, "go", "vet", "./...")
	m.command(t, m.dir, "go", "test", "./...")
}

var packageClause = regexp.MustCompile(`(?m)^package (\w+)$`)

// goFile names the file of a Go block after its package.
func goFile(t *testing.T, f fence) string {
	t.Helper()
	clause := packageClause.FindStringSubmatch(f.body)
	require.NotNil(t, clause, "README.md:%d: Go code without a package", f.line)
	return clause[1] + ".go"
}

// module is an empty Go module that uses l0gen from this checkout.
type module struct{ dir string }

func newModule(t *testing.T, r repo) *module {
	t.Helper()
	m := &module{dir: t.TempDir()}
	// A module that depends on this one asks for more than building this one did.
	download := exec.CommandContext(t.Context(), "go", "mod", "download")
	download.Dir = r.root
	out, err := download.CombinedOutput()
	require.NoError(t, err, string(out))
	m.command(t, m.dir, "go", "mod", "init", "example.com/app")
	m.command(t, m.dir, "go", "mod", "edit", "-replace", "github.com/l0gen/l0gen="+r.root)
	return m
}

func (m *module) write(t *testing.T, name, content string) {
	t.Helper()
	path := filepath.Join(m.dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
}

// run runs a command of the README where its reader would.
func (m *module) run(t *testing.T, r repo, command string) {
	t.Helper()
	words := strings.Fields(command)
	switch {
	case strings.HasPrefix(command, "go get -tool "), strings.HasPrefix(command, "go tool l0gen "):
		m.command(t, m.dir, words[0], words[1:]...)
	case strings.HasPrefix(command, "go run ./examples/"):
		out := m.command(t, r.root, words[0], words[1:]...)
		assert.NotEmpty(t, out, command)
	case command == "make test":
		// What runs this test; .ci/run calls it, which another test checks.
	default:
		assert.Fail(t, "a command that no test runs", command)
	}
}

func (m *module) command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	// l0gen is the checkout, which no proxy has; what it needs was downloaded.
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOSUMDB=off")
	if dir != m.dir {
		cmd.Env = append(os.Environ(), "GOWORK=off")
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}
