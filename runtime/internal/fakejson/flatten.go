package fakejson

import (
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// flatten puts what a schema refers to, all of allOf, and one alternative of anyOf and oneOf
// into one schema without those keywords. It returns nil if nothing can fit.
func (g *generator) flatten(s *object, depth int) (*object, error) {
	return g.flattenDeep(s, depth, 0)
}

func (g *generator) flattenDeep(s *object, depth, steps int) (*object, error) {
	if steps > deepest {
		return nil, errors.New("the schema refers to itself without end")
	}
	out := s.without("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "$defs", "definitions")
	add := func(more any) error {
		if out == nil {
			return nil
		}
		switch more := more.(type) {
		case bool:
			if !more {
				out = nil
			}
			return nil
		case *object:
			flat, err := g.flattenDeep(more, depth, steps+1)
			if err != nil || flat == nil {
				out = nil
				return err
			}
			out = merge(out, flat)
			return nil
		}
		return fmt.Errorf("a schema is an object or a boolean, not %T", more)
	}
	for _, key := range []string{"$ref", "$dynamicRef"} {
		if ref := s.text(key); ref != "" {
			target, err := g.resolve(ref)
			if err == nil {
				err = add(target)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	for _, part := range s.list("allOf") {
		if err := add(part); err != nil {
			return nil, err
		}
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		if list := s.list(key); len(list) > 0 {
			if err := add(g.alternative(list, depth)); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// alternative picks one of several schemas: null only deep down, and there what is smallest.
func (g *generator) alternative(list []any, depth int) any {
	rest := make([]any, 0, len(list))
	for _, s := range list {
		o, ok := s.(*object)
		null := ok && (o.text("type") == "null" || o.values["const"] == nil && slices.Contains(o.keys, "const"))
		switch {
		case null && depth > flat:
			return s
		case null, s == false:
		case depth > flat && ok && g.recursive(o):
		default:
			rest = append(rest, s)
		}
	}
	if len(rest) == 0 {
		rest = list
	}
	return rest[g.rng.IntN(len(rest))]
}

// recursive reports whether a schema looks like it contains more of its kind.
func (g *generator) recursive(o *object) bool {
	if ref := o.text("$ref"); ref != "" {
		target, err := g.resolve(ref)
		inner, ok := target.(*object)
		return err == nil && ok && strings.Contains(string(encode(nil, inner)), `"$ref"`)
	}
	return strings.Contains(string(encode(nil, o)), `"$ref"`)
}

// resolve finds what a local reference stands for.
func (g *generator) resolve(ref string) (any, error) {
	fragment, ok := strings.CutPrefix(ref, "#")
	if !ok {
		id, inside, _ := strings.Cut(ref, "#")
		if found := g.find(g.root, "$id", id, 0); found != nil {
			return at(found, inside)
		}
		return nil, fmt.Errorf("the reference %q is not local", ref)
	}
	if fragment == "" || strings.HasPrefix(fragment, "/") {
		return at(g.root, fragment)
	}
	for _, key := range []string{"$anchor", "$dynamicAnchor"} {
		if found := g.find(g.root, key, fragment, 0); found != nil {
			return found, nil
		}
	}
	return nil, fmt.Errorf("the reference %q leads nowhere", ref)
}

// at follows a JSON pointer.
func at(v any, pointer string) (any, error) {
	pointer, err := url.PathUnescape(pointer)
	if err != nil {
		return nil, err
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" {
			break
		}
		step = unescape.Replace(step)
		switch in := v.(type) {
		case *object:
			next, ok := in.get(step)
			if !ok {
				return nil, fmt.Errorf("the reference #%s leads nowhere", pointer)
			}
			v = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(in) {
				return nil, fmt.Errorf("the reference #%s leads nowhere", pointer)
			}
			v = in[i]
		default:
			return nil, fmt.Errorf("the reference #%s leads nowhere", pointer)
		}
	}
	return v, nil
}

// find looks for the schema that has a key with this value.
func (g *generator) find(v any, key, value string, depth int) any {
	switch v := v.(type) {
	case *object:
		if v.text(key) == value {
			return v
		}
		for _, k := range v.keys {
			if found := g.find(v.values[k], key, value, depth+1); found != nil {
				return found
			}
		}
	case []any:
		for _, item := range v {
			if found := g.find(item, key, value, depth+1); found != nil {
				return found
			}
		}
	}
	return nil
}

// merge returns a schema that both a and b allow, as far as that can be said in one. b's
// annotations give way.
func merge(a, b *object) *object {
	out := a.clone()
	for _, key := range b.keys {
		theirs := b.values[key]
		ours, both := out.get(key)
		if !both {
			out.set(key, theirs)
			continue
		}
		switch key {
		case "properties", "patternProperties":
			out.set(key, mergeProperties(ours, theirs))
		case "required":
			out.set(key, union(ours, theirs))
		case "type":
			out.set(key, commonTypes(ours, theirs))
		case "enum":
			out.set(key, common(ours, theirs))
		case "minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains":
			out.set(key, tighter(ours, theirs, 1))
		case "maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains":
			out.set(key, tighter(ours, theirs, -1))
		case "items", "additionalProperties", "propertyNames":
			out.set(key, allOf(ours, theirs))
		}
	}
	return out
}

func allOf(a, b any) any {
	both := newObject()
	both.set("allOf", []any{a, b})
	return both
}

func mergeProperties(a, b any) any {
	ours, ok1 := a.(*object)
	theirs, ok2 := b.(*object)
	if !ok1 || !ok2 {
		return a
	}
	out := ours.clone()
	for _, k := range theirs.keys {
		if mine, ok := out.get(k); ok {
			out.set(k, allOf(mine, theirs.values[k]))
		} else {
			out.set(k, theirs.values[k])
		}
	}
	return out
}

func union(a, b any) any {
	out, _ := a.([]any)
	out = slices.Clone(out)
	theirs, _ := b.([]any)
	for _, v := range theirs {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// common returns what is in both lists.
func common(a, b any) any {
	ours, _ := a.([]any)
	theirs, _ := b.([]any)
	out := []any{}
	for _, v := range ours {
		text := string(encode(nil, v))
		if slices.ContainsFunc(theirs, func(o any) bool { return string(encode(nil, o)) == text }) {
			out = append(out, v)
		}
	}
	return out
}

func commonTypes(a, b any) any {
	list := func(v any) []any {
		if l, ok := v.([]any); ok {
			return l
		}
		return []any{v}
	}
	ours, theirs := list(a), list(b)
	out, _ := common(ours, theirs).([]any)
	if len(out) == 0 && slices.Contains(append(ours, theirs...), any("integer")) {
		return "integer" // the other is a number
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// tighter returns the larger of two numbers for sign 1, the smaller for -1.
func tighter(a, b any, sign int) any {
	x, y := rat(a), rat(b)
	if x == nil || (y != nil && y.Cmp(x) == sign) {
		return b
	}
	return a
}

// rat returns a number exactly, nil if v is none or out of all proportion.
func rat(v any) *big.Rat {
	text := string(encode(nil, v))
	const longest = 60
	if _, exponent, ok := strings.Cut(strings.ToLower(text), "e"); ok {
		if n, err := strconv.Atoi(exponent); err != nil || n > 400 || n < -400 {
			return nil
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok || len(text) > longest {
		return nil
	}
	return r
}
