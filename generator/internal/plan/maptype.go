package plan

import "github.com/l0gen/l0gen/generator/internal/ir"

// valueType returns the Go type of a value that is there.
func (n *names) valueType(t *ir.Type) *GoType {
	switch t.Kind {
	case ir.List:
		return sliceOf(n.elemType(t.Elem))
	case ir.Map:
		return mapOf(n.elemType(t.Elem))
	case ir.Object:
		if name, named := n.types[t]; named {
			return basic(name)
		}
		if isMapObject(t) {
			return mapOf(n.elemType(t.Extra))
		}
	case ir.Enum:
		return basic(n.types[t])
	case ir.Ref:
		if t.Named != nil && t.Named.Type != nil {
			return basic(n.types[t.Named.Type])
		}
	}
	return scalarType(t.Kind)
}

// scalarType returns the Go type of a kind that has one for all its types.
func scalarType(kind ir.Kind) *GoType {
	switch kind {
	case ir.String, ir.UUID, ir.URI:
		return basic("string")
	case ir.Int:
		return basic("int64")
	case ir.Number:
		return basic("float64")
	case ir.Bool:
		return basic("bool")
	case ir.Decimal:
		return l0Type("Decimal")
	case ir.DateTime:
		return imported("time", "Time")
	case ir.Date:
		return l0Type("Date")
	case ir.Duration:
		return l0Type("Duration")
	case ir.Bytes:
		return sliceOf(basic("byte"))
	case ir.Image, ir.Audio, ir.MediaFile:
		return l0Type("Media")
	case ir.ChatMessage:
		return l0Type("Message")
	}
	return basic("any")
}

// fieldType returns the Go type of a field or input, and what JSON can say of
// it.
func (n *names) fieldType(f *ir.Field) *GoType {
	base := n.valueType(f.Type)
	switch presence(f) {
	case alwaysThere:
		return base
	case threeStates:
		return nullable(base)
	}
	return pointerUnlessNil(f.Type, base)
}

// elemType returns the Go type of an element of a list or map, or of an output.
func (n *names) elemType(t *ir.Type) *GoType {
	base := n.valueType(t)
	if nullMode(t) == ir.NotNull {
		return base
	}
	return pointerUnlessNil(t, base)
}

// pointerUnlessNil makes room for a missing value, unless nil says it already.
func pointerUnlessNil(t *ir.Type, base *GoType) *GoType {
	if hasNil(t) {
		return base
	}
	return pointerTo(base)
}

// hasNil reports whether the Go type of a type has a nil of its own.
func hasNil(t *ir.Type) bool {
	u := t.Underlying()
	switch u.Kind {
	case ir.List, ir.Map, ir.Bytes, ir.Any, ir.Invalid:
		return true
	}
	return isMapObject(u)
}

// presenceMode says what can be missing at a field.
type presenceMode int

const (
	alwaysThere presenceMode = iota
	maybeMissing
	threeStates // absent, null and a value are three things
)

func presence(f *ir.Field) presenceMode {
	null := nullMode(f.Type)
	switch {
	case f.Required && null == ir.NotNull:
		return alwaysThere
	case !f.Required && null == ir.NullValue:
		return threeStates
	}
	return maybeMissing
}

// nullMode returns what null means for a type, or for one that it refers to.
func nullMode(t *ir.Type) ir.NullMode {
	for range maxRefs {
		if t.Null != ir.NotNull || t.Kind != ir.Ref || t.Named == nil || t.Named.Type == nil {
			return t.Null
		}
		t = t.Named.Type
	}
	return ir.NotNull
}

// maxRefs is far beyond what a person would chain; the check stage reports
// endless references.
const maxRefs = 100

// isAlias reports whether a named type is another name of a Go type: one that
// has methods of its own, or a type of the specs.
func isAlias(kind ir.Kind) bool {
	switch kind {
	case ir.Decimal, ir.DateTime, ir.Date, ir.Duration, ir.Image, ir.Audio,
		ir.MediaFile, ir.Any, ir.Ref, ir.ChatMessage, ir.Invalid:
		return true
	}
	return false
}

// equality returns how two values of a type are compared that are both there.
func (n *names) equality(t *ir.Type) *Equality {
	e := &Equality{Type: n.valueType(t)}
	switch u := t.Underlying(); u.Kind {
	case ir.DateTime, ir.Decimal, ir.Image, ir.Audio, ir.MediaFile, ir.ChatMessage:
		e.Form = MethodEqual
		if t.Kind == ir.Ref { // an alias has the methods of its type
			e.Type = scalarType(u.Kind)
		}
	case ir.Any, ir.Invalid:
		e.Form, e.Func = FuncEqual, NameValue{runtimePath, "EqualJSON"}
	case ir.Bytes:
		e.Form, e.Func = FuncEqual, NameValue{"bytes", "Equal"}
	case ir.List, ir.Map, ir.Object:
		n.compoundEquality(e, t, u)
	}
	return e
}

// compoundEquality compares what has elements: by the method of a type with a
// name, else element by element.
func (n *names) compoundEquality(e *Equality, t, u *ir.Type) {
	_, named := n.types[u]
	switch {
	case t != u, u.Kind == ir.Object && named:
		e.Form = MethodEqual
	case u.Kind == ir.List:
		e.Form, e.Elem = SliceEqual, n.missable(u.Elem)
	case u.Kind == ir.Map:
		e.Form, e.Elem = MapEqual, n.missable(u.Elem)
	case isMapObject(u):
		e.Form, e.Elem = MapEqual, n.missable(u.Extra)
	}
}

// missable returns how two elements or pointers are compared.
func (n *names) missable(t *ir.Type) *Equality {
	e := n.equality(t)
	if nullMode(t) == ir.NotNull {
		return e
	}
	return n.orMissing(t, e)
}

// orMissing extends a comparison to values that may be missing.
func (n *names) orMissing(t *ir.Type, e *Equality) *Equality {
	if !hasNil(t) {
		return &Equality{Form: PointerEqual, Type: pointerTo(e.Type), Elem: e}
	}
	if t.Underlying().Kind != ir.Any { // EqualJSON knows nil
		e.NilMatters = true
	}
	return e
}

// fieldEquality returns how a field of two structs is compared.
func (n *names) fieldEquality(f *ir.Field) FieldEquality {
	e := n.equality(f.Type)
	switch presence(f) {
	case threeStates:
		e = &Equality{Form: NullableEqual, Type: nullable(e.Type), Elem: e}
	case maybeMissing:
		e = n.orMissing(f.Type, e)
	}
	return FieldEquality{Name: n.fields[f], Equal: e}
}
