// Package gotype holds what a decoder has to know of Go types: which JSON a type takes, and
// where in a struct a property goes. [Of] makes it from a type once and keeps it.
//
// The rules are those of encoding/json: its tags, embedded structs and which of two fields with
// one name wins, types that decode themselves, keys of maps. One is stricter on purpose:
// the name of a property is compared exactly, upper and lower case.
//
// It decodes nothing. Package partial fills values by it while their text is written; a
// decoder that also checks by a schema can walk both together, since a [Type] mirrors the
// shape of the JSON.
package gotype
