package repotest

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// program is the smallest one that makes a real call: one provider and a generated client.
const program = `package main

import (
	"context"
	"fmt"
	"os"

	"example.com/app/support"
	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

func main() {
	client, err := support.New(l0.NewClient(openai.Provider()))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(client.ClassifyTicket(context.Background(), support.ClassifyTicketInput{Subject: "Site down"}))
}
`

// newProgram makes a module of that program and the support package of the quickstart.
func newProgram(t *testing.T) *module {
	t.Helper()
	r := open(t)
	m := newModule(t, r)
	for _, file := range r.files {
		if path.Dir(file) == "examples/quickstart/support" && strings.HasSuffix(file, ".go") {
			m.write(t, "support/"+path.Base(file), r.read(t, file))
		}
	}
	m.write(t, "main.go", program)
	m.command(t, m.dir, "go", "vet", "./...") // it also writes what is needed into go.mod, and says so
	return m
}

// TestProgramIsSmall keeps the promise that a program with one provider is a static binary below
// 12 MB.
func TestProgramIsSmall(t *testing.T) {
	const limit = 12 << 20
	t.Setenv("CGO_ENABLED", "0")
	m := newProgram(t)
	m.command(t, m.dir, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", "app", ".")
	info, err := os.Stat(filepath.Join(m.dir, "app"))
	require.NoError(t, err)
	assert.Less(t, info.Size(), int64(limit))
	t.Logf("%.1f MB", float64(info.Size())/(1<<20))
}

// TestProgramLinksOnlyWhatItNeeds wants nothing in a user's program that belongs to the compiler or
// to tests. A new dependency has to be named here.
func TestProgramLinksOnlyWhatItNeeds(t *testing.T) {
	t.Parallel()
	m := newProgram(t)
	linked := m.command(t, m.dir, "go", "list", "-deps", "-f", "{{if .Standard}}{{else}}{{.ImportPath}}{{end}}", ".")
	allowed := regexp.MustCompile(`^(` + strings.Join([]string{
		`example\.com/app(/support)?`,
		`github\.com/l0gen/l0gen/runtime(/(guard|record|render|retry|schema|structured|internal/\w+))?`,
		`github\.com/l0gen/l0gen/runtime/provider/(openai|internal/(subset|wire))`,
		`github\.com/santhosh-tekuri/jsonschema/v5`,
		`golang\.org/x/sync/semaphore`,
	}, "|") + `)$`)
	assert.Contains(t, linked, "github.com/l0gen/l0gen/runtime/provider/openai\n")
	for name := range strings.FieldsSeq(linked) {
		assert.Regexp(t, allowed, name, "a program with the openai provider links it")
	}
	standard := strings.Fields(m.command(t, m.dir, "go", "list", "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}", "."))
	for _, unwanted := range []string{"testing", "flag", "text/template", "html/template", "go/ast", "go/parser", "os/exec", "plugin"} {
		assert.NotContains(t, standard, unwanted)
	}
}

// TestPlatforms wants `make cross`, which CI runs, to build for all platforms.
func TestPlatforms(t *testing.T) {
	t.Parallel()
	r := open(t)
	_, rest, found := strings.Cut(r.read(t, "Makefile"), "\nPLATFORMS :=")
	require.True(t, found)
	line, _, _ := strings.Cut(rest, "\n")
	assert.ElementsMatch(t, []string{
		"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64",
	}, strings.Fields(line))
	assert.Contains(t, r.read(t, ".ci/run"), "make cross")
}
