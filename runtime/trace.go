package l0

import (
	"slices"
	"sync"
	"time"

	"github.com/l0gen/l0gen/runtime/internal/uuid7"
	"github.com/l0gen/l0gen/runtime/record"
)

// trace hands the records of a call to its observers, on one goroutine and in order. The
// queue has no bound of its own: a call makes a bounded number of records for each token.
type trace struct {
	head      Record // what all records of the call have in common
	observers []Observer

	mu     sync.Mutex
	queue  []Record
	closed bool
	bell   chan struct{} // rings when something was queued
	done   chan struct{} // closed when everything was handed over
}

// startTrace starts the observation of a call, if anybody observes.
func (s *session) startTrace() {
	observers := s.config.observers
	if s.config.logger != nil {
		observers = append(slices.Clip(observers), newLogObserver(s.parent, s.config.logger, s.config.logText))
	}
	s.report.StreamID = uuid7.New(s.report.Start)
	if len(observers) == 0 {
		return
	}
	s.trace = &trace{
		head: Record{
			Time: s.report.Start, StreamID: s.report.StreamID, Function: s.report.Function, Version: s.report.Version,
			Context: s.config.values,
		},
		observers: observers,
		bell:      make(chan struct{}, 1),
		done:      make(chan struct{}),
	}
	go s.trace.run()
}

// note records a step of the call. Without observers it does nothing: the detail is never
// even made into an interface value.
func note[D record.Detail](s *session, d D) {
	if s.trace != nil {
		s.trace.put(d)
	}
}

func (t *trace) put(d record.Detail) {
	r := t.head
	r.Time = r.Time.Add(time.Since(r.Time)) // by the monotonic clock, so that it never goes back
	r.Detail = d
	t.mu.Lock()
	t.queue = append(t.queue, r)
	t.mu.Unlock()
	ring(t.bell)
}

// run hands over what was queued until the trace is closed and empty.
func (t *trace) run() {
	defer close(t.done)
	var batch []Record
	for {
		t.mu.Lock()
		batch, t.queue = t.queue, batch[:0]
		closed := t.closed
		t.mu.Unlock()
		if len(batch) == 0 {
			if closed {
				return
			}
			<-t.bell
			continue
		}
		for _, r := range batch {
			for _, o := range t.observers {
				safeObserve(o, r)
			}
		}
		clear(batch)
	}
}

// endTrace waits until the observers have seen everything, but not for ever.
func (s *session) endTrace() {
	s.logReply()
	t := s.trace
	if t == nil {
		return
	}
	if s.config.sessionRecords {
		s.noteSummary()
	}
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	ring(t.bell)
	timer := time.NewTimer(observerGrace)
	defer timer.Stop()
	select {
	case <-t.done:
	case <-timer.C:
	}
}

// noteSummary writes the records that come after the last one of the vocabulary's own order.
func (s *session) noteSummary() {
	note(s, record.SessionSummary{
		TokenCount: s.reply.tokens, StartTs: s.report.Start.UnixMilli(), EndTs: time.Now().UnixMilli(),
		GuardrailViolations: len(s.report.Violations), FallbackDepth: s.route,
		RetryCount: s.modelRetries + s.networkRetries, CheckpointsCreated: s.checkpoints,
	})
	note(s, record.SessionEnd{})
}
