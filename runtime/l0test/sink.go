package l0test

import (
	"bytes"
	"net"
	"net/http"
)

// batch is how much is written at once where nobody waits for a token.
const batch = 32 << 10

// sink writes a body in batches. After an error it drops everything.
type sink struct {
	w     http.ResponseWriter
	rc    *http.ResponseController
	buf   []byte
	split bool
	crlf  bool
	sent  bool // something of the body is on its way
	err   error
}

func newSink(w http.ResponseWriter) *sink {
	return &sink{w: w, rc: http.NewResponseController(w), buf: make([]byte, 0, batch+batch/4)}
}

// begin makes room for the next event and returns where it starts. What is in the buffer after
// an event is always its end, which the end of the stream may still change.
func (s *sink) begin() int {
	if len(s.buf) >= batch {
		s.flush()
	}
	return len(s.buf)
}

// end finishes what was appended from start on.
func (s *sink) end(start int) {
	if s.crlf {
		s.buf = append(s.buf[:start], bytes.ReplaceAll(s.buf[start:], []byte("\n"), []byte("\r\n"))...)
	}
}

func (s *sink) raw(data []byte) {
	start := s.begin()
	s.buf = append(s.buf, data...)
	s.end(start)
}

// flush sends what is in the buffer.
func (s *sink) flush() {
	step := max(len(s.buf), 1)
	s.sent = s.sent || len(s.buf) > 0
	if s.split {
		step = 1
	}
	for rest := s.buf; len(rest) > 0 && s.err == nil; rest = rest[step:] {
		if _, s.err = s.w.Write(rest[:step]); s.err == nil {
			s.err = s.rc.Flush()
		}
	}
	s.buf = s.buf[:0]
}

// flushHeader sends the headers at once.
func (s *sink) flushHeader() {
	if s.err == nil {
		s.err = s.rc.Flush()
	}
}

// hangUp closes the connection in the middle of the body, with a reset if asked to.
func (s *sink) hangUp(reset bool) {
	s.flush()
	s.flushHeader()
	conn, _, err := s.rc.Hijack()
	if err != nil {
		// Not HTTP/1.1: this is how a handler cuts its answer short there.
		panic(http.ErrAbortHandler) //nolint:forbidigo // the way of net/http, which recovers it
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0) // then it is an ordinary close
	}
	_ = conn.Close() // it is over either way
}
