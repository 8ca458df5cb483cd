// Package retry holds what is known about trying again: the limits and their defaults, the
// reasons, the kinds of network failure with their delays, the presets, and the back-off
// formulas.
//
// It decides nothing about a running call and waits for nothing; the run loop of package l0
// does, with these values. Everything here is a plain value or a pure function, safe for
// concurrent use.
package retry
