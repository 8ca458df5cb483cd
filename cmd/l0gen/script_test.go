package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// update makes "go test" write what the commands said into the scripts.
var update = flag.Bool("update", false, "update the scripts in testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"l0gen": main})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	env, err := scriptEnv(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bytefile": bytefile,
			"exits":    exits,
			"freeaddr": freeaddr,
			"gomod":    gomod,
			"httppost": httppost,
		},
	})
}

// scriptEnv lets scripts build Go programs with the modules and the build
// cache that this test was built with. Commands see no terminal and no CI.
func scriptEnv(ctx context.Context, root string) ([]string, error) {
	// A module that depends on this one asks for more than building this one
	// did, and a script must find it without the network.
	download := exec.CommandContext(ctx, "go", "mod", "download")
	download.Dir = root
	if out, err := download.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go mod download: %w\n%s", err, out)
	}
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOROOT"}
	out, err := exec.CommandContext(ctx, "go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	env := []string{
		"L0GEN_ROOT=" + filepath.ToSlash(root),
		"GOFLAGS=-mod=mod", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=off",
		"CI=", "NO_COLOR=", "TERM=xterm",
	}
	for i, value := range strings.Split(strings.TrimRight(string(out), "\r\n"), "\n") {
		env = append(env, names[i]+"="+strings.TrimRight(value, "\r"))
	}
	return env, nil
}

// exits runs a command and checks its exit code: "exits 2 l0gen nonsense".
func exits(ts *testscript.TestScript, neg bool, args []string) {
	const fewest = 2
	if neg || len(args) < fewest {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d instead of %d", got, want)
	}
}

// gomod makes the working directory a module that uses l0gen from this
// checkout: "gomod example.com/app".
func gomod(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gomod MODULE")
	}
	root := ts.Getenv("L0GEN_ROOT")
	const version = "v0.0.0-00010101000000-000000000000"
	content := fmt.Sprintf(`module %s

go 1.26.0

require github.com/l0gen/l0gen %s

replace github.com/l0gen/l0gen => %s

tool github.com/l0gen/l0gen/cmd/l0gen
`, args[0], version, root)
	ts.Check(os.WriteFile(ts.MkAbs("go.mod"), []byte(content), 0o644))
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("go.sum"), sums, 0o644))
}

// bytefile writes a file that a script cannot hold: text with the escapes of
// Go, repeated: "bytefile a.l0.yaml 'caf\xe9' 1000".
func bytefile(ts *testscript.TestScript, neg bool, args []string) {
	const fewest, most = 2, 3
	if neg || len(args) < fewest || len(args) > most {
		ts.Fatalf("usage: bytefile FILE TEXT [TIMES]")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	times := 1
	if len(args) == most {
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, times)), 0o644))
}
