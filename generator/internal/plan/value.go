package plan

import "time"

// Value is an expression whose value is known when code is generated.
type Value interface{ isValue() }

// The values.
type (
	// StringValue is a string constant.
	StringValue string
	// IntValue is an integer constant.
	IntValue int64
	// FloatValue is a floating-point constant.
	FloatValue float64
	// BoolValue is true or false.
	BoolValue bool
	// DurationValue is a number of the largest unit of package time that fits.
	DurationValue time.Duration
	// NameValue is a declared identifier. An empty path stands for the package
	// that the code is in.
	NameValue struct{ Path, Name string }
	// StructValue is a composite literal with named fields.
	StructValue struct {
		Type *GoType
		// TypeArgs are the arguments of a generic type.
		TypeArgs []*GoType
		Fields   []FieldValue
	}
	// SliceValue is a slice literal.
	SliceValue struct {
		Elem  *GoType
		Items []Value
		// Lines says that every item stands on a line of its own.
		Lines bool
	}
)

// FieldValue is a field of a [StructValue].
type FieldValue struct {
	Name  string
	Value Value
}

func (StringValue) isValue()   {}
func (IntValue) isValue()      {}
func (FloatValue) isValue()    {}
func (BoolValue) isValue()     {}
func (DurationValue) isValue() {}
func (NameValue) isValue()     {}
func (*StructValue) isValue()  {}
func (*SliceValue) isValue()   {}

// set adds a field.
func (s *StructValue) set(name string, value Value) {
	s.Fields = append(s.Fields, FieldValue{Name: name, Value: value})
}

// setText adds a text field unless it is empty.
func (s *StructValue) setText(name, value string) {
	if value != "" {
		s.set(name, StringValue(value))
	}
}

// setInt adds a number unless it is the runtime's default, zero.
func (s *StructValue) setInt(name string, value *int64) {
	if value != nil && *value != 0 {
		s.set(name, IntValue(*value))
	}
}

func (s *StructValue) setFloat(name string, value *float64) {
	if value != nil && *value != 0 {
		s.set(name, FloatValue(*value))
	}
}

func (s *StructValue) setFlag(name string, value bool) {
	if value {
		s.set(name, BoolValue(true))
	}
}

// setToggle adds a switch that the spec sets, whichever way.
func (s *StructValue) setToggle(name string, value *bool) {
	switch {
	case value == nil:
	case *value:
		s.set(name, NameValue{guardPath, "On"})
	default:
		s.set(name, NameValue{guardPath, "Off"})
	}
}

func (s *StructValue) setTexts(name string, texts []string) {
	if len(texts) == 0 {
		return
	}
	list := &SliceValue{Elem: basic("string")}
	for _, text := range texts {
		list.Items = append(list.Items, StringValue(text))
	}
	s.set(name, list)
}

// setStruct adds a struct unless it is nil.
func (s *StructValue) setStruct(name string, value *StructValue) {
	if value != nil {
		s.set(name, value)
	}
}

// setChoice adds a word of the specs by the name of its constant.
func (s *StructValue) setChoice(name, path, word string, constant func(string) string) {
	if word != "" {
		s.set(name, choice(path, word, constant))
	}
}

func choice(path, word string, constant func(string) string) Value {
	if name := constant(word); name != "" {
		return NameValue{path, name}
	}
	return StringValue(word)
}

func choices(path, elem string, words []string, constant func(string) string) *SliceValue {
	list := &SliceValue{Elem: imported(path, elem)}
	for _, word := range words {
		list.Items = append(list.Items, choice(path, word, constant))
	}
	return list
}

func literal(path, name string) *StructValue {
	return &StructValue{Type: imported(path, name)}
}

// orNil returns nil for a literal that says nothing.
func (s *StructValue) orNil() *StructValue {
	if len(s.Fields) == 0 {
		return nil
	}
	return s
}
