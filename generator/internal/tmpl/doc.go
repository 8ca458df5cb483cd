// Package tmpl compiles the templates of messages: text becomes a typed tree,
// [ir.Template], whose rendering cannot fail.
//
// The syntax is that of text/template, whose parser does the parsing. What a
// template may name, call and print is decided here, from the types of the
// inputs, and everything else is reported where it stands. Partials are
// inlined and checked anew at each use, with the type that they are given.
//
// The resolve stage calls it. What Go code a template becomes is decided by
// the plan stage.
package tmpl
