// Package irtest builds packages of specs for tests, without the front end. The
// tests of the plan and emit stages call it; no other code does.
package irtest
