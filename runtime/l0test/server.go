package l0test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Server is a simulated model server on a port of the loopback interface:
//
//	srv := l0test.NewServer(t, l0test.WithFaults(l0test.CutAfter(5)))
//	client, err := support.New(l0.NewClient(openai.Provider(openai.WithBaseURL(srv.BaseURL(l0test.WireOpenAI)))))
//
// It is safe for concurrent use.
type Server struct {
	*Handler
	// URL is where the server is, such as http://127.0.0.1:54321, without a path.
	URL string

	http   *http.Server
	cancel context.CancelFunc
	served chan struct{}
	once   sync.Once
}

// NewServer starts a server that ends with the test. The test fails if an option makes no sense.
func NewServer(tb testing.TB, opts ...ServerOption) *Server {
	tb.Helper()
	s, err := StartServer(tb.Context(), "127.0.0.1:0", opts...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// StartServer starts a server at an address, for programs that are no test. It must be closed;
// the end of ctx does not close it. Port 0 is any free one. There is no authentication but
// [WithAPIKey]: use a loopback address.
func StartServer(ctx context.Context, address string, opts ...ServerOption) (*Server, error) {
	h, err := NewHandler(opts...)
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("l0test: %w", err)
	}
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	const headers = 10 * time.Second
	s := &Server{
		Handler: h, URL: "http://" + ln.Addr().String(), cancel: cancel, served: make(chan struct{}),
		http: &http.Server{
			Handler: h, ReadHeaderTimeout: headers,
			BaseContext: func(net.Listener) context.Context { return base },
			// What net/http would say, such as that a client sent no HTTP, is of no use here.
			ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		},
	}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(ln) // it always returns an error: the server was closed
	}()
	return s, nil
}

// BaseURL returns the base URL for clients of a wire, as their SDKs take it.
func (s *Server) BaseURL(w Wire) string {
	if w == WireOpenAI {
		return s.URL + "/v1"
	}
	return s.URL
}

// Close ends all streams, even endless ones, closes all connections and waits until no request
// is being answered. It may be called several times.
func (s *Server) Close() {
	s.once.Do(func() {
		s.cancel()
		_ = s.http.Close() // the listener is gone either way
		<-s.served
	})
	s.wait(nil, s.idle)
}
