package subset

import (
	"fmt"
	"slices"
	"strings"
)

// maxNesting bounds the recursion through a schema.
const maxNesting = 100

// rewriter rewrites one schema. Its counts are those of the whole schema.
type rewriter struct {
	rules                     Rules
	root                      *object
	properties, members, text int
}

// schema returns the rewritten form of one schema, false if something would be lost.
func (w *rewriter) schema(s *object, depth int) (*object, bool) {
	kinds := typesOf(s)
	isContainer := slices.Contains(kinds, "object") || slices.Contains(kinds, "array")
	if isContainer {
		depth++
	}
	if depth > maxNesting || isContainer && w.rules.MaxDepth > 0 && depth > w.rules.MaxDepth {
		return nil, false
	}
	if _, refers := s.get("$ref"); !refers && len(kinds) == 0 && !hasAny(s, "enum", "const", "anyOf") {
		return nil, false // takes any value
	}
	out := &object{}
	var notes []string
	for _, m := range s.members {
		note, ok := w.keyword(out, m, depth)
		if !ok {
			return nil, false
		}
		if note != "" {
			notes = append(notes, note)
		}
	}
	describe(out, notes)
	if slices.Contains(kinds, "object") && !w.closeObject(s, out) {
		return nil, false
	}
	if w.rules.LoneRef {
		aloneRef(out)
	}
	return out, true
}

// keyword rewrites one member of a schema into out. A note says to the model what has no
// keyword of its own any more, and costs nothing when it is ignored.
func (w *rewriter) keyword(out *object, m member, depth int) (note string, ok bool) {
	switch m.name {
	case "$schema", "$id", "$comment", "deprecated", "examples", "readOnly", "writeOnly":
		return "", true
	case "type", "title", "description", "required", "additionalProperties", "$ref":
		out.set(m.name, m.value)
		return "", true
	case "default":
		text, err := marshal(m.value)
		return "Default: " + string(text) + ".", err == nil
	case "properties", "$defs":
		return "", w.named(out, m, depth)
	case "items":
		item, isObject := m.value.(*object)
		if !isObject {
			return "", false
		}
		rewritten, ok := w.schema(item, depth)
		out.set(m.name, rewritten)
		return "", ok
	case "anyOf":
		return "", w.anyOf(out, m, depth)
	case "enum":
		list, isList := m.value.([]any)
		w.countMembers(list)
		out.set(m.name, m.value)
		return "", isList
	case "const":
		w.countMembers([]any{m.value})
		if w.rules.ConstAsEnum {
			out.set("enum", []any{m.value})
		} else {
			out.set(m.name, m.value)
		}
		return "", true
	case "format":
		format, _ := m.value.(string)
		out.set(m.name, m.value)
		return "", slices.Contains(w.rules.Formats, format)
	}
	out.set(m.name, m.value)
	return "", w.rules.enforces(m.name)
}

// named rewrites the schemas of properties or definitions.
func (w *rewriter) named(out *object, m member, depth int) bool {
	schemas, ok := m.value.(*object)
	if !ok {
		return false
	}
	if m.name == "$defs" {
		depth = 0
	}
	rewritten := &object{}
	for _, p := range schemas.members {
		inner, ok := p.value.(*object)
		if !ok {
			return false
		}
		w.text += len(p.name)
		if m.name == "properties" {
			w.properties++
		}
		result, ok := w.schema(inner, depth)
		if !ok {
			return false
		}
		rewritten.set(p.name, result)
	}
	out.set(m.name, rewritten)
	return true
}

func (w *rewriter) anyOf(out *object, m member, depth int) bool {
	list, ok := m.value.([]any)
	if !ok {
		return false
	}
	alternatives := make([]any, 0, len(list))
	for _, a := range list {
		inner, ok := a.(*object)
		if !ok {
			return false
		}
		rewritten, ok := w.schema(inner, depth)
		if !ok {
			return false
		}
		alternatives = append(alternatives, rewritten)
	}
	out.set(m.name, alternatives)
	return true
}

