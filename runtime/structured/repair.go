package structured

// RepairPolicy says which changes may be made to a reply so that it fits its type. It is
// plain data; its zero value is the standard level.
type RepairPolicy struct {
	// Level is the set of repairs to start from. [Standard] unless set.
	Level Level
	// Allow and Deny add and remove single repairs.
	Allow, Deny []Rule
}

// Level names a set of repairs.
type Level string

// The levels.
const (
	Strict   Level = "strict"   // none: the reply must be right as it came
	Standard Level = "standard" // those whose outcome is beyond doubt
	Lenient  Level = "lenient"  // also those that are only likely right
)

// Rule names one kind of repair.
type Rule string

// Repair is one change that was made to a reply. It is always reported.
type Repair struct {
	// Rule is the kind of repair.
	Rule Rule `json:"rule"`
	// Path is a JSON pointer to the changed value, empty for the text as a whole.
	Path string `json:"path,omitzero"`
	// Before and After are the changed text; both may be shortened.
	Before string `json:"before"`
	After  string `json:"after"`
	// Lossy reports that something may have been lost or made up.
	Lossy bool `json:"lossy,omitzero"`
}
