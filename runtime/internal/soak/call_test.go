package soak

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// call is one call under way and what is known about it.
type call struct {
	*plan
	id string

	mu      sync.Mutex
	scripts map[int]*script // by attempt, of those that came to the server
	asked   map[int]string  // the checkpoints that attempts were asked to go on from
	unclear bool            // it cannot be told what the result should be
	wrongs  []string        // what was seen that must not be

	started  time.Time
	ended    time.Time
	left     time.Time // when it was cancelled or closed
	expected bool      // it was left before its end
	yes      bool      // it has come to a result
	shown    int       // the length of the partial text
	course   string    // when what happened
}

type callKey struct{}

// wrong notes that something is not as it must be.
func (c *call) wrong(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrongs = append(c.wrongs, fmt.Sprintf(format, args...))
}

// leave notes when the call was cancelled or closed.
func (c *call) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.expected = time.Now(), true
}

func (c *call) script(attempt int) *script {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.scripts[attempt]
}

// run makes the call and checks everything about it.
func (c *call) run(ctx context.Context, w *world) {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, callKey{}, c))
	defer cancel()
	if c.deadline > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, c.deadline)
		defer stop()
	}
	c.started = time.Now()
	opts := []l0.CallOption{l0.WithPolicy(c.policy())}
	if c.typed {
		read(c, cancel, l0.Call(ctx, w.binding, w.typed[c.models], c.id, opts...), func(v value, s *script) string {
			want, ok := valueOf(s.text)
			if s.dirty {
				return "" // what the bytes become is for the tests of the wire
			}
			if !ok || fmt.Sprint(v) != fmt.Sprint(want) {
				return fmt.Sprintf("the value is %+v, and should be %+v", v, want)
			}
			return ""
		}, c.partialValue)
		return
	}
	read(c, cancel, l0.Call(ctx, w.binding, w.texts[c.models], c.id, opts...), func(text string, s *script) string {
		if !s.holds(text, true) {
			return fmt.Sprintf("the result is %q, and should be %q + %q", text, s.kept, s.text)
		}
		return ""
	}, c.partialText)
}

// read reads a stream as the plan says.
func read[T any](c *call, cancel context.CancelFunc, st *l0.Stream[T], same func(T, *script) string, partial func(l0.Partial[T])) {
	r := &reader{call: c}
	switch c.leaving {
	case cancels:
		defer time.AfterFunc(c.after, func() { c.leave(); cancel() }).Stop()
	case closes:
		defer time.AfterFunc(c.after, func() { c.leave(); st.Close() }).Stop()
	case staysOn, breaksOff:
	}
	var last error
	switch c.consumer {
	case readEvents:
		for ev, err := range st.Events() {
			if last = err; err == nil {
				r.event(ev)
			}
			if r.leaves() {
				break
			}
		}
	case readText:
		for text, err := range st.Text() {
			last = err
			r.text = append(r.text, text...)
			if r.leaves() {
				break
			}
		}
	case readPartials:
		for p, err := range st.Partials() {
			if last = err; err == nil {
				partial(p)
			}
			if r.leaves() {
				break
			}
		}
	case readResult, consumers:
		_, last = st.Result()
	}
	c.ended = time.Now()
	v, err := st.Result()
	report := st.Report()
	if last != nil && !r.left && last.Error() != err.Error() && codeOf(last) != l0.CodeRestarted {
		c.wrong("the iterator ended with %v, the result is %v", last, err)
	}
	c.yes = err == nil
	c.course = c.courseOf(report)
	c.judge(report, err, r)
	if err != nil {
		return
	}
	s := c.script(len(report.Attempts))
	switch {
	case s == nil:
		c.wrong("the attempt that succeeded did not come to the server")
	case !s.whole:
		c.wrong("a reply was accepted that was not whole: %s", s.fault)
	case !c.isUnclear():
		if problem := same(v, s); problem != "" {
			c.wrong("%s", problem)
		}
		if text := st.Checkpoint(); !s.holds(text, true) {
			c.wrong("the text is %q, and should be %q + %q", text, s.kept, s.text)
		}
	}
}

// reader is a consumer that keeps what it is given.
type reader struct {
	*call
	text     []byte
	attempt  int
	steps    int
	left     bool
	complete bool
}

