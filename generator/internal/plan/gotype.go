package plan

// GoType is a Go type as it is written.
type GoType struct {
	Form GoForm
	// Path and Name are those of a Named or Generic type. An empty path stands
	// for the package that the code is in, and for predeclared types.
	Path, Name string
	// Elem is what a Pointer, Slice, Map or Generic type is made of.
	Elem *GoType
}

// GoForm is how a Go type is made.
type GoForm int

// The forms.
const (
	NamedType   GoForm = iota // Name, or Path.Name
	PointerType               // *Elem
	SliceType                 // []Elem
	MapType                   // map[string]Elem
	GenericType               // Name[Elem]
)

// Import paths that generated code knows.
const (
	runtimePath    = "github.com/l0gen/l0gen/runtime"
	renderPath     = runtimePath + "/render"
	guardPath      = runtimePath + "/guard"
	retryPath      = runtimePath + "/retry"
	structuredPath = runtimePath + "/structured"
)

func basic(name string) *GoType          { return &GoType{Name: name} }
func imported(path, name string) *GoType { return &GoType{Path: path, Name: name} }
func l0Type(name string) *GoType         { return imported(runtimePath, name) }
func pointerTo(t *GoType) *GoType        { return &GoType{Form: PointerType, Elem: t} }
func sliceOf(t *GoType) *GoType          { return &GoType{Form: SliceType, Elem: t} }
func mapOf(t *GoType) *GoType            { return &GoType{Form: MapType, Elem: t} }
func nullable(t *GoType) *GoType {
	return &GoType{Form: GenericType, Path: runtimePath, Name: "Nullable", Elem: t}
}
