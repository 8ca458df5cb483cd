package diag

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	const spec = "types:\n  Tag: string\n  Tag: int\n"
	wrong := &Diagnostic{Code: DuplicateKey, Span: at(t, "a.l0.yaml", spec, "Tag: int"), Message: `"Tag" <twice>`}
	wrong.Hint("remove one").Also(at(t, "a.l0.yaml", spec, "Tag"), "the first one")
	nowhere := &Diagnostic{Code: NoSpecs, Severity: Warning, Path: "empty", Message: "nothing\x1b\u009b\U000e0001"}
	var out strings.Builder
	require.NoError(t, JSON(&out, []*Diagnostic{wrong, nowhere}))
	assert.Equal(t, `{
  "diagnostics": [
    {
      "code": "L0108",
      "severity": "error",
      "message": "\"Tag\" <twice>",
      "file": "a.l0.yaml",
      "start": {
        "line": 3,
        "column": 3,
        "offset": 23
      },
      "end": {
        "line": 3,
        "column": 11,
        "offset": 31
      },
      "hints": [
        "remove one"
      ],
      "related": [
        {
          "message": "the first one",
          "file": "a.l0.yaml",
          "start": {
            "line": 2,
            "column": 3,
            "offset": 9
          },
          "end": {
            "line": 2,
            "column": 6,
            "offset": 12
          }
        }
      ]
    },
    {
      "code": "L0104",
      "severity": "warning",
      "message": "nothing\u001b\u009b\udb40\udc01",
      "file": "empty",
      "hints": [],
      "related": []
    }
  ],
  "errors": 1,
  "warnings": 1
}
`, out.String())
	var back jsonReport
	require.NoError(t, json.Unmarshal([]byte(out.String()), &back))
	assert.Equal(t, nowhere.Message, back.Diagnostics[1].Message)
}

func TestJSONWithoutDiagnostics(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, JSON(&out, nil))
	assert.JSONEq(t, `{"diagnostics":[],"errors":0,"warnings":0}`, out.String())
}
