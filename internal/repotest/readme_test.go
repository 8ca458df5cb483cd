package repotest

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme does what the README says, in its order: it writes the files that
// it shows into an empty module, runs its commands, and compiles and tests its
// Go code. What it shows of generated code and of output must be so. A command
// that this test does not know is a failure, so that none goes unchecked.
func TestReadme(t *testing.T) {
	t.Parallel()
	r := open(t)
	m := newModule(t, r)
	var ran, shown []fence // the commands, and what can be compared when all have run
	for _, f := range fences(r.read(t, "README.md")) {
		switch {
		case f.language == "yaml":
			m.write(t, "support/tickets.l0.yaml", f.body)
		case f.language == "go" && packageClause.MatchString(f.body):
			m.write(t, goFile(f), f.body)
		case f.language == "go", f.language == "text":
			shown = append(shown, f)
		case f.language == "sh":
			for command := range strings.Lines(f.body) {
				m.run(t, r, strings.TrimSpace(command))
			}
			ran = append(ran, f)
		default:
			assert.Fail(t, "an unknown kind of block", "README.md:%d: %s", f.line, f.language)
		}
	}
	assert.GreaterOrEqual(t, len(ran), 4)
	for _, f := range shown {
		place := masked(m.output)
		if f.language == "go" {
			place = masked(m.generated(t))
		}
		assert.Contains(t, place, masked(f.body), "README.md:%d: this is not so", f.line)
	}
	m.command(t, m.dir, "go", "vet", "./...")
	m.command(t, m.dir, "go", "test", "./...")
}

var (
	packageClause = regexp.MustCompile(`(?m)^package (\w+)$`)
	figure        = regexp.MustCompile(`\b[0-9.]+(µs|ms|s)\b`)
)

// masked replaces durations, which differ between runs.
func masked(text string) string { return figure.ReplaceAllString(text, "N") }

// goFile names the file of a Go block, a test if it is in a package for tests.
func goFile(f fence) string {
	name := "block" + strconv.Itoa(f.line)
	if strings.HasSuffix(packageClause.FindStringSubmatch(f.body)[1], "_test") {
		name += "_test"
	}
	return name + ".go"
}

// module is an empty Go module that uses l0gen from this checkout.
type module struct {
	dir    string
	output string // of the example programs that were run
}

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

// generated returns all generated code of the module.
func (m *module) generated(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(m.dir, "support", "*.l0.go"))
	require.NoError(t, err)
	var all strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		all.Write(data)
	}
	return all.String()
}

// run runs a command of the README where its reader would.
func (m *module) run(t *testing.T, r repo, command string) {
	t.Helper()
	words := strings.Fields(command)
	switch {
	case strings.HasPrefix(command, "go tool l0gen sim "):
		m.simulate(t, words[4:])
	case strings.HasPrefix(command, "go get -tool "), strings.HasPrefix(command, "go tool l0gen "):
		m.command(t, m.dir, words[0], words[1:]...)
	case strings.HasPrefix(command, "go run ./examples/"):
		m.output += m.command(t, r.root, words[0], words[1:]...)
	case command == "make test":
		// What runs this test; .ci/run calls it, which another test checks.
	default:
		assert.Fail(t, "a command that no test runs", command)
	}
}

// simulate starts the model server, asks it for a reply, and interrupts it.
func (m *module) simulate(t *testing.T, flags []string) {
	t.Helper()
	program := strings.TrimSpace(m.command(t, m.dir, "go", "tool", "-n", "l0gen"))
	sim := exec.CommandContext(t.Context(), program, append([]string{"sim"}, flags...)...)
	out, err := sim.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, sim.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the first line is the address")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, lines.Text()+"/v1/chat/completions",
		strings.NewReader(`{"model":"any","messages":[{"role":"user","content":"Hi"}]}`))
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusTooManyRequests, resp.StatusCode, "the fault that the README asks for")
	assert.Equal(t, "1", resp.Header.Get("Retry-After"))
	require.NoError(t, sim.Process.Signal(os.Interrupt))
	for lines.Scan() { // until it has ended
	}
	assert.NoError(t, sim.Wait())
}

func (m *module) command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	// l0gen is the checkout, which no proxy has; what it needs was downloaded.
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOSUMDB=off")
	if dir != m.dir {
		// A program of this checkout. Without a key, so that it calls nobody.
		cmd.Env = append(os.Environ(), "GOWORK=off", "OPENAI_API_KEY=")
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}
