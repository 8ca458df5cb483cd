// Package repotest holds tests of the repository as a whole: that every package
// says what it is, that the make targets explain themselves, that documents name
// commands that exist. It has no code of its own and nothing imports it.
package repotest
