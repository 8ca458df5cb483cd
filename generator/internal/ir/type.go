package ir

import "github.com/l0gen/l0gen/generator/internal/source"

// Kind says which values a type holds.
type Kind int

// The kinds.
const (
	Invalid Kind = iota // a type that was reported as wrong; nothing is said of it again
	String
	Int
	Number
	Bool
	Decimal
	DateTime
	Date
	Duration
	UUID
	URI
	Bytes
	Image
	Audio
	MediaFile
	Any
	List
	Map
	Object
	Enum
	Ref
	ChatMessage // l0.Message, for histories
)

// IsScalar reports whether values of the kind have a text form and are
// compared as a whole.
func (k Kind) IsScalar() bool { return k >= String && k <= URI || k == Enum }

// IsText reports whether the Go type of the kind is a kind of string.
func (k Kind) IsText() bool { return k == String || k == UUID || k == URI }

// IsMedia reports whether the kind is image, audio or file.
func (k Kind) IsMedia() bool { return k == Image || k == Audio || k == MediaFile }

// NullMode says what null means where a type stands.
type NullMode int

// The null modes.
const (
	NotNull    NullMode = iota // null is refused
	NullAbsent                 // "T?": null and absent are the same
	NullValue                  // a nullable schema: null is a value of its own
)

// Named is a type that has a name in the specs.
type Named struct {
	Name string
	Span source.Span // of the name
	// Type is what the name stands for; never nil once resolved.
	Type *Type
}

// Type is a type where it stands: what it holds, and what is demanded of it.
type Type struct {
	Kind Kind
	Span source.Span
	Null NullMode

	// Named is the target of a Ref.
	Named *Named
	// Elem is the element of a List or Map.
	Elem *Type
	// Fields are the properties of an Object, in the order of the spec.
	Fields []*Field
	// Extra is the type of an Object's undeclared properties: nil when they
	// are refused.
	Extra *Type
	// Members are the values of an Enum, all strings or all integers.
	Members []EnumMember

	// GoName is the name of an anonymous object or enum, if the spec gives one.
	GoName     string
	Doc        string
	Title      string
	Deprecated bool
	// Examples and Const are JSON texts.
	Examples []string
	Const    string
	// Default is a JSON text, empty when there is none.
	Default     string
	DefaultSpan source.Span
	// Format is what the spec demands of a String beside its kind, such as
	// "email"; the runtime asserts it.
	Format string
	Rules  Rules
	// PatternSpan is the place of the pattern in Rules.
	PatternSpan source.Span
}

// Field is a property of an object, or an input.
type Field struct {
	Name string // in JSON and in templates
	Span source.Span
	Type *Type
	// Required says that the property must be there. A field whose type is
	// NullAbsent is never required.
	Required bool
	GoName   string
}

// EnumMember is one value of an enum.
type EnumMember struct {
	Span source.Span
	// Text is the value of a string member, or the digits of an integer.
	Text string
	// Int says that the member is an integer.
	Int bool
}

// Rules are the constraints of a type. Zero values demand nothing.
type Rules struct {
	MinLength, MaxLength         *int64
	Pattern                      string
	Minimum, Maximum             string // JSON numbers, empty when absent
	ExclusiveMin, ExclusiveMax   string
	MultipleOf                   string
	MinItems, MaxItems           *int64
	UniqueItems                  bool
	MinProperties, MaxProperties *int64
}

// IsZero reports whether the rules demand nothing.
func (r Rules) IsZero() bool { return r == Rules{} }

// Underlying follows references to the type that holds the values. Endless
// references, which the check stage reports, end at Invalid.
func (t *Type) Underlying() *Type {
	for range maxRefs {
		if t.Kind != Ref || t.Named == nil || t.Named.Type == nil {
			return t
		}
		t = t.Named.Type
	}
	return &Type{Kind: Invalid, Span: t.Span}
}

// maxRefs is far beyond what a person would chain.
const maxRefs = 100
