package generator_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator"
)

var update = flag.Bool("update", false, "write the golden code of testdata/cases")

const casesDir = "../testdata/cases"

// TestCases generates the packages of testdata/cases and compares them with the
// code that stands beside their specs, warnings included. "go test -update"
// writes both.
func TestCases(t *testing.T) {
	entries, err := os.ReadDir(casesDir)
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	for _, e := range entries {
		t.Run(e.Name(), func(t *testing.T) {
			r, err := generator.Generate(t.Context(), []string{e.Name()}, generator.Options{Dir: casesDir})
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, r.WriteDiagnostics(&out, "text", false))
			require.False(t, r.HasErrors(), out.String())
			checkWarnings(t, casesDir+"/"+e.Name()+"/warnings.txt", out.String())
			if *update {
				_, err := r.Write()
				require.NoError(t, err)
			}
			diffs, err := r.Diff()
			require.NoError(t, err)
			for _, d := range diffs {
				t.Errorf("%s: %s\n%s", d.Path, d.Kind, d.Text)
			}
		})
	}
}

func checkWarnings(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if got == "" {
			require.NoError(t, os.RemoveAll(path))
		} else {
			require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
		}
	}
	want, err := os.ReadFile(path)
	if got != "" || !os.IsNotExist(err) {
		require.NoError(t, err)
		assert.Equal(t, string(want), got)
	}
}

// TestCasesRun builds, vets and tests the packages of testdata/cases, which no
// "./..." matches.
func TestCasesRun(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"vet", "./..."},
		{"test", "./..."},
	} {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = casesDir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %s\n%s", strings.Join(args, " "), out)
	}
}
