// Package templates holds the text of everything that l0gen writes and that is
// not generated Go: what a new package starts with. The
// init command fills them in. The templates of prompts are the users' and stand in
// their specs.
package templates
