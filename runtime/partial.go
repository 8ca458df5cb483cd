package l0

import (
	"iter"

	"github.com/l0gen/l0gen/runtime/internal/partial"
)

// Partial is a value that is still being written.
type Partial[T any] struct {
	// Value holds what is closed so far: strings, numbers and other scalars appear when they
	// are complete, objects and lists grow with their members. For a text output it is the
	// text so far. It is valid until the next step of the iterator, which may change it in
	// place. It is not validated until it is complete.
	Value T
	// Attempt counts the attempts of the call from 1.
	Attempt int
	// Restarted marks the first value of another attempt: what was there may be absent again.
	Restarted bool
	// Complete marks the last one: Value is the result, validated, and may be kept.
	Complete bool

	state func(path string) partial.State
}

// PartState says how much there is of a part of a value.
type PartState string

// The states of a part.
const (
	PartAbsent PartState = "absent" // it has not begun, or does not fit its type
	PartOpen   PartState = "open"   // it has begun and may change
	PartClosed PartState = "closed" // it is complete
)

// State returns the state of the part of the value at a JSON pointer, such as /items/0/name; ""
// is the value itself. Like Value it is valid until the next step of the iterator.
func (p Partial[T]) State(path string) PartState {
	switch {
	case p.Complete && (path == "" || p.state == nil):
		return PartClosed
	case p.state == nil:
		return PartAbsent
	}
	switch p.state(path) {
	case partial.Closed:
		return PartClosed
	case partial.Open:
		return PartOpen
	case partial.Absent:
	}
	return PartAbsent
}

// Partials returns an iterator over the value while it is written: one step for each piece of
// the reply that completes something, one when another attempt begins, and at last the result. An
// error comes last, once, with a zero Partial.
func (st *Stream[T]) Partials() iter.Seq2[Partial[T], error] {
	return func(yield func(Partial[T], error) bool) {
		if err := st.start(); err != nil {
			yield(Partial[T]{}, err)
			return
		}
		p := partials[T]{stream: st, yield: yield}
		if st.s.typed {
			p.builder = partial.New[T](partial.Typed())
		} else {
			p.builder = partial.New[T]()
		}
		if err := st.s.drive(p.take); err != nil && !st.s.left {
			yield(Partial[T]{}, err)
		}
	}
}

// partials turns events into partial values.
type partials[T any] struct {
	stream  *Stream[T]
	yield   func(Partial[T], error) bool
	builder *partial.Builder[T]
	shown   bool // a value of this attempt was yielded
	restart bool // the next value is the first of another attempt
}

func (p *partials[T]) take(ev Event, _ error) bool {
	switch ev.Kind {
	case EventToken:
		if p.builder.Feed(ev.Text) {
			return p.show(ev.Attempt)
		}
	case EventRestart:
		p.builder.Reset()
		p.builder.Feed(p.stream.s.reply.content()) // what was kept
		p.restart = p.restart || p.shown
		if p.shown {
			return p.show(ev.Attempt)
		}
	case EventComplete:
		p.builder.End()
		return p.yield(Partial[T]{
			Value: p.stream.value, Attempt: ev.Attempt, Restarted: p.restart, Complete: true, state: p.builder.State,
		}, nil)
	case EventReasoning, EventData, EventTool: // no part of the value
	}
	return true
}

func (p *partials[T]) show(attempt int) bool {
	restarted := p.restart
	p.shown, p.restart = true, false
	return p.yield(Partial[T]{Value: p.builder.Value(), Attempt: attempt, Restarted: restarted, state: p.builder.State}, nil)
}
