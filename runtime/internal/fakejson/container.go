package fakejson

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// object makes up an object: what is required, most of what is optional, and for maps a few
// entries.
func (g *generator) object(s *object, depth int) (any, error) {
	out := newObject()
	properties := s.object("properties")
	most := s.count("maxProperties", 1<<20)
	required := g.required(s)
	for _, name := range properties.keys {
		must := slices.Contains(required, name)
		if !must && (depth > flat || g.small || g.rng.IntN(8) == 0 || len(out.keys)+missing(required, out) >= most) {
			continue
		}
		v, err := g.value(properties.values[name], name, depth+1)
		if err != nil {
			if must {
				return nil, err
			}
			continue
		}
		out.set(name, v)
	}
	for _, name := range required {
		if _, done := out.get(name); done {
			continue
		}
		v, err := g.value(otherProperty(s, name), name, depth+1)
		if err != nil {
			return nil, err
		}
		out.set(name, v)
	}
	return out, g.fill(s, out, most, depth)
}

// required returns the names that must be there, those that depend on others included.
func (g *generator) required(s *object) []string {
	var names []string
	add := func(list []any) {
		for _, v := range list {
			if name, ok := v.(string); ok && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	add(s.list("required"))
	for _, key := range []string{"dependentRequired", "dependencies"} {
		depends := s.object(key)
		for _, k := range depends.keys {
			add(depends.list(k))
		}
	}
	return names
}

// missing counts the names that are not in o yet.
func missing(names []string, o *object) int {
	n := 0
	for _, name := range names {
		if _, ok := o.get(name); !ok {
			n++
		}
	}
	return n
}

// otherProperty returns the schema of a property that is not declared by name.
func otherProperty(s *object, name string) any {
	patterns := s.object("patternProperties")
	for _, p := range patterns.keys {
		if re, err := regexp.Compile(p); err == nil && re.MatchString(name) {
			return patterns.values[p]
		}
	}
	if v, ok := s.get("additionalProperties"); ok {
		return v
	}
	return true
}

// fill adds entries to a map, and to any object that has too few.
func (g *generator) fill(s, out *object, most, depth int) error {
	least := s.count("minProperties", 0)
	_, typed := s.values["additionalProperties"].(*object)
	patterns := s.object("patternProperties")
	isMap := len(s.object("properties").keys) == 0 && (typed || len(patterns.keys) > 0)
	want := least
	if isMap && depth <= flat && !g.small {
		want = max(least, 2)
	}
	want = min(want, most)
	const patience = 50
	for tries := 0; len(out.keys) < want; tries++ {
		if tries > patience {
			break
		}
		name, err := g.key(s, patterns, tries)
		if err != nil {
			return err
		}
		if _, taken := out.get(name); taken {
			continue
		}
		v, err := g.value(otherProperty(s, name), name, depth+1)
		if err != nil {
			return err
		}
		out.set(name, v)
	}
	if len(out.keys) < least {
		return fmt.Errorf("an object needs %d properties, and only %d could be made up", least, len(out.keys))
	}
	return nil
}

// key makes up the name of an entry.
func (g *generator) key(s, patterns *object, tries int) (string, error) {
	if names, ok := s.values["propertyNames"].(*object); ok {
		flat, err := g.flatten(names, 0)
		if err != nil || flat == nil {
			return "", err
		}
		flat.set("type", "string")
		v, err := g.typed(flat, "key", 0)
		name, _ := v.(string)
		return name, err
	}
	if len(patterns.keys) > 0 && s.values["additionalProperties"] == false {
		return g.matching(patterns.keys[tries%len(patterns.keys)], 0, 1<<20)
	}
	keys := []string{"alpha", "beta", "gamma", "delta"}
	if tries < len(keys) {
		return keys[tries], nil
	}
	return "key" + strconv.Itoa(tries), nil
}

// array makes up a list.
func (g *generator) array(s *object, name string, depth int) (any, error) {
	least, most := s.count("minItems", 0), s.count("maxItems", 1<<20)
	prefix := s.list("prefixItems")
	items, ok := s.get("items")
	if list, old := items.([]any); old { // before draft 2020
		prefix = list
		items, ok = s.get("additionalItems")
	}
	if !ok {
		items = true
	}
	want := 1 + g.rng.IntN(3)
	if depth > flat || g.small {
		want = 0
	}
	contains := 0
	if _, ok := s.get("contains"); ok {
		contains = s.count("minContains", 1)
	}
	want = min(max(want, least, len(prefix), contains), most)
	out := []any{}
	unique := s.values["uniqueItems"] == true
	for tries := 0; len(out) < want; tries++ {
		schema := items
		switch i := len(out); {
		case i < len(prefix):
			schema = prefix[i]
		case i < len(prefix)+contains:
			schema = allOf(s.values["contains"], items)
		}
		v, err := g.value(schema, singular(name), depth+1)
		switch {
		case err != nil && len(out) >= max(least, contains):
			return out, nil
		case err != nil:
			return nil, err
		case unique && has(out, v):
			if tries > want+100 {
				return out, nil // the check at the end tells whether that is enough
			}
			continue
		}
		out = append(out, v)
	}
	return out, nil
}

func has(list []any, v any) bool {
	text := string(encode(nil, v))
	return slices.ContainsFunc(list, func(o any) bool { return string(encode(nil, o)) == text })
}
