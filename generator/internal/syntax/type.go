package syntax

import (
	"strings"

	"github.com/l0gen/l0gen/generator/internal/diag"
	"github.com/l0gen/l0gen/generator/internal/source"
)

// Type is a type in one of three notations: text is a type expression, a list
// of scalars is an enum, a mapping is a schema.
type Type struct {
	Span   source.Span
	Expr   Text // "string[]?"
	Enum   List[Member]
	Schema *Schema
}

// IsSet reports whether the spec has the type.
func (t *Type) IsSet() bool { return t != nil && !t.Span.IsZero() }

func (t *Type) decode(d *decoder, n *node) {
	t.Span = n.span
	switch {
	case n.kind == listNode:
		t.Enum.decode(d, n)
	case n.kind == mappingNode && !n.braces:
		t.Schema = &Schema{}
		d.value(n, t.Schema)
	case n.kind == scalarNode && n.tag == "!!str":
		t.Expr = Text{n.text()}
	default:
		d.wrongKind(n, "a type: an expression such as string[], a list of enum members, or a schema")
	}
}

// Member is one value of an enum: text or a whole number.
type Member struct {
	Span source.Span
	// Text is the value, or the digits of a number.
	Text string
	Int  bool
	// Invalid says that it is neither, which was reported.
	Invalid bool
}

func (m *Member) decode(d *decoder, n *node) {
	m.Span, m.Invalid = n.span, true
	switch {
	case n.kind != scalarNode:
		d.rep.Error(diag.EnumInvalid, firstLine(n), "an enum member is text or a whole number, not %s", n.what())
	case n.tag == "!!str":
		m.Text, m.Invalid = n.value, false
	case n.tag == "!!int":
		var i Int
		i.decode(d, n)
		m.Text, m.Int, m.Invalid = formatInt(i.Value), true, i.Span.IsZero()
	default:
		d.rep.Error(diag.EnumInvalid, n.span, "%s is %s here, not an enum member", n.value, describeTag(n)).
			Hint("for the text, put it in quotes: %q", n.value)
	}
}

func describeTag(n *node) string {
	if n.isNull() {
		return "null"
	}
	return n.what()
}