// leaves counts the steps and says whether this was the last.
func (r *reader) leaves() bool {
	r.steps++
	if r.slow && r.steps < 10 {
		<-time.NewTimer(2 * time.Millisecond).C
	}
	if r.leaving == breaksOff && r.steps >= r.plan.steps {
		r.leave()
		r.left = true
	}
	return r.left
}

func (r *reader) event(ev l0.Event) {
	if r.complete {
		r.wrong("%s comes after the end", ev.Kind)
	}
	if ev.Attempt < r.attempt || ev.Attempt > r.attempt && r.attempt > 0 && ev.Kind != l0.EventRestart {
		r.wrong("attempt %d has a %s in attempt %d", ev.Attempt, ev.Kind, r.attempt)
	}
	r.attempt = ev.Attempt
	switch ev.Kind {
	case l0.EventToken:
		if s := r.script(ev.Attempt); !r.isUnclear() && (s == nil || !s.dirty && !s.holdsAt(len(r.text), ev.Text)) {
			r.wrong("in attempt %d the consumer has %q and gets %q, the server sent %v", ev.Attempt, r.text, ev.Text, s)
		}
		r.text = append(r.text, ev.Text...)
	case l0.EventRestart:
		if ev.Discard < 0 || ev.Discard > len(r.text) {
			r.wrong("%d of %d bytes are void", ev.Discard, len(r.text))
			return
		}
		r.text = r.text[:len(r.text)-ev.Discard]
		if !r.continues && len(r.text) > 0 {
			r.wrong("%q is kept without continuation", r.text)
		}
	case l0.EventComplete:
		r.complete = true
	case l0.EventReasoning:
		if ev.Text != "hm " && ev.Text != "[other] " { // which Anthropic's wire has in place of a second choice
			r.wrong("the thinking is %q", ev.Text)
		}
	case l0.EventData, l0.EventTool:
		r.wrong("there is a %s", ev.Kind)
	}
}

// partialText checks the text so far.
func (c *call) partialText(p l0.Partial[string]) {
	s := c.script(p.Attempt)
	if s == nil && p.Restarted || c.isUnclear() {
		return // the attempt has not come to the server yet
	}
	if s != nil && !s.dirty && !p.Complete && !p.Restarted {
		from := min(c.shown, len(p.Value)) // what was there was checked
		c.shown = len(p.Value)
		if s.holdsAt(from, p.Value[from:]) {
			return
		}
	}
	if c.shown = 0; s == nil || !s.holds(p.Value, p.Complete) {
		c.wrong("in attempt %d the partial text is %q, the server sent %v", p.Attempt, p.Value, s)
	}
}

// partialValue checks the value so far: what is there is what will be.
func (c *call) partialValue(p l0.Partial[value]) {
	s := c.script(p.Attempt)
	if s == nil && p.Restarted {
		return
	}
	if s == nil {
		c.wrong("attempt %d has a value and did not come to the server", p.Attempt)
		return
	}
	want, ok := valueOf(c.text(p.Attempt))
	if !ok || s.dirty || s.fault == "huge" || s.fault == "endless" {
		return
	}
	if p.Value.Call != 0 && p.Value.Call != want.Call || len(p.Value.Items) > len(want.Items) {
		c.wrong("the partial value is %+v, the whole one is %+v", p.Value, want)
		return
	}
	for i, it := range p.Value.Items {
		if it.Name != "" && it.Name != want.Items[i].Name || it.Size != 0 && it.Size != want.Items[i].Size {
			c.wrong("item %d of the partial value is %+v, and should be %+v", i, it, want.Items[i])
		}
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// courseOf tells when the attempts of a call began and ended.
func (c *call) courseOf(report l0.Report) string {
	var b strings.Builder
	since := func(t time.Time) time.Duration { return t.Sub(c.started).Round(time.Millisecond) }
	for i := range report.Attempts {
		a := &report.Attempts[i]
		fmt.Fprintf(&b, "%s from %v to %v, ", c.script(i+1).name(), since(a.Start), since(a.Start.Add(a.Duration)))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.left.IsZero() {
		fmt.Fprintf(&b, "left at %v, ", since(c.left))
	}
	fmt.Fprintf(&b, "ended at %v: %v", since(c.ended), report.Err)
	return b.String()
}
