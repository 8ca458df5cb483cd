package repotest

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGuides compiles the Go code of every guide. The blocks of one guide are files of one
// package, beside the generated package of the quickstart example.
func TestGuides(t *testing.T) {
	t.Parallel()
	r := open(t)
	guides := 0
	for _, name := range r.documents() {
		if !strings.HasPrefix(name, "docs/guides/") {
			continue
		}
		guides++
		t.Run(path.Base(name), func(t *testing.T) {
			t.Parallel()
			m := newModule(t, r)
			for _, file := range r.files {
				if path.Dir(file) == "examples/quickstart/support" && strings.HasSuffix(file, ".go") {
					m.write(t, "support/"+path.Base(file), r.read(t, file))
				}
			}
			blocks := 0
			for _, f := range fences(r.read(t, name)) {
				if f.language == "go" {
					blocks++
					m.write(t, fmt.Sprintf("block%d.go", blocks), f.body)
				}
			}
			require.Positive(t, blocks, "the guide shows no Go code")
			m.command(t, m.dir, "go", "vet", "./...")
		})
	}
	assert.Positive(t, guides)
}
