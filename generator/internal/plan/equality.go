package plan

// Equality says how two values of a type are compared. The comparison is exact,
// except that times are compared as instants and decimals as numbers.
type Equality struct {
	Form EqualForm
	// Type is the type that is compared.
	Type *GoType
	// Func is the function of FuncEqual.
	Func NameValue
	// Elem compares the elements of pointers, slices, maps and nullables.
	Elem *Equality
	// NilMatters says that nil and an empty slice or map differ, because nil
	// stands for an absent or null value.
	NilMatters bool
}

// EqualForm is how two values are compared.
type EqualForm int

// The forms.
const (
	OperatorEqual EqualForm = iota // a == b
	MethodEqual                    // a.Equal(b)
	FuncEqual                      // Func(a, b)
	PointerEqual
	SliceEqual
	MapEqual
	NullableEqual
)
