package subset

import (
	"encoding/json"
	"slices"
)

// Rules describe the part of JSON Schema that a provider enforces.
type Rules struct {
	// Keywords are those that the provider enforces or passes to the model, beside the ones
	// that every rewrite knows: type, properties, required, additionalProperties, items, enum,
	// anyOf, $ref, $defs, title and description.
	Keywords []string
	// Formats are the values of format that the provider enforces.
	Formats []string
	// AllRequired says that every property has to be required, and objects closed.
	AllRequired bool
	// LoneRef says that nothing may stand beside a $ref.
	LoneRef bool
	// ConstAsEnum says that a const has to be written as an enum.
	ConstAsEnum bool
	// NoRecursion says that no definition may refer to itself.
	NoRecursion bool
	// MaxDepth is how deep objects and arrays may be nested, 0 is no limit.
	MaxDepth int
	// MaxProperties, MaxEnum and MaxText limit a schema as a whole: how many properties and
	// how many members of enums it has, and how long its names and members are together.
	// 0 is no limit.
	MaxProperties, MaxEnum, MaxText int
}

// Schema is a rewritten schema.
type Schema struct {
	// JSON is the schema, empty if there is no rewrite that loses nothing.
	JSON json.RawMessage
	// IsObject reports that every value of the schema given is an object, which the arguments
	// of a tool have to be.
	IsObject bool
}

// Rewrite returns schema as rules allow it.
func (r Rules) Rewrite(schema string) Schema {
	root, err := parse(schema)
	if err != nil {
		return Schema{}
	}
	kind, _ := root.get("type")
	out := Schema{IsObject: kind == "object"}
	w := rewriter{rules: r, root: root}
	rewritten, ok := w.schema(root, 0)
	if !ok || r.NoRecursion && w.recursive() || r.exceeded(&w) || r.AllRequired && (!out.IsObject || hasAny(root, "anyOf")) {
		return out
	}
	if out.JSON, err = marshal(rewritten); err != nil {
		out.JSON = nil
	}
	return out
}

// exceeded reports whether a schema is too large as a whole.
func (r Rules) exceeded(w *rewriter) bool {
	over := func(n, limit int) bool { return limit > 0 && n > limit }
	return over(w.properties, r.MaxProperties) || over(w.members, r.MaxEnum) || over(w.text, r.MaxText)
}

func (r Rules) enforces(keyword string) bool { return slices.Contains(r.Keywords, keyword) }
