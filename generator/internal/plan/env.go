package plan

// Env is what planning must know beside the specs.
type Env struct {
	// ImportPath is that of the package, empty when no go.mod is there.
	ImportPath string
	// Hashes are the hashes of the prompts, by their names in the specs.
	Hashes map[string]string
	// Declared maps the names that hand-written code of the package declares at
	// package level to their places, as "file.go:3:6".
	Declared map[string]string
	// Imported holds the names under which hand-written files import packages.
	// Go does not allow a package to declare them.
	Imported map[string]bool
	// HasPackageDoc says that a hand-written file has the package comment.
	HasPackageDoc bool
}
