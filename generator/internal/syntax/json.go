package syntax

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/l0gen/l0gen/generator/internal/source"
)

// Value is any JSON value, written in YAML.
type Value struct {
	Span source.Span
	// JSON is the value in canonical form: keys sorted, no white space,
	// numbers as written where JSON can write them so.
	JSON string
}

func (v *Value) decode(d *decoder, n *node) {
	v.Span = n.span
	j, ok := d.toJSON(n)
	if !ok {
		return
	}
	v.JSON = encode(j)
}

// Object is a JSON object, written in YAML.
type Object struct{ Value }

func (o *Object) decode(d *decoder, n *node) {
	o.Span = n.span
	if n.kind != mappingNode || n.braces {
		d.wrongKind(n, "a mapping")
		return
	}
	o.Value.decode(d, n)
}

// toJSON turns a node into what encoding/json writes, and reports what JSON
// cannot hold.
func (d *decoder) toJSON(n *node) (any, bool) {
	switch n.kind {
	case listNode:
		out := make([]any, 0, len(n.items))
		ok := true
		for _, item := range n.items {
			v, itemOK := d.toJSON(item)
			out, ok = append(out, v), ok && itemOK
		}
		return out, ok
	case mappingNode:
		if n.braces {
			d.wrongKind(n, "a JSON value")
			return nil, false
		}
		out := make(map[string]any, len(n.entries))
		ok := true
		for _, en := range n.entries {
			v, valueOK := d.toJSON(en.value)
			out[en.key.value], ok = v, ok && valueOK
		}
		return out, ok
	default:
		return d.scalarJSON(n)
	}
}

func (d *decoder) scalarJSON(n *node) (any, bool) {
	switch n.tag {
	case "!!null":
		return nil, true
	case "!!bool":
		return strings.EqualFold(n.value, "true"), true
	case "!!str", "!!timestamp": // JSON has no dates: the text is what was meant
		return n.value, true
	case "!!int", "!!float":
		if json.Valid([]byte(n.value)) {
			return json.Number(n.value), true
		}
		if i, err := strconv.ParseInt(strings.ReplaceAll(n.value, "_", ""), 0, 64); err == nil {
			return json.Number(formatInt(i)), true
		}
		if f, err := strconv.ParseFloat(n.value, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, true
		}
	}
	d.wrongKind(n, "a JSON value").Hint("put it in quotes: %q", n.value)
	return nil, false
}

func encode(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "null" // only values that toJSON made come here, and all encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func formatInt(i int64) string { return strconv.FormatInt(i, 10) }
