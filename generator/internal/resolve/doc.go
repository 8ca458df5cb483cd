// Package resolve turns the trees of all specs of a directory into their
// meaning: names are looked up, type expressions read, policies merged,
// templates compiled.
//
// It reports what cannot be given a meaning. Whether the meaning is sound (a
// type that no value satisfies, constraints that contradict each other) is for
// the check stage to say. Package generator calls [Package] with all specs of a
// directory.
package resolve
