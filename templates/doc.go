// Package templates holds the text of everything that l0gen writes and that is
// not generated Go: what a new package starts with.
package templates
