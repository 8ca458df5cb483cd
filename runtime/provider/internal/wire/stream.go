package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/internal/sse"
)

// How much, and for how long, the rest of a complete stream is read so that its connection
// can be used again.
const (
	maxDrain  = 4 << 10
	drainTime = 50 * time.Millisecond
)

// Decoder reads one reply in a provider's format. It appends what it finds to the chunks that
// it is given. Errors are final.
type Decoder interface {
	// Event reads one event of a stream. The bytes are valid until it returns. Last is set by
	// the event that ends a stream.
	Event(name, data []byte, chunks []l0.Chunk) (more []l0.Chunk, last bool, err error)
	// Whole reads a reply that is not streamed. Nothing means that it is none.
	Whole(data []byte, chunks []l0.Chunk) ([]l0.Chunk, error)
}

// stream is the [l0.Source] of a reply.
type stream struct {
	call      *Call
	ctx       context.Context //nolint:containedctx // it is that of the stream
	cancel    context.CancelFunc
	body      io.ReadCloser
	events    *sse.Reader
	requestID string

	queue    []l0.Chunk
	next     int   // of queue
	err      error // what comes after queue
	finish   l0.FinishReason
	output   int  // tokens so far, as reported
	terminal bool // the event that ends the stream has come

	ended  atomic.Bool // the stream is complete; nobody reads the body any more
	closed atomic.Bool
	once   sync.Once
}

// UnblocksOnClose reports that Close makes a waiting Next return: it ends the request.
func (s *stream) UnblocksOnClose() bool { return true }

// Next returns the next chunk.
func (s *stream) Next() (l0.Chunk, error) {
	for s.next >= len(s.queue) {
		if s.err == nil && s.ended.Load() {
			s.err = io.EOF
		}
		if s.err != nil {
			return l0.Chunk{}, s.err
		}
		s.read()
	}
	s.next++
	return s.queue[s.next-1], nil
}

// read reads one event into queue or err.
func (s *stream) read() {
	event, err := s.events.Next()
	if err != nil {
		s.stop(err)
		return
	}
	chunks, last, err := s.call.Decoder.Event(event.Name, event.Data, s.queue[:0])
	if event.Unfinished && err != nil {
		if _, bad := errors.AsType[*BadEventError](err); bad {
			err = io.EOF // the stream was cut inside of the event
		}
	}
	s.take(chunks, last)
	switch {
	case err != nil:
		s.stop(err)
	case last:
		s.stop(io.EOF)
	}
}

// take notes what chunks say about the reply and queues them.
func (s *stream) take(chunks []l0.Chunk, last bool) {
	s.queue, s.next = chunks, 0
	s.terminal = s.terminal || last
	for i := range chunks {
		if chunks[i].Finish != "" {
			s.finish = chunks[i].Finish
		}
		if chunks[i].Usage != nil {
			s.output = chunks[i].Usage.OutputTokens
		}
	}
	if s.requestID != "" && len(chunks) > 0 {
		chunks[0].RequestID = s.requestID
		s.requestID = ""
	}
	if last {
		s.correct()
	}
}

// correct says that the reply was cut when it used all tokens that it was allowed, though the
// server calls it complete.
func (s *stream) correct() {
	if s.finish == l0.FinishStop && s.call.OutputLimit > 0 && s.output >= s.call.OutputLimit {
		s.finish = l0.FinishLength
		s.queue = append(s.queue, l0.Chunk{Finish: s.finish})
	}
}

// stop ends the stream with err, or as complete if it is.
func (s *stream) stop(err error) {
	complete := s.finish != "" && (s.terminal || !s.call.TerminalEvent)
	_, reported := errors.AsType[*l0.ProviderError](err)
	switch {
	case s.closed.Load():
		s.err = io.ErrUnexpectedEOF
	case s.ctx.Err() != nil:
		s.err = context.Cause(s.ctx)
	case complete && !reported:
		if !s.terminal {
			s.take(s.queue[:0], true)
		}
		s.ended.Store(true)
		s.err = io.EOF
	case errors.Is(err, io.EOF):
		s.err = io.ErrUnexpectedEOF
	default:
		s.err = s.readError(err)
	}
}

// readError explains why the stream could not be read.
func (s *stream) readError(err error) error {
	_, network := errors.AsType[net.Error](err)
	large, tooLarge := errors.AsType[*sse.TooLargeError](err)
	switch {
	case s.closed.Load():
		return io.ErrUnexpectedEOF
	case s.ctx.Err() != nil:
		return context.Cause(s.ctx)
	case isProviderError(err):
		return s.withID(s.call.scrub(err))
	case tooLarge:
		return &l0.ProviderError{Type: errorBadEvent, Message: large.Error(), Err: err}
	case network, errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: reading the stream: %w", s.call.Provider, err)
	}
	return fmt.Errorf("%s: reading the stream: %w: %w", s.call.Provider, io.ErrUnexpectedEOF, err)
}

// withID adds the id of the request to a provider's error that has none.
func (s *stream) withID(err error) error {
	if failed, ok := errors.AsType[*l0.ProviderError](err); ok && failed.RequestID == "" {
		failed.RequestID = s.requestID
	}
	return err
}

func isProviderError(err error) bool {
	_, ok := errors.AsType[*l0.ProviderError](err)
	return ok
}

// Close ends the request. After a complete reply it reads the little that is left first, so
// that the connection can be used again.
func (s *stream) Close() error {
	var err error
	s.once.Do(func() {
		s.closed.Store(true)
		if s.ended.Load() {
			s.drain()
		}
		s.cancel()
		err = s.body.Close()
	})
	return err
}

func (s *stream) drain() {
	timer := time.AfterFunc(drainTime, s.cancel)
	defer timer.Stop()
	_, _ = io.CopyN(io.Discard, s.body, maxDrain) // the reply is complete; nothing hangs on the rest
}
