package plan

import (
	"go/token"
	"go/types"
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// privateScope holds the unexported names of a package. Nobody sees them, so
// that a name which is taken is no error: the next best is chosen.
type privateScope struct {
	taken map[string]bool
}

// reserve takes the names that generated code uses in functions or imports, and
// those of hand-written code.
func (s *privateScope) reserve(env Env) {
	s.taken = map[string]bool{
		// What Go itself gives a meaning to at package level.
		"init": true, "main": true, "_": true,
		// What functions of generated code call their receivers, parameters and
		// variables.
		"c": true, "f": true, "v": true, "o": true, "a": true, "b": true,
		"ctx": true, "in": true, "opts": true, "base": true, "binding": true, "err": true, "format": true,
	}
	for _, imp := range importTable(env) {
		s.taken[imp.Name] = true
	}
	for name := range env.Declared {
		s.taken[name] = true
	}
	for name := range env.Imported {
		s.taken[name] = true
	}
}

// choose returns the first candidate that is free, else the last one with the
// first number that makes it free.
func (s *privateScope) choose(candidates ...string) string {
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		for _, name := range candidates {
			if s.isFree(name) {
				s.taken[name] = true
				return name
			}
		}
		candidates = []string{last + strconv.Itoa(i)}
	}
}

func (s *privateScope) isFree(name string) bool {
	return token.IsIdentifier(name) && !s.taken[name] && types.Universe.Lookup(name) == nil
}

// namePrivate names the unexported variables, constants and functions.
func (n *names) namePrivate(pkg *ir.Package) {
	n.spec = n.private.choose("spec", "packageSpec")
	for _, p := range pkg.Prompts {
		name := n.methods[p]
		small := unexported(name)
		n.vars[p] = promptVars{
			function:     n.private.choose(small, small+"Prompt", "prompt"+name),
			render:       n.private.choose("render"+name, "renderPrompt"+name),
			inputSchema:  n.private.choose(small+"InputSchema", "inputSchema"+name),
			outputSchema: n.private.choose(small+"OutputSchema", "outputSchema"+name),
		}
	}
	for _, t := range pkg.Types {
		name := n.types[t.Type]
		n.schemas[t] = n.private.choose(unexported(name)+"Schema", "schema"+name)
	}
}

// importTable lists the packages that generated code can import. A name that
// hand-written code declares for the whole package gives way to another one.
func importTable(env Env) []Import {
	table := []Import{
		{Path: runtimePath, Name: "l0", Alias: true},
		{Path: renderPath, Name: "render"},
		{Path: guardPath, Name: "guard"},
		{Path: retryPath, Name: "retry"},
		{Path: structuredPath, Name: "structured"},
	}
	for _, path := range []string{"bytes", "cmp", "context", "maps", "slices", "strconv", "strings", "time"} {
		table = append(table, Import{Path: path, Name: path})
	}
	for i, imp := range table {
		name := imp.Name
		for env.Declared[name] != "" {
			name = "gen" + name
		}
		table[i].Name, table[i].Alias = name, imp.Alias || name != imp.Name
	}
	return table
}
