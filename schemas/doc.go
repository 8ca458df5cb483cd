// Package schemas holds the JSON Schemas that l0gen publishes. They are
// generated from Go types; nobody edits them. Package generator hands them to the
// schema command; editors read the files themselves. It validates nothing.
package schemas

import _ "embed"

//go:generate go run ../generator/internal/specschema -root .. -o l0gen.schema.json

// Spec is the JSON Schema (draft 2020-12) of the spec format. It is shared:
// do not change it.
//
//go:embed l0gen.schema.json
var Spec []byte
