// Package syntax turns the bytes of a spec into a tree of Go values in which
// every value knows where it stands. It checks shape (keys, kinds of values,
// words of a fixed list) and gives no meaning: names are not looked up,
// templates and type expressions are only text here.
//
// The types of the tree are the format: the decoder walks them, and the
// published JSON Schema is reflected from them, doc comments included. Package
// generator calls [Parse] for each file; the resolve stage reads the tree.
package syntax
