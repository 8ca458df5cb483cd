// Package check judges the meaning of a package of specs: one rule per file,
// each a function of the package that reports what it finds and changes
// nothing.
//
// The resolve stage has already reported what has no meaning at all; kinds that
// it marked as invalid are passed over in silence here. Package generator calls [Package] once per
// directory.
package check
