package diag

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGitHub(t *testing.T) {
	t.Parallel()
	const spec = "types:\n  Tag: strong\n  Tag: int\n"
	const path = "a,b:c%.l0.yaml"
	wrong := &Diagnostic{Code: TypeUnknown, Span: at(t, path, spec, "strong\n"), Message: "100%: unknown,\r\n::error"}
	wrong.Hint("did you mean %q?", "string").Also(at(t, path, spec, "Tag: int"), "the other")
	nowhere := &Diagnostic{Code: NoSpecs, Severity: Warning, Path: "empty", Message: "nothing"}
	internal := &Diagnostic{Code: Internal, Message: "broken"}
	var out strings.Builder
	require.NoError(t, GitHub(&out, []*Diagnostic{wrong, nowhere, internal}))
	assert.Equal(t, `::error file=a%2Cb%3Ac%25.l0.yaml,line=2,col=8,endLine=2,endColumn=14,title=L0202::`+
		`100%25: unknown,␍%0A::error%0Ahelp: did you mean "string"?%0Anote: a,b:c%25.l0.yaml:3:3: the other
::warning file=empty,title=L0104::nothing
::error title=L0901::broken
`, out.String())
}

func TestGitHubWithoutDiagnosticsIsEmpty(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, GitHub(&out, nil))
	assert.Empty(t, out.String())
}

func TestGitHubEscaping(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a%25b%0Dc%0Ad:e,f", escapeData("a%b\rc\nd:e,f"))
	assert.Equal(t, "a%25b%0Dc%0Ad%3Ae%2Cf", escapeProperty("a%b\rc\nd:e,f"))
}
