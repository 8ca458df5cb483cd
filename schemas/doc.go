// Package schemas holds the JSON Schemas that l0gen publishes. They are
// generated from Go types; nobody edits them. Package generator hands them to the
// schema command; editors read the files themselves. It validates nothing.
package schemas

import _ "embed"

//go:generate go run ../generator/internal/specschema -root .. -o l0gen.schema.json
//go:generate go run ../internal/recordschema -root .. -o l0record.schema.json

// Spec is the JSON Schema (draft 2020-12) of the spec format. It is shared:
// do not change it.
//
//go:embed l0gen.schema.json
var Spec []byte

// Record is the JSON Schema (draft 2020-12) of the records that observers and
// recordings get. It is shared: do not change it.
//
//go:embed l0record.schema.json
var Record []byte
