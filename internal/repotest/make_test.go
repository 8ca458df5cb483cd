package repotest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// A target: `name: prerequisites ## help`, at the start of a line.
	makeTarget = regexp.MustCompile(`(?m)^([A-Za-z0-9_.-]+):([^=\n].*)?$`)
	makePhony  = regexp.MustCompile(`(?m)^\.PHONY: (.*)$`)
	// Calls of make: in prose between backquotes, so that "to make sure" is none;
	// in shell at the start of a line, after what runs it.
	makeInProse = regexp.MustCompile("`make ([a-z]+)")
	makeInShell = regexp.MustCompile(`(?m)^\s*(?:- run: |section '[^']*' |\$ )?make ([a-z]+)`)
)

// targets returns the targets of the Makefile and whether each has a help text.
func targets(t *testing.T, r repo) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, m := range makeTarget.FindAllStringSubmatch(r.read(t, "Makefile"), -1) {
		if name := m[1]; name != ".PHONY" {
			found[name] = strings.Contains(m[2], "## ")
		}
	}
	require.NotEmpty(t, found)
	return found
}

func TestMakeTargets(t *testing.T) {
	t.Parallel()
	r := open(t)
	phony := map[string]bool{}
	for _, m := range makePhony.FindAllStringSubmatch(r.read(t, "Makefile"), -1) {
		for name := range strings.FieldsSeq(m[1]) {
			phony[name] = true
		}
	}
	for name, helped := range targets(t, r) {
		assert.True(t, helped, "make %s: has no help text; write it after ## on the line of the target", name)
		assert.True(t, phony[name], "make %s: is not .PHONY, so a file of that name would hide it", name)
	}
}

// TestMakeCalls wants every make target to exist that a document, the CI script
// or the workflow calls.
func TestMakeCalls(t *testing.T) {
	t.Parallel()
	r := open(t)
	known := targets(t, r)
	calls := 0
	check := func(caller string, call *regexp.Regexp, text string) {
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			calls++
			assert.Contains(t, known, m[1], "%s: make %s: no such target", caller, m[1])
		}
	}
	for _, name := range r.documents() {
		text := r.read(t, name)
		check(name, makeInProse, text)
		for _, f := range fences(text) {
			if f.language == "sh" {
				check(name, makeInShell, f.body)
			}
		}
	}
	for _, name := range []string{".ci/run", ".github/workflows/ci.yml", ".githooks/pre-commit"} {
		check(name, makeInShell, r.read(t, name))
	}
	assert.Greater(t, calls, 20, "the patterns find the calls")
}

// TestCIRunsTheTestCommandOfTheReadme keeps the promise that what the README
// tells people to run is what CI runs.
func TestCIRunsTheTestCommandOfTheReadme(t *testing.T) {
	t.Parallel()
	r := open(t)
	for _, name := range []string{"README.md", ".ci/run", ".github/workflows/ci.yml"} {
		assert.Contains(t, r.read(t, name), "make test", name)
	}
}
