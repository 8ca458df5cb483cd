package l0test_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// A server for a program; tests use NewServer, which ends it with the test.
func ExampleStartServer() {
	ctx := context.Background()
	srv, err := l0test.StartServer(ctx, "127.0.0.1:0",
		l0test.WithReplies(l0test.Text("Hello!")),
		l0test.WithFaults(l0test.Status(429).WithRetryAfter(time.Second, l0test.RetrySeconds)))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	for range 2 { // the first request is refused; the second gets what is made up
		body := []byte(`{"model":"any","messages":[{"role":"user","content":"Hi"}]}`)
		req, _ := http.NewRequestWithContext(ctx, http.MethodPost, srv.BaseURL(l0test.WireOpenAI)+"/chat/completions", bytes.NewReader(body))
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		fmt.Printf("%s, Retry-After %q\n", resp.Status, resp.Header.Get("Retry-After"))
	}
	fmt.Println(srv.Requests()[0].Prompt())
	// Output:
	// 429 Too Many Requests, Retry-After "1"
	// 200 OK, Retry-After ""
	// Hi
}

// Faults have a text form, the same in tests, flags and logs.
func ExampleParseFault() {
	fault, err := l0test.ParseFault("429:retry-after=2s")
	fmt.Println(fault, err)
	fmt.Println(l0test.CutAfter(5).And(l0test.CRLF()).Every())
	_, err = l0test.ParseFault("cut:aftr=5")
	fmt.Println(err)
	// Output:
	// 429:retry-after=2s <nil>
	// *:cut:after=5+crlf
	// fault "cut:aftr=5": cut: unknown key "aftr"; did you mean "after"?
}

// A scripted provider needs no network.
func ExampleProvider() {
	p := l0test.NewProvider("openai", l0test.Text("Hello!"))
	text, err := l0.Run(context.Background(), func(ctx context.Context) (l0.Source, error) {
		return p.Open(ctx, &l0.Request{})
	}).Result()
	fmt.Println(text, err)
	// Output: Hello! <nil>
}

// The server also mounts where a program likes.
func ExampleHandler() {
	h, err := l0test.NewHandler(l0test.WithReplyTo("weather", l0test.Text("Sunny.")))
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("/sim/", h) // clients take …/sim/v1 as their base URL

	body := `{"model":"m","messages":[{"role":"user","content":"How is the weather?"}]}`
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/sim/v1/chat/completions", strings.NewReader(body)))
	fmt.Println(w.Code, strings.Contains(w.Body.String(), `"content":"Sunny."`))
	// Output: 200 true
}
