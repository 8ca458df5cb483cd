package emit_test

import (
	"time"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// supportPackage is a package of the kind that people write.
func supportPackage() *irtest.Package {
	p := irtest.New("support")
	p.Doc = "Support desk automation."
	p.Model("fast").Params = `{"temperature":0}`
	local := p.Model("local")
	local.ID, local.BaseURL, local.Class = "qwen3:8b", "http://localhost:11434/v1", "local"
	local.Timeouts.InitialToken = new(time.Minute)

	priority := p.Enum("low", "normal", "high", "urgent")
	priority.Doc = "How soon a person must look."
	priorityType := p.Type("Priority", priority)
	message := p.Type("Message", p.Object(
		p.Field("role", p.Enum("customer", "agent")),
		p.Field("text", p.Of(ir.String)),
	))
	tags := p.List(p.Of(ir.String))
	tags.Rules.MaxItems, tags.Doc = new(int64(5)), "Up to five labels."
	ticket := p.Object(
		p.Field("queue", p.Enum("billing", "outage", "other")),
		p.Field("priority", p.Ref(priorityType)),
		p.Field("tags", tags),
		p.Optional("due", p.Of(ir.DateTime)),
	)
	ticket.Doc = "One sorted support ticket."
	ticketType := p.Type("Ticket", ticket)

	subject := p.Of(ir.String)
	subject.Rules.MaxLength = new(int64(200))
	classify := p.Prompt("ClassifyTicket", p.Ref(ticketType),
		p.Field("subject", subject),
		p.Field("body", p.Of(ir.String)),
		p.Optional("history", p.List(p.Ref(message))),
	)
	classify.Doc, classify.Version = "ClassifyTicket sorts one support ticket into a queue.", 3
	classify.Policy.Timeouts.InitialToken = new(3 * time.Second)
	p.Prompt("WriteReply", nil,
		p.Field("ticket", p.Ref(ticketType)),
		p.Field("tone", p.Enum("formal", "friendly")),
	)
	return p
}
