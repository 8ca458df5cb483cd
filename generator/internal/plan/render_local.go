package plan

import (
	"go/token"
	"go/types"
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// locals chooses the names of the variables of one function. No two that are in
// scope together have one name, and none has a name that the function needs
// for something else.
type locals struct {
	names *names
	taken map[string]bool
}

func newLocals(n *names) *locals {
	return &locals{names: n, taken: map[string]bool{"in": true, "format": true}}
}

// choose returns a variable with the first name that is free, else the last
// one with a number.
func (l *locals) choose(candidates ...string) *Local {
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		for _, name := range candidates {
			if l.isFree(name) {
				l.taken[name] = true
				return &Local{Name: name}
			}
		}
		candidates = []string{last + strconv.Itoa(i)}
	}
}

// isFree reports whether a name can be given. Package-level names would be
// hidden by it, which Go allows and readers do not like.
func (l *locals) isFree(name string) bool {
	if !token.IsIdentifier(name) || l.taken[name] || name == "_" || types.Universe.Lookup(name) != nil {
		return false
	}
	if len(name) == 1 {
		return true // what all generated functions use for their variables
	}
	_, generated := l.names.generated[name]
	_, declared := l.names.declared[name]
	return !l.names.private.taken[name] && !generated && !declared
}

// free gives a name back when its variable goes out of scope.
func (l *locals) free(locals ...*Local) {
	for _, local := range locals {
		if local != nil {
			delete(l.taken, local.Name)
		}
	}
}

// forVar returns a variable for one of a template: with its name in Go's
// spelling, else with one of the fallbacks.
func (l *locals) forVar(v *ir.Var, fallbacks ...string) *Local {
	if name := unexported(exported(v.Name)); v.Name != "" && token.IsIdentifier(name) {
		return l.choose(name, name+"Value")
	}
	return l.choose(fallbacks...)
}