func (w *rewriter) countMembers(list []any) {
	w.members += len(list)
	for _, v := range list {
		w.text += len(fmt.Sprint(v))
	}
}

// closeObject makes sure that an object takes no unknown properties and, where the rules want
// it, requires all of them. A property may be required that was not if null stands for its
// absence, or if its default does: both can be written out.
func (w *rewriter) closeObject(s, out *object) bool {
	extra, _ := s.get("additionalProperties")
	if !w.rules.AllRequired {
		_, isSchema := extra.(*object)
		return extra == false || isSchema && w.rules.enforces("additionalProperties")
	}
	if extra != false {
		return false
	}
	properties, ok := s.get("properties")
	if !ok {
		properties = &object{}
		out.set("properties", properties)
	}
	list, ok := properties.(*object)
	if !ok {
		return false
	}
	required, _ := s.get("required")
	names, _ := required.([]any)
	all := make([]any, 0, len(list.members))
	for _, p := range list.members {
		property, _ := p.value.(*object)
		if !slices.Contains(names, any(p.name)) && !w.takesNull(property, 0) && !w.hasDefault(property, 0) {
			return false
		}
		all = append(all, p.name)
	}
	out.set("required", all)
	return true
}

// takesNull reports whether null fits a schema.
func (w *rewriter) takesNull(s *object, depth int) bool {
	if s == nil || depth > maxNesting {
		return false
	}
	if slices.Contains(typesOf(s), "null") {
		return true
	}
	alternatives, _ := s.get("anyOf")
	list, _ := alternatives.([]any)
	for _, a := range list {
		if inner, ok := a.(*object); ok && w.takesNull(inner, depth+1) {
			return true
		}
	}
	return w.takesNull(w.target(s), depth+1)
}

func (w *rewriter) hasDefault(s *object, depth int) bool {
	if s == nil || depth > maxNesting {
		return false
	}
	if _, ok := s.get("default"); ok {
		return true
	}
	return w.hasDefault(w.target(s), depth+1)
}

// target returns the definition that a schema refers to.
func (w *rewriter) target(s *object) *object {
	ref, _ := s.get("$ref")
	text, _ := ref.(string)
	name, ok := strings.CutPrefix(text, "#/$defs/")
	if !ok {
		return nil
	}
	defs, _ := w.root.get("$defs")
	list, _ := defs.(*object)
	if list == nil {
		return nil
	}
	found, _ := list.get(name)
	target, _ := found.(*object)
	return target
}

// aloneRef moves a $ref that has something beside it into an anyOf of its own.
func aloneRef(s *object) {
	ref, ok := s.get("$ref")
	if !ok || len(s.members) == 1 {
		return
	}
	s.members = slices.DeleteFunc(s.members, func(m member) bool { return m.name == "$ref" })
	lone := &object{}
	lone.set("$ref", ref)
	s.members = slices.Insert(s.members, 0, member{"anyOf", []any{lone}})
}

// describe adds notes to a description.
func describe(s *object, notes []string) {
	if len(notes) == 0 {
		return
	}
	if text, ok := s.get("description"); ok {
		if text, isText := text.(string); isText {
			notes = append([]string{text}, notes...)
		}
	}
	s.set("description", strings.Join(notes, " "))
}

func typesOf(s *object) []string {
	kind, _ := s.get("type")
	switch kind := kind.(type) {
	case string:
		return []string{kind}
	case []any:
		var kinds []string
		for _, k := range kind {
			if text, ok := k.(string); ok {
				kinds = append(kinds, text)
			}
		}
		return kinds
	}
	return nil
}

func hasAny(s *object, names ...string) bool {
	return slices.ContainsFunc(s.members, func(m member) bool { return slices.Contains(names, m.name) })
}
