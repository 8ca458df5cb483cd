package repotest

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fence is one fenced code block of a document.
type fence struct {
	language string
	line     int // of its opening
	body     string
}

// fences returns the fenced blocks of a document, in order.
func fences(text string) []fence {
	var found []fence
	open := ""
	number := 0
	for line := range strings.Lines(text) {
		number++
		trimmed := strings.TrimSpace(line)
		ticks := trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, "`"))]
		switch {
		case open == "" && len(ticks) >= 3:
			open = ticks
			found = append(found, fence{language: strings.TrimSpace(trimmed[len(ticks):]), line: number})
		case open == "":
		case len(ticks) >= len(open) && trimmed == ticks:
			open = ""
		default:
			found[len(found)-1].body += line
		}
	}
	return found
}

func TestFencedBlocksNameTheirLanguage(t *testing.T) {
	t.Parallel()
	r := open(t)
	for _, name := range r.documents() {
		for _, f := range fences(r.read(t, name)) {
			assert.NotEmpty(t, f.language, "%s:%d: the block has no language", name, f.line)
		}
	}
}

// prose returns a document without its fenced blocks.
func prose(text string) string {
	for _, f := range fences(text) {
		text = strings.ReplaceAll(text, f.body, "\n")
	}
	return text
}

// TestLinks follows every relative link of every document.
func TestLinks(t *testing.T) {
	t.Parallel()
	r := open(t)
	link := regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)
	for _, name := range r.documents() {
		for _, m := range link.FindAllStringSubmatch(prose(r.read(t, name)), -1) {
			if target := m[1]; !strings.Contains(target, ":") {
				_, err := os.Stat(r.path(path.Join(path.Dir(name), target)))
				assert.NoError(t, err, "%s: link to %s", name, target)
			}
		}
	}
}

// TestDecisions wants every decision in the index, with its number once, and
// with the sections that make it a record.
func TestDecisions(t *testing.T) {
	t.Parallel()
	r := open(t)
	index := r.read(t, "docs/decisions/README.md")
	record := regexp.MustCompile(`^docs/decisions/(\d{4})-[a-z0-9-]+\.md$`)
	seen := map[string]string{}
	for _, name := range r.files {
		m := record.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		assert.Empty(t, seen[m[1]], "%s: number %s is taken", name, m[1])
		seen[m[1]] = name
		assert.Contains(t, index, "("+path.Base(name)+")", "the index of decisions")
		text := r.read(t, name)
		for _, heading := range []string{"## Status", "## Context", "## Decision", "## Consequences"} {
			assert.Contains(t, text, "\n"+heading+"\n", name)
		}
	}
	require.NotEmpty(t, seen)
}

// TestChangelog wants the next release on top, with a place for each of the
// three things that have a promise of their own.
func TestChangelog(t *testing.T) {
	t.Parallel()
	r := open(t)
	text := r.read(t, "CHANGELOG.md")
	_, rest, ok := strings.Cut(text, "\n## [Unreleased]\n")
	require.True(t, ok, "CHANGELOG.md has no section [Unreleased]")
	unreleased, _, _ := strings.Cut(rest, "\n## ")
	for _, heading := range []string{"### CLI", "### Generated code", "### Runtime"} {
		assert.Contains(t, unreleased, "\n"+heading+"\n")
	}
}
