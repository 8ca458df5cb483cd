package diag

// Code identifies a kind of problem for good: a code is never given to another
// kind, and never removed from a release on.
type Code string

// The codes. L01: files and YAML. L02: types. L03: templates. L04: policies.
// L05: models and prompts. L06: Go code. L08: not supported. L09: the compiler.
const (
	FileUnreadable   Code = "L0101"
	FileTooLarge     Code = "L0102"
	FileEncoding     Code = "L0103"
	NoSpecs          Code = "L0104"
	YAMLSyntax       Code = "L0105"
	YAMLLimit        Code = "L0106"
	UnknownKey       Code = "L0107"
	DuplicateKey     Code = "L0108"
	MissingKey       Code = "L0109"
	WrongKind        Code = "L0110"
	WrongValue       Code = "L0111"
	LostComment      Code = "L0112"
	UnquotedTemplate Code = "L0113"
	BareDuration     Code = "L0114"
	KeyConflict      Code = "L0115"
	VersionUnknown   Code = "L0116"

	TypeSyntax         Code = "L0201"
	TypeUnknown        Code = "L0202"
	TypeDuplicate      Code = "L0203"
	TypeEndless        Code = "L0204"
	ConstraintMisfit   Code = "L0205"
	ConstraintConflict Code = "L0206"
	EnumInvalid        Code = "L0207"
	DefaultInvalid     Code = "L0208"
	OptionalMisplaced  Code = "L0209"
	MediaMisplaced     Code = "L0210"
	PatternInvalid     Code = "L0211"
	RequiredUnknown    Code = "L0212"
	SchemasTooLarge    Code = "L0213"

	TemplateSyntax   Code = "L0301"
	VariableUnknown  Code = "L0302"
	FunctionUnknown  Code = "L0303"
	TemplateType     Code = "L0304"
	TemplateOptional Code = "L0305"
	TemplatePrint    Code = "L0306"
	PartialUnknown   Code = "L0307"
	PartialCycle     Code = "L0308"
	TemplateTooLarge Code = "L0309"

	PolicyUnknown   Code = "L0401"
	PolicyValue     Code = "L0402"
	PolicyConflict  Code = "L0403"
	GuardrailBroken Code = "L0404"

	ModelUnknown     Code = "L0501"
	NameDuplicate    Code = "L0502"
	NameInvalid      Code = "L0503"
	PackageConflict  Code = "L0504"
	MessageInvalid   Code = "L0505"
	InputName        Code = "L0506"
	FallbackRepeated Code = "L0507"

	GoNameTaken    Code = "L0601"
	GoNameInvalid  Code = "L0602"
	GoNameChanged  Code = "L0603"
	GoFileTaken    Code = "L0604"
	GoFileConflict Code = "L0605"
	GoModMissing   Code = "L0606"

	NotSupported Code = "L0801"
	Reserved     Code = "L0802"

	Internal Code = "L0901"
)

// CodeInfo describes a code.
type CodeInfo struct {
	Code  Code
	Title string // what it means, one line
}

// Codes returns every code with its meaning, in order.
func Codes() []CodeInfo {
	return []CodeInfo{
		{FileUnreadable, "a file or folder cannot be read"},
		{FileTooLarge, "a spec is larger than 4 MiB"},
		{FileEncoding, "a spec is not plain UTF-8 text"},
		{NoSpecs, "a path holds no *.l0.yaml file"},
		{YAMLSyntax, "a file is not valid YAML"},
		{YAMLLimit, "a spec is nested too deeply or expands to too many nodes"},
		{UnknownKey, "a key is not part of the format"},
		{DuplicateKey, "a key stands twice in one mapping"},
		{MissingKey, "a required key is missing"},
		{WrongKind, "a value has the wrong shape: text, list or mapping"},
		{WrongValue, "a value is none of those allowed"},
		{LostComment, "text after ' #' was taken for a comment"},
		{UnquotedTemplate, "a template without quotes was read as a mapping"},
		{BareDuration, "a duration has no unit"},
		{KeyConflict, "two keys exclude each other"},
		{VersionUnknown, "the format version is not one that this l0gen reads"},

		{TypeSyntax, "a type expression cannot be read"},
		{TypeUnknown, "a type is not declared"},
		{TypeDuplicate, "a type is declared twice"},
		{TypeEndless, "no finite value can satisfy a type"},
		{ConstraintMisfit, "a constraint does not fit the type that it stands on"},
		{ConstraintConflict, "constraints exclude every value"},
		{EnumInvalid, "an enum or one of its members is not usable"},
		{DefaultInvalid, "a default does not fit its type"},
		{OptionalMisplaced, "an optional type stands where a value is always there"},
		{MediaMisplaced, "a media type stands outside an input"},
		{PatternInvalid, "a pattern is not a valid RE2 expression"},
		{RequiredUnknown, "'required' names a property that is not declared"},
		{SchemasTooLarge, "the JSON Schemas of a package are too large"},

		{TemplateSyntax, "a template cannot be parsed"},
		{VariableUnknown, "a template names a variable or field that does not exist"},
		{FunctionUnknown, "a template calls a function that does not exist"},
		{TemplateType, "a template uses a value in a way that its type does not allow"},
		{TemplateOptional, "a template uses a value that may be absent"},
		{TemplatePrint, "a template prints a value that has no text form"},
		{PartialUnknown, "a template names a partial that does not exist"},
		{PartialCycle, "a partial includes itself"},
		{TemplateTooLarge, "a template expands to too much code"},

		{PolicyUnknown, "a policy is not declared"},
		{PolicyValue, "a policy value is out of range"},
		{PolicyConflict, "policy values contradict each other"},
		{GuardrailBroken, "a guardrail rule is not usable"},

		{ModelUnknown, "a model is not declared"},
		{NameDuplicate, "a name is declared twice"},
		{NameInvalid, "a name cannot be used"},
		{PackageConflict, "the specs of a folder name different packages"},
		{MessageInvalid, "the messages of a prompt are not usable"},
		{InputName, "an input name is not a template identifier"},
		{FallbackRepeated, "a fallback is a model that the prompt calls already"},

		{GoNameTaken, "two declarations have one Go name"},
		{GoNameInvalid, "a go_name is not an exported Go identifier"},
		{GoNameChanged, "a Go name was changed to avoid a collision"},
		{GoFileTaken, "two prompts have one file name"},
		{GoFileConflict, "a file that l0gen did not write stands in the way"},
		{GoModMissing, "the import path of a package is unknown"},

		{NotSupported, "a part of the format is not supported yet"},
		{Reserved, "a key is reserved for later"},

		{Internal, "l0gen itself failed"},
	}
}
