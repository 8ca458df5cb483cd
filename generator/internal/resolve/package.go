package resolve

import (
	"cmp"
	"slices"
	"unicode"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/source"
	"github.com/l0gen/l0gen/generator/internal/syntax"
	"github.com/l0gen/l0gen/generator/internal/tmpl"
)

// Package resolves the specs of one directory. name is the Go package when no
// spec names one; existing says that it is that of Go files which are there.
func Package(rep *diag.Report, dir, name string, existing bool, specs []*syntax.Spec) *ir.Package {
	specs = slices.Clone(specs)
	slices.SortFunc(specs, func(a, b *syntax.Spec) int { return cmp.Compare(a.File.Path, b.File.Path) })
	r := &resolver{
		rep:      rep,
		builtins: builtins(),
		models:   table[*ir.Model]{what: "model", code: diag.NameDuplicate},
		policies: table[*syntax.Policy]{what: "policy", code: diag.NameDuplicate},
		partials: table[source.Text]{what: "partial", code: diag.NameDuplicate},
		types:    table[*ir.Named]{what: "type", code: diag.TypeDuplicate},
		prompts:  table[*ir.Prompt]{what: "prompt", code: diag.NameDuplicate},
	}
	pkg := &ir.Package{Dir: dir, Name: r.packageName(specs, name, existing), Partials: map[string]string{}}
	for _, s := range specs {
		pkg.Sources = append(pkg.Sources, s.File)
		if pkg.Doc == "" {
			pkg.Doc = clean(s.Doc.Value)
		}
	}
	r.declare(pkg, specs)
	for name, it := range r.partials.items {
		pkg.Partials[name] = it.value.Value
		tmpl.CheckPartial(rep, it.value)
	}
	r.resolveTypes(specs)
	for _, s := range specs {
		for i := range s.Prompts.Entries {
			r.prompt(pkg, s, &s.Prompts.Entries[i])
		}
	}
	return pkg
}

// resolver holds the names that the specs of a directory share.
type resolver struct {
	rep      *diag.Report
	builtins map[string]ir.Kind
	models   table[*ir.Model]
	policies table[*syntax.Policy]
	partials table[source.Text]
	types    table[*ir.Named]
	prompts  table[*ir.Prompt]
}

// declare collects the names of all specs, so that each can be used before the
// place where it is declared.
func (r *resolver) declare(pkg *ir.Package, specs []*syntax.Spec) {
	for _, s := range specs {
		for i := range s.Models.Entries {
			e := &s.Models.Entries[i]
			m := model(e)
			if r.nonEmpty(e.Key, "model") && r.models.add(r.rep, e.Key, m) {
				pkg.Models = append(pkg.Models, m)
			}
		}
		for i := range s.Policies.Entries {
			e := &s.Policies.Entries[i]
			if r.nonEmpty(e.Key, "policy") {
				r.policies.add(r.rep, e.Key, &e.Value)
			}
		}
		for _, e := range s.Partials.Entries {
			if r.nonEmpty(e.Key, "partial") {
				r.partials.add(r.rep, e.Key, e.Value.Text)
			}
		}
		for _, e := range s.Types.Entries {
			named := &ir.Named{Name: e.Key.Value, Span: e.Key.Span, Type: &ir.Type{Span: e.Value.Span}}
			if r.typeName(e.Key) && r.types.add(r.rep, e.Key, named) {
				pkg.Types = append(pkg.Types, named)
			}
		}
	}
}

func model(e *syntax.Entry[syntax.Model]) *ir.Model {
	m := &ir.Model{
		Name:          e.Key.Value,
		Span:          e.Key.Span,
		Provider:      e.Value.Provider.Value,
		ID:            e.Value.Model.Value,
		BaseURL:       e.Value.BaseURL.Value,
		APIKeyEnv:     e.Value.APIKeyEnv.Value,
		Class:         e.Value.Class.Value,
		ContextTokens: e.Value.ContextTokens.Value,
		Network:       e.Value.Network.Value,
		Spans:         spansOf(&e.Value),
	}
	if e.Value.Params != nil && e.Value.Params.JSON != "{}" {
		m.Params = e.Value.Params.JSON
	}
	if e.Value.Timeouts != nil {
		m.Timeouts = timeouts(e.Value.Timeouts)
	}
	return m
}

func (r *resolver) nonEmpty(key syntax.String, what string) bool {
	if key.Value == "" {
		r.rep.Error(diag.NameInvalid, key.Span, "a %s needs a name", what)
		return false
	}
	return true
}

// typeName reports whether a type can have the name.
func (r *resolver) typeName(key syntax.String) bool {
	if !r.identifier(key, "type") {
		return false
	}
	if _, builtin := r.builtins[key.Value]; builtin || slices.Contains(schemaWords(), key.Value) {
		r.rep.Error(diag.NameInvalid, key.Span, "%q is a built-in type", key.Value).Hint("choose another name")
		return false
	}
	return true
}

// identifier reports whether a name is a Go identifier.
func (r *resolver) identifier(key syntax.String, what string) bool {
	if !r.nonEmpty(key, what) {
		return false
	}
	for i, c := range key.Value {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			r.rep.Error(diag.NameInvalid, key.Span, "%q cannot be the name of a %s", key.Value, what).
				Hint("use letters, digits and _, and start with a letter")
			return false
		}
	}
	return true
}

// table maps the names of one kind of thing to what they stand for.
type table[T any] struct {
	what  string
	code  diag.Code
	items map[string]item[T]
}

type item[T any] struct {
	span  source.Span
	value T
}

// add declares a name, and reports one that is taken.
func (t *table[T]) add(rep *diag.Report, key syntax.String, value T) bool {
	if first, taken := t.items[key.Value]; taken {
		rep.Error(t.code, key.Span, "the %s %q is declared twice", t.what, key.Value).Also(first.span, "first here")
		return false
	}
	if t.items == nil {
		t.items = map[string]item[T]{}
	}
	t.items[key.Value] = item[T]{span: key.Span, value: value}
	return true
}

func (t *table[T]) names() []string {
	out := make([]string, 0, len(t.items))
	for name := range t.items {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// get looks a name up and reports one that is not declared.
func (t *table[T]) get(rep *diag.Report, code diag.Code, name syntax.String) (T, bool) {
	it, ok := t.items[name.Value]
	if !ok && name.Value != "" {
		d := rep.Error(code, name.Span, "unknown %s %q", t.what, name.Value)
		if !d.Suggest(name.Value, t.names) {
			d.Hint("declare it under %s", plural(t.what))
		}
	}
	return it.value, ok
}

func plural(what string) string {
	if what == "policy" {
		return "policies"
	}
	return what + "s"
}
