package plan

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// draft is the JSON Schema draft of all schemas.
const draft = "https://json-schema.org/draft/2020-12/schema"

// schemaText returns the JSON Schema of a type as canonical JSON: no white
// space, keywords in a fixed order, properties in that of the spec. Types that
// it refers to stand in its $defs.
func schemaText(t *ir.Type) string {
	w := newSchemaWriter()
	w.object(func() {
		w.text("$schema", draft)
		if w.root = plainTarget(t); w.root != nil {
			w.use(w.root)
			w.keywords(w.root.Type)
		} else {
			w.keywords(t)
		}
		w.definitions()
	})
	return w.buf.String()
}

// plainTarget returns the named type that a type is another name of, nil when
// there is none or the reference demands something of its own.
func plainTarget(t *ir.Type) *ir.Named {
	var target *ir.Named
	for range maxRefs {
		if t.Kind != ir.Ref || !isPlainRef(t) || t.Named == nil || t.Named.Type == nil {
			return target
		}
		target = t.Named
		t = target.Type
	}
	return nil
}

// inputSchemaText returns the JSON Schema of a prompt's input.
func inputSchemaText(p *ir.Prompt) string {
	return schemaText(&ir.Type{Kind: ir.Object, Fields: p.Inputs})
}

// schemaWriter writes one schema document.
type schemaWriter struct {
	buf   bytes.Buffer
	first bool // nothing was written to the current object yet
	// root is the named type that the document as a whole describes.
	root *ir.Named
	// used are the named types that the document refers to, in the order in
	// which they are met.
	used []*ir.Named
	seen map[*ir.Named]bool
}

func newSchemaWriter() *schemaWriter { return &schemaWriter{seen: map[*ir.Named]bool{}} }

// object writes an object; body writes its members with key.
func (w *schemaWriter) object(body func()) {
	w.buf.WriteByte('{')
	outer := w.first
	w.first = true
	body()
	w.first = outer
	w.buf.WriteByte('}')
}

// key begins a member of an object.
func (w *schemaWriter) key(name string) {
	if !w.first {
		w.buf.WriteByte(',')
	}
	w.first = false
	w.buf.WriteString(quoteJSON(name))
	w.buf.WriteByte(':')
}

func (w *schemaWriter) raw(name, value string) {
	if value != "" {
		w.key(name)
		w.buf.WriteString(value)
	}
}

func (w *schemaWriter) text(name, value string) {
	if value != "" {
		w.raw(name, quoteJSON(value))
	}
}

func (w *schemaWriter) flag(name string, value bool) {
	if value {
		w.raw(name, "true")
	}
}

func (w *schemaWriter) count(name string, value *int64) {
	if value != nil {
		w.raw(name, strconv.FormatInt(*value, 10))
	}
}

// json writes a JSON text without its white space.
func (w *schemaWriter) json(name, value string) {
	var compact bytes.Buffer
	if value != "" && json.Compact(&compact, []byte(value)) == nil {
		w.raw(name, compact.String())
	}
}

// subschema writes the schema of a type as a member.
func (w *schemaWriter) subschema(name string, t *ir.Type) {
	w.key(name)
	w.schema(t)
}

func (w *schemaWriter) schema(t *ir.Type) { w.object(func() { w.keywords(t) }) }

// use notes that a document refers to a named type.
func (w *schemaWriter) use(t *ir.Named) {
	if !w.seen[t] {
		w.seen[t] = true
		w.used = append(w.used, t)
	}
}

// definitions writes $defs. Writing a definition may bring new ones.
func (w *schemaWriter) definitions() {
	first := 0
	if w.root != nil && !w.isRecursive() {
		first = 1 // nothing refers to the root
	}
	if len(w.used) <= first {
		return
	}
	w.key("$defs")
	w.object(func() {
		for i := first; i < len(w.used); i++ {
			w.key(w.used[i].Name)
			w.schema(w.used[i].Type)
		}
	})
}

// isRecursive reports whether something below the root refers to it.
func (w *schemaWriter) isRecursive() bool {
	seen := map[*ir.Named]bool{}
	var reaches func(t *ir.Type) bool
	reaches = func(t *ir.Type) bool {
		found := false
		eachInner(t, func(inner *ir.Type) { found = found || reaches(inner) })
		if t.Kind == ir.Ref && t.Named != nil && t.Named.Type != nil {
			found = found || t.Named == w.root
			if !found && !seen[t.Named] {
				seen[t.Named] = true
				found = reaches(t.Named.Type)
			}
		}
		return found
	}
	return reaches(w.root.Type)
}

// eachInner calls f for the types that stand directly inside of a type.
func eachInner(t *ir.Type, f func(*ir.Type)) {
	if t.Elem != nil {
		f(t.Elem)
	}
	for _, field := range t.Fields {
		f(field.Type)
	}
	if t.Extra != nil {
		f(t.Extra)
	}
}

// quoteJSON returns a JSON string that keeps <, > and &, so that a person can
// read it.
func quoteJSON(s string) string {
	if isPlain(s) {
		return `"` + s + `"`
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return strconv.Quote(s) // strings always encode
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// isPlain reports whether a JSON string needs no escapes, as most do.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
