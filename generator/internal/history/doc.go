// Package history knows how prompts change over time. It gives each prompt the
// hash of what it says and demands, in a canonical form in which comments, the
// order of keys and the style of the YAML do not count.
//
// It reads the meaning of specs and never their text. Package generator calls it
// and hands the hashes to the plan stage.
package history
