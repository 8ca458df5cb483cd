package l0

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/l0gen/l0gen/runtime/record"
)

// toolCalls puts the pieces of tool calls together, for the records. l0 runs no tools.
type toolCalls struct {
	calls []*toolCall
}

type toolCall struct {
	index     int
	id, name  string
	arguments strings.Builder
	noted     bool
}

func (t *toolCalls) empty() bool { return len(t.calls) == 0 }

// add takes a piece. A call is complete when the next one begins.
func (t *toolCalls) add(s *session, d *ToolDelta) {
	i := slices.IndexFunc(t.calls, func(c *toolCall) bool { return c.index == d.Index && (d.ID == "" || c.id == "" || c.id == d.ID) })
	if i < 0 {
		t.finish(s)
		t.calls = append(t.calls, &toolCall{index: d.Index})
		i = len(t.calls) - 1
		s.setState(StateTool)
	}
	c := t.calls[i]
	if d.ID != "" {
		c.id = d.ID
	}
	if d.Name != "" {
		c.name = d.Name
	}
	if s.trace != nil {
		c.arguments.WriteString(d.Arguments)
	}
}

// finish writes the records of the calls that are complete now.
func (t *toolCalls) finish(s *session) {
	for _, c := range t.calls {
		if c.noted {
			continue
		}
		c.noted = true
		if s.trace != nil {
			note(s, record.ToolRequested{ToolName: c.name, ToolCallID: c.id, Arguments: parseArguments(c.arguments.String())})
			note(s, record.ToolStart{ToolCallID: c.id, ToolName: c.name})
		}
	}
}

// parseArguments returns the arguments of a tool call; what is no JSON object is under _raw.
func parseArguments(text string) map[string]any {
	args := map[string]any{}
	if strings.TrimSpace(text) == "" {
		return args
	}
	if err := json.Unmarshal([]byte(text), &args); err != nil || args == nil {
		return map[string]any{"_raw": text}
	}
	return args
}
