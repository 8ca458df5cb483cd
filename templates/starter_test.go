package templates_test

import (
	"go/format"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/l0gen/l0gen/templates"
)

func TestStarterDirectiveIsFormattedGo(t *testing.T) {
	t.Parallel()
	got, err := templates.Starter{Package: "support"}.Directive()
	require.NoError(t, err)
	assert.Equal(t, "package support\n\n//go:generate go tool l0gen generate\n", string(got))
	formatted, err := format.Source(got)
	require.NoError(t, err)
	assert.Equal(t, string(formatted), string(got))
}

func TestStarterSpecIsYAML(t *testing.T) {
	t.Parallel()
	got, err := templates.Starter{}.Spec()
	require.NoError(t, err)
	var spec struct {
		Prompts map[string]any
	}
	require.NoError(t, yaml.Unmarshal(got, &spec))
	assert.Contains(t, spec.Prompts, "ClassifyTicket")
	assert.Contains(t, spec.Prompts, "WriteReply")
}

// workflow is the part of a GitHub workflow that depends on the module's place.
type workflow struct {
	Jobs map[string]struct {
		Defaults struct {
			Run struct {
				Dir string `yaml:"working-directory"`
			}
		}
		Steps []struct {
			Uses, Run string
			With      map[string]string
		}
	}
}

func TestStarterWorkflow(t *testing.T) {
	t.Parallel()
	for moduleDir, want := range map[string]struct{ workDir, goMod string }{
		".":             {"", "go.mod"},
		"services/desk": {"services/desk", "services/desk/go.mod"},
	} {
		t.Run(moduleDir, func(t *testing.T) {
			t.Parallel()
			got, err := templates.Starter{ModuleDir: moduleDir}.Workflow()
			require.NoError(t, err)
			var w workflow
			require.NoError(t, yaml.Unmarshal(got, &w))
			job := w.Jobs["specs"]
			assert.Equal(t, want.workDir, job.Defaults.Run.Dir)
			require.Len(t, job.Steps, 4)
			assert.Equal(t, want.goMod, job.Steps[1].With["go-version-file"])
			assert.Equal(t, "go tool l0gen validate --format github ./...", job.Steps[2].Run)
			assert.Equal(t, "go tool l0gen generate --check ./...", job.Steps[3].Run)
		})
	}
}
