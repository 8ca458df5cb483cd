// Package subset rewrites a JSON Schema to the part of JSON Schema that a provider enforces.
//
// A rewrite loses nothing: every value that fits the result fits the schema that was given,
// and every value that a caller could get under the schema can still be given. Where that is
// not possible there is no result, and the provider offers another output mode.
package subset
