package l0

// Event is one step of a stream. It is passed by value and owns nothing but its strings.
type Event struct {
	// Kind says which of the other fields count.
	Kind EventKind
	// Text is the next piece of the reply (EventToken) or of the model's thinking (EventReasoning).
	Text string
	// Data is a piece of the reply that is not text (EventData).
	Data *Media
	// Tool is a piece of a tool call (EventTool). l0 runs no tools.
	Tool *ToolDelta
	// Attempt counts the attempts of the call from 1.
	Attempt int
	// Discard is how many bytes at the end of the text so far are void (EventRestart).
	// Joining all token texts and cutting off what restarts discard gives the final text.
	Discard int
	// Cause is why the stream starts again (EventRestart).
	Cause error
}

// EventKind is the kind of an [Event].
type EventKind uint8

// The kinds of events.
const (
	EventToken     EventKind = iota + 1 // a piece of the reply's text
	EventReasoning                      // a piece of the model's thinking
	EventData                           // a piece of the reply that is not text
	EventTool                           // a piece of a tool call
	EventRestart                        // another attempt begins
	EventComplete                       // the reply is complete and accepted; the last event
)

// String returns the name of the kind.
func (k EventKind) String() string {
	switch k {
	case EventToken:
		return "token"
	case EventReasoning:
		return "reasoning"
	case EventData:
		return "data"
	case EventTool:
		return "tool"
	case EventRestart:
		return "restart"
	case EventComplete:
		return "complete"
	}
	return "unknown"
}
