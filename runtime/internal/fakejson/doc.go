// Package fakejson makes up a JSON value that fits a JSON Schema, with sensible content where
// names and formats tell what is meant. The same schema and seed give the same value.
//
// Every value is validated before it is returned. It is no solver: a schema whose keywords
// work against each other may get an error in place of a value. The simulated model server of
// package l0test calls it.
package fakejson
