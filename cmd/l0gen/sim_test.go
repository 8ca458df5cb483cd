package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/l0test"
)

// freeaddr sets a variable to a loopback address where nobody listens: "freeaddr SIM".
func freeaddr(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: freeaddr VARIABLE")
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], ln.Addr().String())
	ts.Check(ln.Close())
}

// httppost sends a file and checks the status of the answer, whose body becomes stdout:
// "httppost 200 http://$SIM/v1/messages in.json". It waits for a server that is only starting.
func httppost(ts *testscript.TestScript, neg bool, args []string) {
	const arguments = 3
	if neg || len(args) != arguments {
		ts.Fatalf("usage: httppost STATUS URL FILE")
	}
	body := ts.ReadFile(args[2])
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, args[1], strings.NewReader(body))
		ts.Check(err)
		req.Header.Set("Anthropic-Version", "2023-06-01")
		resp, err := client.Do(req)
		if err != nil {
			select {
			case <-again.C:
				continue
			case <-ctx.Done():
				ts.Fatalf("%v", err)
			}
		}
		_, err = io.Copy(ts.Stdout(), resp.Body)
		ts.Check(err)
		ts.Check(resp.Body.Close())
		if strconv.Itoa(resp.StatusCode) != args[0] {
			ts.Fatalf("status %d instead of %s", resp.StatusCode, args[0])
		}
		return
	}
}

// The server ends with its context, also while a stream runs that has no end.
//
//nolint:paralleltest // other tests' goroutines would be taken for leaks
func TestSimEndsWhileAStreamRuns(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var stderr bytes.Buffer
	code := make(chan int)
	go func() {
		s := streams{in: strings.NewReader(""), out: &output{w: in}, err: &output{w: &stderr}}
		c := execute(ctx, []string{"sim", "--fault", "endless"}, s)
		_ = in.Close()
		code <- c
	}()
	text := make([]byte, 1<<12)
	n, err := out.Read(text)
	require.NoError(t, err)
	go func() { _, _ = io.Copy(io.Discard, out) }()
	url, _, _ := strings.Cut(string(text[:n]), "\n")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/chat/completions",
		strings.NewReader(`{"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]}`))
	require.NoError(t, err)
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	require.NoError(t, err)
	cancel()
	assert.Equal(t, exitFine, <-code)
	_, err = io.Copy(io.Discard, resp.Body)
	require.Error(t, err, "the stream was cut")
	require.NoError(t, resp.Body.Close())
	assert.Regexp(t, `^1 POST /v1/chat/completions m stream 200 \d+ tokens .* fault endless cancelled\n$`, stderr.String())
}

func TestExchangeText(t *testing.T) {
	t.Parallel()
	x := l0test.Exchange{
		Request:  &l0test.ServerRequest{Number: 3, Method: http.MethodPost, Path: "/v1/messages", Model: "m"},
		Duration: 1499 * time.Microsecond, Fault: l0test.Delay(time.Hour), Cancelled: true,
	}
	assert.Equal(t, "3 POST /v1/messages m 1ms fault delay:for=1h0m0s cancelled", exchangeText(x))
}

func TestLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{"127.0.0.1": true, "127.9.9.9": true, "::1": true, "localhost": true, "": false, "0.0.0.0": false, "10.0.0.1": false, "example.com": false} {
		assert.Equal(t, want, loopback(host), host)
	}
}

func TestSimWithoutStdout(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := execute(t.Context(), []string{"sim"}, streams{out: &output{w: brokenWriter{os.ErrClosed}}, err: &output{w: &stderr}})
	assert.Equal(t, exitBroken, code)
	assert.Contains(t, stderr.String(), "cannot write to standard output")
}
