package plan

import (
	"cmp"
	"slices"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// names holds the Go names of everything that a package of specs declares.
//
// A name depends on what it is made of and on the names that the generated code
// itself needs, never on its neighbours: where two declared things come to one
// name, that is an error and not a reason to rename one of them.
type names struct {
	rep *diag.Report
	env Env

	methods map[*ir.Prompt]string
	vars    map[*ir.Prompt]promptVars
	models  map[*ir.Model]string
	types   map[*ir.Type]string   // named types, and anonymous objects and enums
	members map[*ir.Type][]string // the constants of enums
	fields  map[*ir.Field]string
	schemas map[*ir.Named]string // the constants that hold schemas
	spec    string               // the variable that describes the package

	// generated are the exported names that the generated code needs at package
	// level, with what they are; declared are those that things of the specs have.
	generated map[string]string
	declared  map[string]place
	private   privateScope
}

// place is a thing of the specs that has a Go name.
type place struct {
	span source.Span
	what string
}

// promptVars are the unexported names of a prompt.
type promptVars struct {
	function, render, inputSchema, outputSchema string
}

// nameAll chooses all names of a package.
func nameAll(rep *diag.Report, pkg *ir.Package, env Env) *names {
	n := &names{
		rep:       rep,
		env:       env,
		methods:   map[*ir.Prompt]string{},
		vars:      map[*ir.Prompt]promptVars{},
		models:    map[*ir.Model]string{},
		types:     map[*ir.Type]string{},
		members:   map[*ir.Type][]string{},
		fields:    map[*ir.Field]string{},
		schemas:   map[*ir.Named]string{},
		generated: map[string]string{},
		declared:  map[string]place{},
	}
	for _, name := range []string{"Client", "New", "Caller"} {
		n.generate(name, "", pkg.Dir, source.Span{})
	}
	n.refuseHidden(pkg.Dir)
	n.namePrompts(pkg.Prompts)
	n.nameModels(pkg.Models)
	n.nameTypes(pkg.Types)
	n.nameInner(pkg)
	n.private.reserve(env)
	n.namePrivate(pkg)
	return n
}

// generate reserves an exported name that generated code needs at package level
// because of the thing at span.
func (n *names) generate(name, what, dir string, span source.Span) {
	n.generated[name] = what
	at, taken := n.env.Declared[name]
	switch {
	case !taken:
	case span.IsZero():
		n.rep.ErrorAt(diag.GoNameTaken, dir, "generated code declares %s, but so does %s", name, at).
			Hint("rename the hand-written %s", name)
	default:
		n.rep.Error(diag.GoNameTaken, span, "generated code declares %s for %s, but so does %s", name, what, at).
			Hint("rename the hand-written %s", name)
	}
}

// refuseHidden reports hand-written declarations of names that Go declares and
// generated code uses.
func (n *names) refuseHidden(dir string) {
	for _, name := range []string{
		"any", "append", "bool", "byte", "error", "false", "float64", "int64", "len", "make", "nil", "string", "true",
	} {
		if at, taken := n.env.Declared[name]; taken {
			n.rep.ErrorAt(diag.GoNameTaken, dir, "generated code needs Go's own %s, which %s hides", name, at).
				Hint("rename the hand-written %s", name)
		}
	}
}

// declare gives a package-level name to a thing of the specs, and reports a
// name that another thing or hand-written code has.
func (n *names) declare(name string, p place, hint string) {
	if first, taken := n.declared[name]; taken {
		n.rep.Error(diag.GoNameTaken, p.span, "%s and %s are both %s in Go", first.what, p.what, name).
			Also(first.span, "%s", first.what).Hint("%s", hint)
		return
	}
	n.declared[name] = p
	if because := n.meets(name); because != "" {
		n.rep.Error(diag.GoNameTaken, p.span, "%s cannot be %s in Go, because %s", p.what, name, because).Hint("%s", hint)
	} else if at, taken := n.env.Declared[name]; taken {
		n.rep.Error(diag.GoNameTaken, p.span, "%s is %s in Go, which %s declares as well", p.what, name, at).
			Hint("%s", hint)
	}
}

// explicit returns a go_name if it can be used.
func (n *names) explicit(goName string, span source.Span) string {
	if goName == "" || isExportedIdent(goName) {
		return goName
	}
	n.rep.Error(diag.GoNameInvalid, span, "go_name %q is not an exported Go identifier", goName).
		Hint("begin it with an upper-case letter, and use letters, digits and _")
	return ""
}

// orElse returns the explicit name, else the one derived from the spec's name,
// which is reported when there is none.
func (n *names) orElse(explicit, derived string, p place, hint string) string {
	if explicit != "" {
		return explicit
	}
	if derived == "" {
		n.rep.Error(diag.GoNameInvalid, p.span, "%s has no letter or digit to make a Go name of", p.what).
			Hint("%s", hint)
		return "X"
	}
	return derived
}

// changed warns that a thing of the specs has another Go name than its own.
func (n *names) changed(p place, from, to, because, hint string) {
	n.rep.Warn(diag.GoNameChanged, p.span, "%s is called %s in Go, because %s", p.what, to, because).
		Hint(hint, from)
}

// The hints of what can carry a go_name, and of what cannot.
const (
	hintGoName   = "choose another name with go_name"
	hintRename   = "rename one of them"
	hintOverride = "choose the Go name yourself with go_name, instead of %s"
	hintModel    = "rename the model, or live with it; %s is taken"
	hintMember   = "rename the type with go_name; %s is taken"
)

// byLength returns things ordered by the lengths of their names. Generated
// names only ever add to a name, so that in this order every generated name is
// known before a declared name can meet it.
func byLength[T any](things []T, name func(T) string) []T {
	sorted := slices.Clone(things)
	slices.SortStableFunc(sorted, func(a, b T) int {
		return cmp.Or(cmp.Compare(len(name(a)), len(name(b))), cmp.Compare(name(a), name(b)))
	})
	return sorted
}

// meets returns why a package-level name cannot be declared, "" when it can.
func (n *names) meets(name string) string {
	what, taken := n.generated[name]
	switch {
	case !taken:
		return ""
	case what == "":
		return "generated code declares " + name
	}
	return "generated code declares " + name + " for " + what
}
