package guard

// Config says which rules a reply must pass and what happens when it does not. It is plain
// data; its zero value is the default of every field.
type Config struct {
	// Preset is the set of rules to start from. Empty is [Recommended] for text outputs and
	// [NoRules] for typed ones.
	Preset Preset
	// Rules are checked after those of the preset, in this order.
	Rules []Rule
	// OnFatal is what a fatal violation does to the call. [Fallback] unless set.
	OnFatal FatalAction
	// OnExhausted is what happens when no retry is left for a violation. [Fail] unless set.
	OnExhausted ExhaustedAction
	// MaxContent is the length in bytes above which rules that read the whole text are not
	// run any more. Zero is no limit.
	MaxContent int
	// Delivery says whether text reaches the consumer before it was checked. [Live] unless set.
	Delivery Delivery
	// ZeroOutput switches the check for empty replies. On for text outputs, off for typed ones.
	ZeroOutput Toggle
}

// Toggle switches something on or off, or leaves it at its default.
type Toggle int8

// The positions of a [Toggle].
const (
	Auto Toggle = 0
	On   Toggle = 1
	Off  Toggle = -1
)

// Preset names a set of rules.
type Preset string

// The presets.
const (
	NoRules     Preset = "none"
	Minimal     Preset = "minimal"
	Recommended Preset = "recommended"
	Strict      Preset = "strict"
	JSONOnly    Preset = "json"
	Markdown    Preset = "markdown"
	Latex       Preset = "latex"
)

// FatalAction is what a fatal violation does to the call.
type FatalAction string

// The fatal actions.
const (
	Fallback FatalAction = "fallback" // go on with the next model
	Halt     FatalAction = "halt"     // end the call
)

// ExhaustedAction is what happens when no retry is left for a violation.
type ExhaustedAction string

// The exhausted actions.
const (
	Fail   ExhaustedAction = "fail"   // return an error
	Return ExhaustedAction = "return" // return the reply, with its violations in the report
)

// Delivery says when text reaches the consumer.
type Delivery string

// The ways of delivery.
const (
	Live    Delivery = "live"    // as it comes
	Checked Delivery = "checked" // when it passed its check
)
