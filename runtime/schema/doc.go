// Package schema checks and decodes JSON by JSON Schema: text in, a value of a Go type or a
// list of [Problem] out.
//
// It accepts what is right and explains what is wrong; it never repairs. Schemas are of
// draft 2020-12 unless they name another, formats and content encodings are asserted, and
// nothing is ever loaded from a file or the network.
//
// Package l0 calls it for every input and every typed reply. A [Schema] is read only and
// safe for concurrent use.
package schema
