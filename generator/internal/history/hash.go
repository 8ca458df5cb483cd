package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// Parts are the hashes of the parts of a prompt.
type Parts struct {
	Prompt, Input, Output, Model, Policy string
}

// Hashes returns the hash of each prompt of a package, by name.
func Hashes(pkg *ir.Package) map[string]string {
	hashes := make(map[string]string, len(pkg.Prompts))
	for _, p := range pkg.Prompts {
		parts := PartsOf(pkg, p)
		hashes[p.Name] = sum(parts)
	}
	return hashes
}

// PartsOf returns the hashes of the parts of a prompt.
func PartsOf(pkg *ir.Package, p *ir.Prompt) Parts {
	return Parts{
		Prompt: sum(messages(pkg, p)),
		Input:  sum(inputs(p)),
		Output: sum(output(p)),
		Model:  sum(models(p)),
		Policy: sum(json.RawMessage(p.Policy.Canonical)),
	}
}

// sum hashes a value made of maps, slices, strings, numbers and plain structs.
// encoding/json orders the keys of maps.
func sum(canonical any) string {
	text, err := json.Marshal(canonical)
	if err != nil { // such values always encode
		text = []byte(err.Error())
	}
	digest := sha256.Sum256(text)
	return "h1:" + hex.EncodeToString(digest[:])
}
