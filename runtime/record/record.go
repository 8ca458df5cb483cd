package record

import "time"

// Record is one step of a call.
type Record struct {
	// Time is when it happened. Within a call it never goes back.
	Time time.Time
	// StreamID is the UUIDv7 of the call.
	StreamID string
	// Function and Version name the prompt; empty for a call without a spec.
	Function string
	Version  int
	// Context is what the caller attached to the call, copied when the call began.
	Context map[string]any
	// Detail is what happened, one of the structs of this package.
	Detail Detail
}

// Type returns the kind of step, empty for a record without a detail.
func (r Record) Type() Type {
	if r.Detail == nil {
		return ""
	}
	return r.Detail.Type()
}

// Detail is what happened in one step. The structs of this package implement it and
// nothing else does, so that a switch over them can be complete.
type Detail interface {
	// Type is the canonical name of the step.
	Type() Type
	sealed()
}

// Type is the canonical name of a kind of step.
type Type string
