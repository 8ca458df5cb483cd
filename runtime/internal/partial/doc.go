// Package partial makes values of a Go type from JSON that is still being written. Package l0
// calls it for the partial values of a stream.
//
// A [Builder] fills one value in place, looking at each byte once. What it shows while the text
// goes on:
//
//   - A string, a number, true, false and null appear when they are closed. With [GrowStrings]
//     the string that is being written appears and grows.
//   - An object or a list appears as soon as it is begun, empty, and grows as its members are
//     closed. So the last element of a list of objects is one that may lack properties yet:
//     [Builder.State] tells which.
//   - A type that decodes itself (UnmarshalJSON, UnmarshalText) appears when it is closed.
//
// When the text is complete and fits its type, the value is the one of encoding/json, with two
// exceptions. Names of properties are compared exactly. A property that is given twice has the
// later value alone; the two are not merged.
//
// Nothing is checked but that a value fits its Go type, and nothing is repaired. A value
// that does not fit is left absent and listed by [Builder.Misfits]; the rest goes on. Properties that the
// type does not have are skipped. Where the text stops being JSON, the value stays as it is.
//
// Around the value there may be prose and a code fence; see [Builder.Feed].
package partial
