// Package gopkg looks at the Go code that surrounds the specs of a directory:
// the package that is already there, what its hand-written files declare, which
// of its files l0gen wrote, and the import path.
//
// It reads and never writes. The façade calls it once per directory.
package gopkg
