// Package source holds the files that the compiler reads and the places in
// them: byte spans, and the lines and columns that a person sees.
//
// It knows nothing of YAML or of specs. Every later stage carries its spans,
// so that whatever is wrong can be shown where it stands.
package source
