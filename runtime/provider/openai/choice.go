package openai

import (
	"strings"

	l0 "github.com/l0gen/l0gen/runtime"
)

// choice is what is wanted of one choice. Its calls of tools are in the decoder.
type choice struct {
	index                    int
	text, reasoning, refusal string
	finish                   string
}

// choices returns the choice with index 0. Others are alternatives that nobody asked for.
func (d *decoder) choices() (first choice) {
	d.tools = d.tools[:0]
	if !d.scan.Array() {
		return first
	}
	for i := 0; d.scan.More(); i++ {
		kept := len(d.tools)
		if c := d.choice(i); c.index == 0 {
			first = c
		} else {
			d.tools = d.tools[:kept]
		}
	}
	return first
}

// choice reads a choice, whose index is its place unless it says another.
func (d *decoder) choice(place int) choice {
	c := choice{index: place}
	s := &d.scan
	if !s.Object() {
		return c
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return c
		case string(key) == "index":
			c.index = s.Int()
		case string(key) == "delta" && !d.whole, string(key) == "message" && d.whole:
			d.delta(&c)
		case string(key) == "finish_reason":
			c.finish = s.String()
		case string(key) == "usage":
			d.readUsage()
		case string(key) == "error":
			d.readError()
		default:
			s.Skip()
		}
	}
}

// delta reads a piece of a message.
func (d *decoder) delta(c *choice) {
	s := &d.scan
	if !s.Object() {
		return
	}
	for {
		key, ok := s.Key()
		if !ok {
			return
		}
		switch string(key) {
		case "content":
			d.content(c)
		case "reasoning_content", "reasoning": // servers that send both send the same twice
			if text := s.String(); text != "" {
				c.reasoning = text
			}
		case "refusal":
			c.refusal = s.String()
		case "tool_calls":
			d.toolCalls()
		case "function_call":
			d.tools = append(d.tools, l0.ToolDelta{})
			d.function(&d.tools[len(d.tools)-1])
		default:
			s.Skip()
		}
	}
}

// content reads the text of a delta, or a list of parts, as Mistral's reasoning models send.
func (d *decoder) content(c *choice) {
	s := &d.scan
	if !s.Is('[') {
		c.text = s.String()
		return
	}
	for s.Array(); s.More(); {
		text, thinking := d.part()
		c.text += text
		c.reasoning += thinking
	}
}

// part reads a part of a content: a text, or a thinking that holds a list of parts.
func (d *decoder) part() (text, thinking string) {
	s := &d.scan
	if !s.Object() {
		return "", ""
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return text, thinking
		case string(key) == "text":
			text = s.String()
		case string(key) == "thinking" && s.Is('['):
			var b strings.Builder
			for s.Array(); s.More(); {
				inner, _ := d.part()
				b.WriteString(inner)
			}
			thinking = b.String()
		default:
			s.Skip()
		}
	}
}

func (d *decoder) toolCalls() {
	if !d.scan.Array() {
		return
	}
	for i := 0; d.scan.More(); i++ {
		d.tools = append(d.tools, l0.ToolDelta{Index: i})
		d.toolCall(&d.tools[len(d.tools)-1])
	}
}

func (d *decoder) toolCall(t *l0.ToolDelta) {
	s := &d.scan
	if !s.Object() {
		return
	}
	for {
		key, ok := s.Key()
		if !ok {
			return
		}
		switch string(key) {
		case "index":
			if !s.Is('n') { // a null keeps the place
				t.Index = s.Int()
				continue
			}
			s.Skip()
		case "id":
			t.ID = s.String()
		case "function":
			d.function(t)
		default:
			s.Skip()
		}
	}
}

// function reads the name and the arguments of a call. Arguments are a text that holds an
// object; some servers send the object itself.
func (d *decoder) function(t *l0.ToolDelta) {
	s := &d.scan
	if !s.Object() {
		return
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return
		case string(key) == "name":
			t.Name = s.String()
		case string(key) == "arguments" && s.Is('{'):
			t.Arguments = string(s.Raw())
		case string(key) == "arguments":
			t.Arguments = s.String()
		default:
			s.Skip()
		}
	}
}
