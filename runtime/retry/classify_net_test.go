//go:build !windows && !plan9

package retry_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/retry"
)

func TestSystemErrors(t *testing.T) {
	t.Parallel()
	for errno, want := range map[syscall.Errno]what{
		syscall.ECONNRESET:   network(retry.ECONNRESET), // 2.5/03 by its type
		syscall.EPIPE:        network(retry.ConnectionDropped),
		syscall.ECONNABORTED: network(retry.ConnectionDropped),
		syscall.EHOSTUNREACH: network(retry.ConnectionDropped),
		syscall.ENETUNREACH:  network(retry.ConnectionDropped),
		syscall.ECONNREFUSED: network(retry.ECONNREFUSED),
		syscall.ETIMEDOUT:    tooSlow,
		syscall.ENOENT:       model,
	} {
		assertClassified(t, want, errno)
		if errno == syscall.ENOENT {
			want = network(retry.UnknownError) // on a connection it is something else
		}
		assertClassified(t, want, fmt.Errorf("call: %w", &net.OpError{Op: "read", Err: os.NewSyscallError("read", errno)}))
	}
}

// get makes a real request and returns its error, also one that comes with the body.
func get(t *testing.T, c *http.Client, address string) error {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	reply, err := c.Do(r)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	_, err = io.Copy(io.Discard, reply.Body)
	return err
}

// listen answers each connection with f and returns where.
func listen(t *testing.T, f func(net.Conn)) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f(c)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

func readHead(c net.Conn) { http.ReadRequest(bufio.NewReader(c)) }

// TestRealErrors classifies what net/http really returns.
func TestRealErrors(t *testing.T) {
	t.Parallel()
	fresh := func() *http.Client { return &http.Client{Transport: &http.Transport{}} }

	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	assertClassified(t, badTLS, get(t, fresh(), secure.URL))

	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	assertClassified(t, badTLS, get(t, fresh(), "https://"+plain.Listener.Addr().String()))

	picky := fresh()
	picky.Transport.(*http.Transport).TLSClientConfig = &tls.Config{MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10} //nolint:gosec // it is to be refused
	assertClassified(t, badTLS, get(t, picky, secure.URL))

	silent := listen(t, func(c net.Conn) { io.Copy(io.Discard, c) })
	hasty := fresh()
	hasty.Transport.(*http.Transport).TLSHandshakeTimeout = 50 * time.Millisecond
	assertClassified(t, tooSlow, get(t, hasty, "https://"+silent))
	impatient := fresh()
	impatient.Timeout = 50 * time.Millisecond
	assertClassified(t, tooSlow, get(t, impatient, "http://"+silent))

	assertClassified(t, network(retry.ECONNREFUSED), get(t, fresh(), "http://127.0.0.1:1"))
	assertClassified(t, network(retry.DNSError), get(t, fresh(), "http://nobody.invalid"))

	closing := listen(t, readHead)
	assertClassified(t, network(retry.NoBytes), get(t, fresh(), "http://"+closing))

	cut := listen(t, func(c net.Conn) {
		readHead(c)
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
	})
	assertClassified(t, network(retry.PartialChunks), get(t, fresh(), "http://"+cut))

	reset := listen(t, func(c net.Conn) {
		readHead(c)
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
		c.(*net.TCPConn).SetLinger(0)
	})
	assertClassified(t, network(retry.ECONNRESET), get(t, fresh(), "http://"+reset))
}

// TestRealHTTP2 cuts a stream of HTTP/2 in the middle.
func TestRealHTTP2(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "half")
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	err := get(t, s.Client(), s.URL)
	assert.ErrorContains(t, err, "stream error")
	assertClassified(t, network(retry.ConnectionDropped), err)
}
