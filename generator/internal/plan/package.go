package plan

// Package is the shape of the Go code of one directory of specs. It is plain
// data.
type Package struct {
	Name string
	// Path is the import path, empty when unknown.
	Path string
	// Imports are the names under which generated code imports packages.
	Imports []Import
	Files   []*File
}

// Import says under which name a package is imported.
type Import struct {
	Path, Name string
	// Alias says that the import has to spell the name out.
	Alias bool
}

// File is one Go file.
type File struct {
	// Path is relative to the directory of the specs, with slashes.
	Path string
	// Package is the name in the package clause, and ImportPath that package's
	// own path, empty when unknown.
	Package, ImportPath string
	// Sources are the base names of the specs, in order.
	Sources []string
	// Doc is the package comment, empty when another file has it.
	Doc   Doc
	Decls []Decl
}

// Doc is the text of a doc comment, without comment marks. Lines are not
// wrapped.
type Doc string

// Decl is a declaration, or a few that belong together.
type Decl interface{ isDecl() }

// Const is a string constant.
type Const struct {
	Doc   Doc
	Name  string
	Value string
}

// Models are the constants of the models, and the variable that tells the
// runtime of the package.
type Models struct {
	Names []ModelName
	// Var is the variable's name, and Package its value.
	Var     string
	Package Value
}

// ModelName is the constant of one model.
type ModelName struct{ Name, Value string }

// Client is the guard constant, the interface of all methods, the client type
// and its constructor.
type Client struct {
	Methods []Method
	// Var is the name of the variable of [Models].
	Var string
}

// Method are the names and types of a prompt's methods.
type Method struct {
	Name   string
	Input  *GoType
	Output *GoType
}

// Enum is a type with a fixed set of values.
type Enum struct {
	Doc  Doc
	Name string
	Int  bool
	// Members are its constants.
	Members []EnumConst
}

// EnumConst is the constant of one member of an enum.
type EnumConst struct {
	Name string
	Text string // the value; digits when the enum holds integers
}

// Struct is a struct type.
type Struct struct {
	Doc    Doc
	Name   string
	Fields []Field
	// Equal compares two values field by field; nil when there is no method.
	Equal []FieldEquality
}

// Field is a field of a struct type.
type Field struct {
	Doc  Doc
	Name string
	Type *GoType
	// Tag is the whole content of the json tag.
	Tag string
}

// FieldEquality compares one field.
type FieldEquality struct {
	Name  string
	Equal *Equality
}

// Defined is a type that has another type's shape: "type Name Type", or
// "type Name = Type".
type Defined struct {
	Doc   Doc
	Name  string
	Type  *GoType
	Alias bool
	// Equal compares two values; nil when there is no method.
	Equal *Equality
}

// Schema is the function that returns a type's schema, and the constant that
// holds it.
type Schema struct {
	// Func is the function's name and Type that of the type.
	Func, Type  string
	Const, Text string
}

// Prompt is a prompt's input type, methods, data, rendering and schemas.
type Prompt struct {
	Method
	Doc         Doc
	InputStruct *Struct
	// Var is the variable that describes the prompt, and Function its value.
	Var      string
	Function Value
	Render   *Render
	Schemas  []Const
}

// Fake is the type that stands in for the client in tests.
type Fake struct {
	Doc Doc
	// Path is the import path of the package that is faked.
	Path    string
	Methods []FakeMethod
}

// FakeMethod is a prompt's part of a [Fake].
type FakeMethod struct {
	Method
	// Prompt is the name in the spec.
	Prompt string
}

func (*Const) isDecl()   {}
func (*Models) isDecl()  {}
func (*Client) isDecl()  {}
func (*Enum) isDecl()    {}
func (*Struct) isDecl()  {}
func (*Defined) isDecl() {}
func (*Schema) isDecl()  {}
func (*Prompt) isDecl()  {}
func (*Fake) isDecl()    {}
