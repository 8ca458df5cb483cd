package plan

// Render is the function that makes the messages of a prompt.
type Render struct {
	Func string // its name
	// Input is the name of the type of its parameter, "in".
	Input string
	Body  []Stmt
}

// Local is a variable of a function. Its name is chosen once; two with one name
// are never in scope together.
type Local struct{ Name string }

// Stmt is a Go statement.
type Stmt interface{ isStmt() }

// The statements.
type (
	// VarStmt declares a variable without a value: var Name Type.
	VarStmt struct {
		Local *Local
		Type  *GoType
	}
	// AssignStmt is Local = Value, or Local := Value when it declares.
	AssignStmt struct {
		Local   *Local
		Value   Expr
		Declare bool
	}
	// DoStmt calls something for its effect.
	DoStmt struct{ Call Expr }
	// IfStmt is if Init; Cond { Then } else { Else }. Init may be nil.
	IfStmt struct {
		Init       *AssignStmt
		Cond       Expr
		Then, Else []Stmt
	}
	// RangeStmt is for Key, Value := range Over { Body }. Key and Value are nil
	// when nothing reads them.
	RangeStmt struct {
		Key, Value *Local
		Over       Expr
		Body       []Stmt
	}
	// BranchStmt is break or continue.
	BranchStmt struct{ Continue bool }
	// ReturnStmt is return Value.
	ReturnStmt struct{ Value Expr }
)

func (*VarStmt) isStmt()    {}
func (*AssignStmt) isStmt() {}
func (*DoStmt) isStmt()     {}
func (*IfStmt) isStmt()     {}
func (*RangeStmt) isStmt()  {}
func (*BranchStmt) isStmt() {}
func (*ReturnStmt) isStmt() {}

// Expr is a Go expression.
type Expr interface{ isExpr() }

// The expressions.
type (
	// LocalExpr is a variable of the function.
	LocalExpr struct{ Local *Local }
	// NameExpr is any other identifier: a parameter, or what Path declares.
	NameExpr struct{ Path, Name string }
	// TextExpr is a string literal.
	TextExpr struct{ Text string }
	// TokenExpr is a literal as Go writes it: a number, true, false or nil.
	TokenExpr struct{ Token string }
	// FieldExpr is Of.Name, a field or method.
	FieldExpr struct {
		Of   Expr
		Name string
	}
	// StarExpr is *Of.
	StarExpr struct{ Of Expr }
	// NotExpr is !Of.
	NotExpr struct{ Of Expr }
	// BinaryExpr is Left Op Right.
	BinaryExpr struct {
		Op          string
		Left, Right Expr
	}
	// IndexExpr is Of[Key].
	IndexExpr struct{ Of, Key Expr }
	// CallExpr is Func[TypeArg](Args...). Spread puts an ellipsis behind the last
	// argument.
	CallExpr struct {
		Func    Expr
		TypeArg *GoType
		Args    []Expr
		Spread  bool
	}
	// ConvertExpr is Type(Of).
	ConvertExpr struct {
		Type *GoType
		Of   Expr
	}
	// ListExpr is []Elem{Items}, one item on a line when Lines.
	ListExpr struct {
		Elem  *GoType
		Items []Expr
		Lines bool
	}
	// StructExpr is Type{Name: Value, …}.
	StructExpr struct {
		Type   *GoType
		Names  []string
		Values []Expr
	}
	// FuncExpr is func(Param ParamType) string { return Result }.
	FuncExpr struct {
		Param     *Local
		ParamType *GoType
		Result    Expr
	}
)

func (*LocalExpr) isExpr()   {}
func (*NameExpr) isExpr()    {}
func (*TextExpr) isExpr()    {}
func (*TokenExpr) isExpr()   {}
func (*FieldExpr) isExpr()   {}
func (*StarExpr) isExpr()    {}
func (*NotExpr) isExpr()     {}
func (*BinaryExpr) isExpr()  {}
func (*IndexExpr) isExpr()   {}
func (*CallExpr) isExpr()    {}
func (*ConvertExpr) isExpr() {}
func (*ListExpr) isExpr()    {}
func (*StructExpr) isExpr()  {}
func (*FuncExpr) isExpr()    {}
