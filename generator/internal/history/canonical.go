package history

import (
	"encoding/json"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/ir"
)

// object is a canonical JSON object: what is not said is not there.
type object map[string]any

// put adds a value unless it is empty.
func (o object) put(key string, v any, empty bool) object {
	if !empty {
		o[key] = v
	}
	return o
}

func (o object) text(key, v string) object { return o.put(key, v, v == "") }

func models(p *ir.Prompt) []object {
	out := make([]object, 0, len(p.Models))
	for _, m := range p.Models {
		o := object{"provider": m.Provider, "id": m.ID}
		out = append(out, o.put("params", json.RawMessage(m.Params), m.Params == ""))
	}
	return out
}

func inputs(p *ir.Prompt) object {
	c := &types{defs: object{}}
	return object{"fields": c.fields(p.Inputs), "types": c.defs}
}

// output is the answer's type; descriptions count, because the model reads
// them.
func output(p *ir.Prompt) object {
	if p.Output == nil {
		return object{"text": true}
	}
	c := &types{defs: object{}, docs: true}
	return object{"type": c.typ(p.Output), "types": c.defs}
}

// types writes types in canonical form. Declared types are written once, by
// name.
type types struct {
	defs object
	docs bool
}

func (c *types) fields(fields []*ir.Field) object {
	out := object{}
	for _, f := range fields {
		out[f.Name] = c.typ(f.Type).put("optional", true, f.Required)
	}
	return out
}

func (c *types) typ(t *ir.Type) object {
	o := object{"kind": kindName(t.Kind)}
	o.put("null", int(t.Null), t.Null == ir.NotNull)
	o.text("const", t.Const).text("default", t.Default).text("format", t.Format)
	if c.docs {
		o.text("doc", t.Doc).text("title", t.Title).put("examples", t.Examples, len(t.Examples) == 0)
	}
	if !t.Rules.IsZero() {
		o["rules"] = rules(t.Rules)
	}
	switch t.Kind {
	case ir.Ref:
		o["name"] = c.ref(t.Named)
	case ir.List, ir.Map:
		o["elem"] = c.typ(t.Elem)
	case ir.Object:
		o["fields"] = c.fields(t.Fields)
		if t.Extra != nil {
			o["extra"] = c.typ(t.Extra)
		}
	case ir.Enum:
		o["members"] = members(t.Members)
	}
	return o
}

func (c *types) ref(n *ir.Named) string {
	if _, done := c.defs[n.Name]; !done {
		c.defs[n.Name] = object{} // ends recursion
		c.defs[n.Name] = c.typ(n.Type)
	}
	return n.Name
}

func members(list []ir.EnumMember) []string {
	out := make([]string, 0, len(list))
	for _, m := range list {
		out = append(out, m.Text)
	}
	return out
}

func rules(r ir.Rules) object {
	o := object{}
	for key, v := range map[string]*int64{
		"minLength": r.MinLength, "maxLength": r.MaxLength, "minItems": r.MinItems, "maxItems": r.MaxItems,
		"minProperties": r.MinProperties, "maxProperties": r.MaxProperties,
	} {
		o.put(key, v, v == nil)
	}
	o.put("uniqueItems", true, !r.UniqueItems)
	o.text("minimum", r.Minimum).text("maximum", r.Maximum).text("multipleOf", r.MultipleOf)
	return o.text("exclusiveMinimum", r.ExclusiveMin).text("exclusiveMaximum", r.ExclusiveMax).text("pattern", r.Pattern)
}

// kindName is the name of a kind in hashes, which must never change.
func kindName(k ir.Kind) string {
	switch k {
	case ir.String:
		return "string"
	case ir.Int:
		return "int"
	case ir.Number:
		return "number"
	case ir.Bool:
		return "bool"
	case ir.Decimal:
		return "decimal"
	case ir.DateTime:
		return "date-time"
	case ir.Date:
		return "date"
	case ir.Duration:
		return "duration"
	case ir.UUID:
		return "uuid"
	case ir.URI:
		return "uri"
	case ir.Bytes:
		return "bytes"
	default:
		return compoundName(k)
	}
}

func compoundName(k ir.Kind) string {
	switch k {
	case ir.Image:
		return "image"
	case ir.Audio:
		return "audio"
	case ir.MediaFile:
		return "file"
	case ir.Any:
		return "any"
	case ir.List:
		return "list"
	case ir.Map:
		return "map"
	case ir.Object:
		return "object"
	case ir.Enum:
		return "enum"
	case ir.Ref:
		return "ref"
	case ir.ChatMessage:
		return "message"
	default:
		return ""
	}
}

func messages(pkg *ir.Package, p *ir.Prompt) []object {
	out := make([]object, 0, len(p.Messages))
	for _, m := range p.Messages {
		if m.History != nil {
			out = append(out, object{"history": m.History.Name})
			continue
		}
		var parts []object
		for _, part := range m.Parts {
			parts = append(parts, canonicalPart(pkg, part))
		}
		out = append(out, object{"role": string(m.Role), "parts": parts})
	}
	return out
}

func canonicalPart(pkg *ir.Package, part *ir.Part) object {
	if part.Text != nil {
		return object{"text": strings.TrimRight(expand(pkg, part.Source), "\r\n")}
	}
	var path []string
	for _, f := range part.Media {
		path = append(path, f.Name)
	}
	return object{"media": strings.Join(path, ".")}
}
