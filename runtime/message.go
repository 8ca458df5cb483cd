package l0

import (
	"slices"
	"strings"
)

// Role says who speaks.
type Role string

// The roles.
const (
	RoleSystem    Role = "system"
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
)

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool {
	switch r {
	case RoleSystem, RoleUser, RoleAssistant:
		return true
	}
	return false
}

// Values returns the roles.
func (Role) Values() []Role { return []Role{RoleSystem, RoleUser, RoleAssistant} }

// Message is one turn of a conversation. Its content is Text, or Parts where there is more
// than text; both together mean Text first. As JSON it is an object with the fields role,
// text and parts.
type Message struct {
	Role  Role   `json:"role"`
	Text  string `json:"text,omitzero"`
	Parts []Part `json:"parts,omitzero"`
}

// Part is one piece of a message: text, or media when Media is set.
type Part struct {
	Text  string `json:"text,omitzero"`
	Media *Media `json:"media,omitzero"`
}

// SystemMessage returns a system message with this text.
func SystemMessage(text string) Message { return Message{Role: RoleSystem, Text: text} }

// UserMessage returns a user message with this text.
func UserMessage(text string) Message { return Message{Role: RoleUser, Text: text} }

// AssistantMessage returns an assistant message with this text.
func AssistantMessage(text string) Message { return Message{Role: RoleAssistant, Text: text} }

// TextPart returns a part that is text.
func TextPart(text string) Part { return Part{Text: text} }

// MediaPart returns a part that is an image, a sound or a file.
func MediaPart(m Media) Part { return Part{Media: &m} }

// Content returns the message's text: Text and the text of all Parts, one after another.
func (m Message) Content() string {
	if len(m.Parts) == 0 {
		return m.Text
	}
	var b strings.Builder
	b.WriteString(m.Text)
	for _, p := range m.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Equal reports whether m and o are the same, field for field.
func (m Message) Equal(o Message) bool {
	return m.Role == o.Role && m.Text == o.Text && slices.EqualFunc(m.Parts, o.Parts, Part.Equal)
}

// Equal reports whether p and o are the same, field for field.
func (p Part) Equal(o Part) bool {
	return p.Text == o.Text && EqualPtr(p.Media, o.Media, Media.Equal)
}

// Messages returns msgs with the format instructions at the end of the system message: the
// last one, if there are several. Without a system message one is put in front. An empty
// format changes nothing. The messages given are not modified.
func Messages(format string, msgs ...Message) []Message {
	if format == "" {
		return msgs
	}
	out := slices.Clone(msgs)
	for i, m := range slices.Backward(out) {
		if m.Role == RoleSystem {
			out[i] = withFormat(m, format)
			return out
		}
	}
	return slices.Insert(out, 0, SystemMessage(format))
}

func withFormat(m Message, format string) Message {
	if len(m.Parts) > 0 {
		m.Parts = append(slices.Clone(m.Parts), TextPart("\n\n"+format))
		return m
	}
	if m.Text != "" {
		m.Text += "\n\n"
	}
	m.Text += format
	return m
}
