package contract

import (
	"slices"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Priority is how soon a person must look.
type Priority string

// The members of [Priority].
const (
	PriorityLow    Priority = "low"
	PriorityNormal Priority = "normal"
	PriorityHigh   Priority = "high"
	PriorityUrgent Priority = "urgent"
)

// Values returns the members of Priority, in the order of the spec.
func (Priority) Values() []Priority {
	return []Priority{PriorityLow, PriorityNormal, PriorityHigh, PriorityUrgent}
}

// Valid reports whether v is a member of Priority.
func (v Priority) Valid() bool {
	switch v {
	case PriorityLow, PriorityNormal, PriorityHigh, PriorityUrgent:
		return true
	}
	return false
}

// Ticket: One sorted support ticket.
type Ticket struct {
	Queue    TicketQueue `json:"queue"`
	Priority Priority    `json:"priority"`
	// Up to five labels.
	Tags []string   `json:"tags"`
	Due  *time.Time `json:"due,omitzero"`
}

// Equal reports whether v and o are the same, field for field.
func (v Ticket) Equal(o Ticket) bool {
	return v.Queue == o.Queue &&
		v.Priority == o.Priority &&
		slices.Equal(v.Tags, o.Tags) &&
		l0.EqualPtr(v.Due, o.Due, time.Time.Equal)
}

// TicketSchema returns the JSON Schema of Ticket.
func TicketSchema() []byte {
	return []byte(ticketSchema)
}

const ticketSchema = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"queue":{"$ref":"#/$defs/TicketQueue"},"priority":{"$ref":"#/$defs/Priority"},"tags":{"type":"array","items":{"type":"string"},"maxItems":5,"description":"Up to five labels."},"due":{"anyOf":[{"type":"string","format":"date-time"},{"type":"null"}]}},"required":["queue","priority","tags"],"additionalProperties":false,"$defs":{"TicketQueue":{"enum":["billing","outage","other"]},"Priority":{"enum":["low","normal","high","urgent"],"description":"How soon a person must look."}}}`

// TicketQueue is where a ticket goes.
type TicketQueue string

// The members of [TicketQueue].
const (
	TicketQueueBilling TicketQueue = "billing"
	TicketQueueOutage  TicketQueue = "outage"
	TicketQueueOther   TicketQueue = "other"
)

// Values returns the members of TicketQueue, in the order of the spec.
func (TicketQueue) Values() []TicketQueue {
	return []TicketQueue{TicketQueueBilling, TicketQueueOutage, TicketQueueOther}
}

// Valid reports whether v is a member of TicketQueue.
func (v TicketQueue) Valid() bool {
	switch v {
	case TicketQueueBilling, TicketQueueOutage, TicketQueueOther:
		return true
	}
	return false
}

// Message is one line of a conversation.
type Message struct {
	Role MessageRole `json:"role"`
	Text string      `json:"text"`
}

// MessageRole is who wrote a [Message].
type MessageRole string

// The members of [MessageRole].
const (
	MessageRoleCustomer MessageRole = "customer"
	MessageRoleAgent    MessageRole = "agent"
)

// Valid reports whether v is a member of MessageRole.
func (v MessageRole) Valid() bool {
	switch v {
	case MessageRoleCustomer, MessageRoleAgent:
		return true
	}
	return false
}
