package l0

import (
	"strings"
	"time"
	"unicode"

	"github.com/l0gen/l0gen/runtime/record"
)

// take processes one chunk. It is the path of every token: no allocation but the growth of
// the text.
func (a *attempt) take(c *Chunk) error {
	turn := a.turn
	if c.Usage != nil || c.Finish != "" || c.RequestID != "" {
		a.takeFacts(c)
	}
	if c.Reasoning != "" {
		if err := a.spend(len(c.Reasoning)); err != nil {
			return err
		}
		a.count()
		if !a.deliver(Event{Kind: EventReasoning, Text: c.Reasoning, Attempt: a.number}) {
			return a.leave()
		}
	}
	if c.Text != "" {
		if err := a.takeText(c.Text); err != nil {
			return err
		}
	}
	if c.Tool != nil {
		if err := a.takeTool(c.Tool); err != nil {
			return err
		}
	}
	if c.Data != nil {
		if err := a.takeData(c.Data); err != nil {
			return err
		}
	}
	if a.turn == turn { // nothing was delivered, which would have said that the source is alive
		a.turn += 2
		a.watch.turn.Store(a.turn)
	}
	return nil
}

// takeFacts keeps what is said about the reply; the last word counts.
func (a *attempt) takeFacts(c *Chunk) {
	if c.Usage != nil {
		usage := *c.Usage
		a.record.Usage = &usage
	}
	if c.Finish != "" {
		a.record.Finish = c.Finish
	}
	if c.RequestID != "" {
		a.record.RequestID = c.RequestID
	}
}

// takeText is for a piece of the reply. While the seam to an earlier attempt is sought, text
// is held back.
func (a *attempt) takeText(text string) error {
	a.count()
	if a.seam != nil {
		var err error
		if text, err = a.seam.feed(a, text); err != nil || text == "" {
			return err
		}
	}
	return a.addText(text)
}

// addText adds a piece to the reply, has it checked when it is time, and delivers it.
func (a *attempt) addText(text string) error {
	if err := a.spend(len(text)); err != nil {
		return err
	}
	a.reply.text.WriteString(text)
	a.reply.tokens++
	if a.checks.due(a.reply.tokens) {
		if err := a.checks.pre(a); err != nil {
			return err
		}
	}
	a.reply.delivered = a.reply.text.Len()
	if a.yield == nil {
		return nil
	}
	a.handOver()
	more := a.yield(Event{Kind: EventToken, Text: text, Attempt: a.number}, nil)
	a.takeBack()
	if !more {
		return a.leave()
	}
	return nil
}

// release ends the search for a seam at the end of the stream.
func (a *attempt) release() error {
	if a.seam == nil {
		return nil
	}
	if text := a.seam.flush(a); text != "" {
		return a.addText(text)
	}
	return nil
}

func (a *attempt) takeData(m *Media) error {
	a.reply.data = true
	a.begin()
	if err := a.spend(len(m.Bytes)); err != nil {
		return err
	}
	if !a.deliver(Event{Kind: EventData, Data: m, Attempt: a.number}) {
		return a.leave()
	}
	return nil
}

func (a *attempt) takeTool(t *ToolDelta) error {
	a.count()
	if err := a.spend(len(t.Name) + len(t.ID) + len(t.Arguments)); err != nil {
		return err
	}
	a.tools.add(a.session, t)
	if !a.deliver(Event{Kind: EventTool, Tool: t, Attempt: a.number}) {
		return a.leave()
	}
	return nil
}

// deliver hands an event to the consumer, whose time is not the source's. It reports whether
// the consumer wants more.
func (a *attempt) deliver(ev Event) bool {
	if a.yield == nil {
		return true
	}
	a.handOver()
	more := a.yield(ev, nil)
	a.takeBack()
	return more
}

// leave notes that the consumer has left its loop: it must not be given anything more.
func (a *attempt) leave() error {
	a.left = true
	return errStopped
}

// handOver and takeBack tell the watch who has control.
func (a *attempt) handOver() { a.watch.turn.Store(a.turn + 1) }

func (a *attempt) takeBack() {
	a.turn += 2
	a.watch.turn.Store(a.turn)
}

// count counts a token.
func (a *attempt) count() {
	a.record.Tokens++
	if !a.begun {
		a.begin()
	}
}

// begin says that the first of the reply has come.
func (a *attempt) begin() {
	if a.begun {
		return
	}
	a.begun = true
	a.record.TimeToFirstToken = time.Since(a.record.Start)
	a.setState(StateStreaming)
	a.watch.begin()
	if limit := a.watch.limits.InterToken; limit > 0 {
		note(a.session, record.TimeoutReset{
			TimeoutType: record.TimeoutInter, ConfiguredMs: limit.Milliseconds(), TokenIndex: a.reply.tokens,
		})
	}
}

// spend takes n bytes off the limit for a reply.
func (a *attempt) spend(n int) error {
	if n > a.limit {
		return &Error{Code: CodeReplyTooLarge}
	}
	a.limit -= n
	return nil
}

// blank reports whether text shows nothing. It stops at the first character that shows.
func blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && r != '\u200B' && r != '\uFEFF'
	}) < 0
}
