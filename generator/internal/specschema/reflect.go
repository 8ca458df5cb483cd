package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/l0gen/l0gen/generator/internal/syntax"
)

// ID is where the schema is published.
const id = "https://github.com/l0gen/l0gen/schemas/l0gen.schema.json"

const syntaxDir = "generator/internal/syntax"

// Reflect returns the JSON Schema of the spec format. root is the folder of
// the module, whose source holds the doc comments.
func Reflect(root string) ([]byte, error) {
	b := &builder{done: map[reflect.Type]bool{}}
	b.reflector = &jsonschema.Reflector{Mapper: b.mapper, Anonymous: true}
	if err := b.comments(root); err != nil {
		return nil, err
	}
	schema := b.reflect(reflect.TypeFor[syntax.Spec]())
	for len(b.queue) > 0 {
		next := b.queue[0]
		b.queue = b.queue[1:]
		maps.Copy(schema.Definitions, b.reflect(next).Definitions)
	}
	b.refine(schema)
	schema.ID = id
	schema.Title = "l0gen spec"
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(schema); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// builder reflects the types of the tree one by one, because those that read
// themselves have several forms that the library cannot know.
type builder struct {
	reflector *jsonschema.Reflector
	direct    reflect.Type // the type being reflected as the struct it is
	queue     []reflect.Type
	done      map[reflect.Type]bool
	structs   []reflect.Type
}

// comments reads the doc comments of the tree. The library wants to stand in
// the module's root.
func (b *builder) comments(root string) error {
	old, err := os.Getwd()
	if err != nil {
		return err
	}
	if err := os.Chdir(root); err != nil {
		return err
	}
	err = b.reflector.AddGoComments("github.com/l0gen/l0gen", "./"+filepath.ToSlash(syntaxDir))
	if back := os.Chdir(old); err == nil {
		err = back
	}
	for key, text := range b.reflector.CommentMap {
		b.reflector.CommentMap[key] = strings.Join(strings.Fields(text), " ")
	}
	return err
}

func (b *builder) reflect(t reflect.Type) *jsonschema.Schema {
	b.direct = t
	b.done[t] = true
	b.structs = append(b.structs, t)
	return b.reflector.ReflectFromType(t)
}

// later queues a struct for a definition of its own, and refers to it.
func (b *builder) later(t reflect.Type) *jsonschema.Schema {
	if !b.done[t] {
		b.done[t] = true
		b.queue = append(b.queue, t)
	}
	return &jsonschema.Schema{Ref: "#/$defs/" + t.Name()}
}

// refine adds what the Go types do not say.
func (b *builder) refine(schema *jsonschema.Schema) {
	one := uint64(1)
	for _, name := range []string{"Message", "Part"} {
		schema.Definitions[name].MinProperties = &one
		schema.Definitions[name].MaxProperties = &one
	}
	schema.Definitions["Schema"].PatternProperties = map[string]*jsonschema.Schema{"^x-": jsonschema.TrueSchema}
	if version, ok := schema.Definitions["Spec"].Properties.Get("l0gen"); ok {
		version.Enum = []any{1}
	}
	for _, t := range b.structs {
		markLater(schema.Definitions[t.Name()], t)
	}
}

// markLater says in the description of a key that it is not supported yet.
func markLater(def *jsonschema.Schema, t reflect.Type) {
	for f := range t.Fields() {
		if f.Anonymous {
			markLater(def, f.Type)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p, ok := def.Properties.Get(name); ok && f.Tag.Get("l0") == "later" {
			p.Description = strings.TrimSpace(p.Description + " Not supported yet.")
		}
	}
}