// Schema is a JSON Schema (draft 2020-12) with a few short forms.
type Schema struct {
	Span source.Span `json:"-"`

	// A JSON type, a list of them, or a type expression.
	Type TypeKey `json:"type,omitempty"`
	// Short for an object: all fields required unless marked "?", nothing else
	// allowed.
	Fields Map[Type] `json:"fields,omitempty"`
	// The comment of the Go type or field; the same as description.
	Doc String `json:"doc,omitempty"`
	// The name of the Go type, field or member.
	GoName String `json:"go_name,omitempty"`
	// The same as go_name, for JSON Schema files.
	XGoName String `json:"x-go-name,omitempty"`
	// An existing Go type of another package: import/path.Type.
	Go String `json:"go,omitempty" l0:"later"`

	Properties           Map[Type]    `json:"properties,omitempty"`
	Required             List[String] `json:"required,omitempty"`
	AdditionalProperties TypeOrBool   `json:"additionalProperties,omitempty"`
	MinProperties        Int          `json:"minProperties,omitempty"`
	MaxProperties        Int          `json:"maxProperties,omitempty"`

	Items       *Type `json:"items,omitempty"`
	MinItems    Int   `json:"minItems,omitempty"`
	MaxItems    Int   `json:"maxItems,omitempty"`
	UniqueItems Bool  `json:"uniqueItems,omitempty"`

	Enum    List[Member] `json:"enum,omitempty"`
	Const   *Value       `json:"const,omitempty"`
	Default *Value       `json:"default,omitempty"`

	MinLength       Int    `json:"minLength,omitempty"`
	MaxLength       Int    `json:"maxLength,omitempty"`
	Pattern         Text   `json:"pattern,omitempty"`
	Format          String `json:"format,omitempty"`
	ContentEncoding String `json:"contentEncoding,omitempty"`

	Minimum          *Value `json:"minimum,omitempty"`
	Maximum          *Value `json:"maximum,omitempty"`
	ExclusiveMinimum *Value `json:"exclusiveMinimum,omitempty"`
	ExclusiveMaximum *Value `json:"exclusiveMaximum,omitempty"`
	MultipleOf       *Value `json:"multipleOf,omitempty"`

	Title       String       `json:"title,omitempty"`
	Description String       `json:"description,omitempty"`
	Deprecated  Bool         `json:"deprecated,omitempty"`
	Examples    List[*Value] `json:"examples,omitempty"`

	Ref                   String            `json:"$ref,omitempty" l0:"later"`
	Defs                  Map[Type]         `json:"$defs,omitempty" l0:"later"`
	Anchor                String            `json:"$anchor,omitempty" l0:"later"`
	ID                    String            `json:"$id,omitempty" l0:"later"`
	SchemaURI             String            `json:"$schema,omitempty" l0:"later"`
	Comment               String            `json:"$comment,omitempty"`
	OneOf                 List[Type]        `json:"oneOf,omitempty" l0:"later"`
	AnyOf                 List[Type]        `json:"anyOf,omitempty" l0:"later"`
	AllOf                 List[Type]        `json:"allOf,omitempty" l0:"later"`
	Not                   *Type             `json:"not,omitempty" l0:"later"`
	If                    *Type             `json:"if,omitempty" l0:"later"`
	Then                  *Type             `json:"then,omitempty" l0:"later"`
	Else                  *Type             `json:"else,omitempty" l0:"later"`
	PrefixItems           List[Type]        `json:"prefixItems,omitempty" l0:"later"`
	Contains              *Type             `json:"contains,omitempty" l0:"later"`
	MinContains           Int               `json:"minContains,omitempty" l0:"later"`
	MaxContains           Int               `json:"maxContains,omitempty" l0:"later"`
	UnevaluatedItems      TypeOrBool        `json:"unevaluatedItems,omitempty" l0:"later"`
	PatternProperties     Map[Type]         `json:"patternProperties,omitempty" l0:"later"`
	PropertyNames         *Type             `json:"propertyNames,omitempty" l0:"later"`
	DependentRequired     Map[List[String]] `json:"dependentRequired,omitempty" l0:"later"`
	DependentSchemas      Map[Type]         `json:"dependentSchemas,omitempty" l0:"later"`
	UnevaluatedProperties TypeOrBool        `json:"unevaluatedProperties,omitempty" l0:"later"`
	ContentMediaType      String            `json:"contentMediaType,omitempty" l0:"later"`
	ContentSchema         *Type             `json:"contentSchema,omitempty" l0:"later"`
	ReadOnly              Bool              `json:"readOnly,omitempty" l0:"later"`
	WriteOnly             Bool              `json:"writeOnly,omitempty" l0:"later"`
}

// extension keeps keys that start with "x-", which mean nothing here.
func (s *Schema) extension(key String) bool { return strings.HasPrefix(key.Value, "x-") }

// TypeKey is the "type" of a schema: an expression, or a list of JSON types.
type TypeKey struct {
	Span source.Span
	Expr Text
	List []String
}

// IsSet reports whether the spec has the key.
func (k TypeKey) IsSet() bool { return !k.Span.IsZero() }

func (k *TypeKey) decode(d *decoder, n *node) {
	k.Span = n.span
	if n.kind != listNode {
		if d.wantText(n, "a type") {
			k.Expr = Text{n.text()}
		}
		return
	}
	for _, item := range n.items {
		if item.isNull() { // [string, null] is what people write
			k.List = append(k.List, String{Value: "null", Span: item.span})
			continue
		}
		var s String
		s.decode(d, item)
		k.List = append(k.List, s)
	}
}

// TypeOrBool is a type, or true (anything) or false (nothing).
type TypeOrBool struct {
	Span source.Span
	Bool bool
	Type *Type
}

// IsSet reports whether the spec has the key.
func (t TypeOrBool) IsSet() bool { return !t.Span.IsZero() }

func (t *TypeOrBool) decode(d *decoder, n *node) {
	t.Span = n.span
	if n.kind == scalarNode && n.tag == "!!bool" {
		t.Bool = strings.EqualFold(n.value, "true")
		return
	}
	t.Type = &Type{}
	t.Type.decode(d, n)
}
