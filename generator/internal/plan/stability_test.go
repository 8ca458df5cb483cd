package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// exportedNames returns the names of all things, in the order of the package.
func exportedNames(t *testing.T, p *irtest.Package) (names map[any]string, ok bool) {
	t.Helper()
	rep := &diag.Report{}
	n := nameAll(rep, &p.Package, Env{})
	names = map[any]string{}
	for k, v := range n.methods {
		names[k] = v
	}
	for k, v := range n.models {
		names[k] = v
	}
	for k, v := range n.types {
		names[k] = v
	}
	for k, v := range n.fields {
		names[k] = v
	}
	for k, v := range n.members {
		names[fmt.Sprintf("%p", k)] = fmt.Sprint(v)
	}
	return names, !rep.HasErrors()
}

func TestUnrelatedThingsRenameNothing(t *testing.T) {
	t.Parallel()
	sound := 0
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := irtest.Random(r)
		before, ok := exportedNames(t, p)
		if !ok {
			continue
		}
		sound++
		addUnrelated(r, p)
		after, ok := exportedNames(t, p)
		require.True(t, ok, "seed %d", seed)
		for thing, name := range before {
			require.Equal(t, name, after[thing], "seed %d", seed)
		}
	}
	require.Greater(t, sound, 1000, "most packages are in error")
}

// addUnrelated declares something at a random place.
func addUnrelated(r *rand.Rand, p *irtest.Package) {
	zebra := func() *ir.Type { return p.Object(p.Field("zebra", p.Enum("stripes"))) }
	var objects []*ir.Type
	for _, t := range p.Types {
		if t.Type.Kind == ir.Object {
			objects = append(objects, t.Type)
		}
	}
	switch n := r.IntN(5); {
	case n == 0:
		p.Model("zebra")
		p.Models = rotate(r, p.Models)
	case n == 1:
		p.Prompt("Zebra", zebra(), p.Field("zebra", p.Of(ir.String)))
		p.Prompts = rotate(r, p.Prompts)
	case n == 2 && len(p.Prompts) > 0:
		prompt := p.Prompts[r.IntN(len(p.Prompts))]
		prompt.Inputs = rotate(r, append(prompt.Inputs, p.Field("zebra", zebra())))
	case n == 3 && len(objects) > 0:
		object := objects[r.IntN(len(objects))]
		object.Fields = rotate(r, append(object.Fields, p.Field("zebra", zebra())))
	default:
		p.Type("Zebra", zebra())
		p.Types = rotate(r, p.Types)
	}
}

func rotate[T any](r *rand.Rand, list []T) []T {
	at := r.IntN(len(list))
	return slices.Concat(list[at:], list[:at])
}

// TestNamesAreUnique checks that no two things of a sound package share a name
// where Go would refuse it.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4000) {
		p := irtest.Random(rand.New(rand.NewPCG(seed, 2)))
		rep := &diag.Report{}
		n := nameAll(rep, &p.Package, Env{})
		if rep.HasErrors() {
			continue
		}
		seen := map[string]bool{}
		once := func(name string) {
			require.False(t, seen[name], "seed %d: %s", seed, name)
			seen[name] = true
		}
		for name := range n.generated {
			once(name)
		}
		for name := range n.declared {
			once(name)
		}
		for _, vars := range n.vars {
			once(vars.function)
			once(vars.render)
			once(vars.inputSchema)
			once(vars.outputSchema)
		}
		for _, name := range n.schemas {
			once(name)
		}
	}
}
