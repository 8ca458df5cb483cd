package guard

// Rule is one guardrail as a policy declares it. Kind says which of the other fields count.
type Rule struct {
	// Kind is what the rule looks at.
	Kind Kind
	// Severity of its violations. Empty is the default of the kind.
	Severity Severity
	// Recoverable says whether another attempt may help. Auto is the default of the kind.
	Recoverable Toggle

	// Deny lists what must not occur: patterns in RE2 syntax (Pattern) or plain text (Phrases).
	Deny []string
	// Require lists patterns that must occur (Pattern).
	Require []string
	// IgnoreCase makes Phrases match whatever the case.
	IgnoreCase bool
	// Message is what the violation says (Pattern). Empty has a message made.
	Message string
	// Min and Max bound the length of the whole reply, in Unit (Length). Zero is no bound.
	Min, Max int
	// Unit is what Min and Max count. [Chars] unless set.
	Unit Unit
	// Expr is the expression that must hold (Assert, Check).
	Expr string
	// Name is that of the Go function (Custom).
	Name string
}

// Kind is what a rule looks at.
type Kind string

// The kinds of rules.
const (
	KindJSON       Kind = "json"
	KindStrictJSON Kind = "strict_json"
	KindMarkdown   Kind = "markdown"
	KindLatex      Kind = "latex"
	KindZeroOutput Kind = "zero_output"
	KindStall      Kind = "stall"
	KindRepetition Kind = "repetition"
	KindRefusal    Kind = "refusal"
	KindPattern    Kind = "pattern"
	KindPhrases    Kind = "phrases"
	KindLength     Kind = "length"
	KindAssert     Kind = "assert"
	KindCheck      Kind = "check"
	KindCustom     Kind = "custom"
)

// Unit is what a length is counted in.
type Unit string

// The units.
const (
	Chars  Unit = "char"
	Words  Unit = "word"
	Tokens Unit = "token"
)
