package wiretest

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Server is a server on loopback that keeps the requests it gets.
type Server struct {
	*httptest.Server

	// Connections counts the connections that were opened.
	Connections atomic.Int32

	mu       sync.Mutex
	requests []Request
}

// Request is what a server was sent.
type Request struct {
	Path   string // with the query
	Header http.Header
	Body   []byte
	JSON   map[string]any
}

// Serve starts a server that answers with handler. It ends with the test.
func Serve(tb testing.TB, handler http.HandlerFunc) *Server {
	tb.Helper()
	s := &Server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(tb, err)
		req := Request{Path: r.URL.String(), Header: r.Header, Body: body}
		assert.NoError(tb, json.Unmarshal(body, &req.JSON))
		s.mu.Lock()
		s.requests = append(s.requests, req)
		s.mu.Unlock()
		handler(w, r)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			s.Connections.Add(1)
		}
	}
	s.Start()
	tb.Cleanup(s.Close)
	return s
}

// Last returns the last request.
func (s *Server) Last(tb testing.TB) Request {
	tb.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) == 0 {
		tb.Fatal("there was no request")
	}
	return s.requests[len(s.requests)-1]
}

// Stream answers with pieces of a stream, each sent on its own.
func Stream(pieces ...string) http.HandlerFunc {
	return Body("text/event-stream", pieces...)
}

// Body answers with pieces of a body of a type.
func Body(contentType string, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for _, p := range pieces {
			_, _ = io.WriteString(w, p) // a client may have left
			_ = http.NewResponseController(w).Flush()
		}
	}
}

// Fail answers with an error. Headers are pairs of a name and a value.
func Fail(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}
