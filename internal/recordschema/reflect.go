package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/l0gen/l0gen/runtime/record"
)

const (
	// id is where the schema is published.
	id         = "https://github.com/l0gen/l0gen/schemas/l0record.schema.json"
	modulePath = "github.com/l0gen/l0gen"
)

// packages are those whose types records are made of.
func packages() []string { return []string{"runtime/record", "runtime/guard"} }

// Reflect returns the JSON Schema of a record. root is the folder of the
// module, whose source holds the doc comments and the words of string types.
func Reflect(root string) ([]byte, error) {
	words, err := readWords(root)
	if err != nil {
		return nil, err
	}
	b := &builder{words: words, defs: jsonschema.Definitions{}}
	b.reflector = &jsonschema.Reflector{Mapper: b.mapper, Anonymous: true, AllowAdditionalProperties: true}
	if err := b.comments(root); err != nil {
		return nil, err
	}
	schema := b.head()
	for _, d := range record.Details() {
		schema.OneOf = append(schema.OneOf, b.detail(d))
	}
	schema.Definitions = b.defs
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(schema); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type builder struct {
	reflector *jsonschema.Reflector
	words     map[string][]string // of string types, by package and name
	defs      jsonschema.Definitions
}

// comments reads the doc comments of the types. The library wants to stand in
// the module's root.
func (b *builder) comments(root string) error {
	old, err := os.Getwd()
	if err != nil {
		return err
	}
	if err := os.Chdir(root); err != nil {
		return err
	}
	for _, dir := range packages() {
		if err == nil {
			err = b.reflector.AddGoComments(modulePath, "./"+dir, jsonschema.WithFullComment())
		}
	}
	if back := os.Chdir(old); err == nil {
		err = back
	}
	for key, text := range b.reflector.CommentMap {
		b.reflector.CommentMap[key] = plain(text)
	}
	return err
}

// plain makes a doc comment one line, without the brackets of Go's links.
func plain(comment string) string {
	return strings.NewReplacer("[", "", "]", "").Replace(strings.Join(strings.Fields(comment), " "))
}

// doc is the comment of a type or field of package record.
func (b *builder) doc(name string) string {
	return b.reflector.CommentMap[modulePath+"/runtime/record."+name]
}

// head is the schema of what every record has.
func (b *builder) head() *jsonschema.Schema {
	properties := jsonschema.NewProperties()
	set := func(name, kind, field, more string) {
		properties.Set(name, &jsonschema.Schema{Type: kind, Description: strings.TrimSpace(b.doc("Record."+field) + more)})
	}
	types := &jsonschema.Schema{Type: "string", Description: b.doc("Type")}
	for _, d := range record.Details() {
		types.Enum = append(types.Enum, string(d.Type()))
	}
	properties.Set("type", types)
	set("ts", "integer", "Time", " In Unix milliseconds.")
	set("streamId", "string", "StreamID", "")
	set("function", "string", "Function", "")
	set("version", "integer", "Function", "")
	set("context", "object", "Context", "")
	return &jsonschema.Schema{
		Version:     jsonschema.Version,
		ID:          id,
		Title:       "l0gen record",
		Description: b.doc("Record") + " Fields may be added; readers ignore those that they do not know.",
		Type:        "object",
		Properties:  properties,
		Required:    []string{"type", "ts", "streamId", "context"},
	}
}

// detail adds the definition of one kind of step and refers to it.
func (b *builder) detail(d record.Detail) *jsonschema.Schema {
	t := reflect.TypeOf(d)
	for name, def := range b.reflector.ReflectFromType(t).Definitions {
		if b.defs[name] == nil {
			b.defs[name] = def
		}
	}
	def := b.defs[t.Name()]
	for f := range t.Fields() {
		nullable(def, f)
	}
	def.Properties.Set("type", &jsonschema.Schema{Const: string(d.Type())})
	_ = def.Properties.MoveToFront("type") // it was just set
	def.Required = append([]string{"type"}, def.Required...)
	return &jsonschema.Schema{Ref: "#/$defs/" + t.Name()}
}

// nullable lets a list or mapping be null, which is how Go writes an empty one
// that is always there.
func nullable(def *jsonschema.Schema, f reflect.StructField) {
	name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
	p, ok := def.Properties.Get(name)
	if !ok || option != "" || f.Type.Kind() != reflect.Slice && f.Type.Kind() != reflect.Map {
		return
	}
	description := p.Description
	p.Description = ""
	def.Properties.Set(name, &jsonschema.Schema{
		Description: description,
		AnyOf:       []*jsonschema.Schema{p, {Type: "null"}},
	})
}

// mapper gives string types with constants their words.
func (b *builder) mapper(t reflect.Type) *jsonschema.Schema {
	words := b.words[strings.TrimPrefix(t.PkgPath(), modulePath+"/")+"."+t.Name()]
	if t.Kind() != reflect.String || len(words) == 0 {
		return nil
	}
	s := &jsonschema.Schema{Type: "string"}
	for _, w := range words {
		s.Enum = append(s.Enum, w)
	}
	return s
}
