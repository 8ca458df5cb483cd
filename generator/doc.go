// Package generator is the face of the l0gen compiler: it reads the specs of
// one or more directories, reports all that is wrong with them, and gives the
// Go code that they mean.
//
// [Generate] and [Check] compute and write nothing; [Result.Write] and
// [Result.Diff] do what is left. The commands call it, and programs may. It
// does not run prompts: that is the runtime's work.
package generator
