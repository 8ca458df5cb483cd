// Package interp gives specs their meaning at run time, without generated code:
// it makes of the ir what generated code would hand to the runtime. Commands
// that run or explain a spec call it. It is the one package of the compiler
// that imports the runtime; a test proves that it and the generated code say
// the same.
package interp
