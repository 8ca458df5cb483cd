// Package retry knows what there is to know about trying again. It classifies errors
// ([Classify]), decides whether another try follows and after which delay ([Budget]), and
// holds the limits and their defaults ([Config]), the reasons, the kinds of network failure,
// the presets and the back-off formulas.
//
// It runs no call and waits for nothing; the run loop of package l0 does, by what is decided
// here. But for a [Budget], which belongs to one call, everything is a plain value or a pure
// function, safe for concurrent use.
package retry
