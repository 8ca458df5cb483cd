package wiretest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

func providerError(tb testing.TB, err error) *l0.ProviderError {
	tb.Helper()
	failed, ok := errors.AsType[*l0.ProviderError](err)
	require.True(tb, ok, "a %T: %v", err, err)
	return failed
}

// bodies: what is no stream is never an empty success.
func (f Format) bodies(t *testing.T) {
	t.Parallel()
	const page = "<!DOCTYPE html>\n<html><body>Sign in to the proxy</body></html>"
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		says    []string
	}{
		"HTML":           {Body("text/html; charset=utf-8", page), []string{"text/html; charset=utf-8", "<!DOCTYPE html> <html><body>Sign in"}},
		"HTML as JSON":   {Body("application/json", page), []string{"application/json", "Sign in"}},
		"HTML untyped":   {Body("", "\n\n"+page), []string{"Sign in"}},
		"text":           {Body("text/plain", "upstream connect error"), []string{"text/plain", "upstream connect error"}},
		"nothing":        {Body("application/json"), []string{"empty body"}},
		"other JSON":     {Body("application/json", `{"status":"ok"}`), []string{"application/json", `{"status":"ok"}`}},
		"a binary image": {Body("image/png", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00\xff", 1<<20)), []string{"image/png", "PNG"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := f.call(t, c.handler)
			failed := providerError(t, err)
			for _, part := range c.says {
				assert.Contains(t, failed.Message, part)
			}
			assert.Less(t, len(failed.Message), 1000)
		})
	}
	t.Run("HTML as a stream", func(t *testing.T) {
		t.Parallel()
		_, err := f.call(t, Stream(page))
		assert.Error(t, err)
	})
	t.Run("a reply that is not streamed", func(t *testing.T) {
		t.Parallel()
		if f.Whole == "" {
			t.Skip("the format has none")
		}
		r, err := f.call(t, Body("application/json", f.Whole))
		require.NoError(t, err)
		assert.Equal(t, "Hi", r.Text)
		assert.Equal(t, l0.FinishStop, r.Finish)
		assert.Equal(t, &l0.Usage{InputTokens: 10, OutputTokens: 5}, r.Usage)
		_, err = f.call(t, Body("application/json", f.Whole[:len(f.Whole)-1]))
		assert.Error(t, err, "cut")
	})
	t.Run("an error that is not streamed", func(t *testing.T) {
		t.Parallel()
		_, err := f.call(t, Body("application/json", `{"error":{"type":"overloaded_error","message":"busy"}}`))
		failed := providerError(t, err)
		assert.Equal(t, 529, failed.StatusCode)
		assert.Equal(t, "busy", failed.Message)
	})
}

// streamErrors: an error among the events counts by its type.
func (f Format) streamErrors(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]string{"first": "", "after tokens": f.Start + f.Text("H")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := f.call(t, Stream(start, f.Error, f.End))
			assert.Equal(t, f.Status, providerError(t, err).StatusCode)
			assert.Equal(t, start != "", r.Text == "H", "tokens before the error are passed on")
		})
	}
	t.Run("malformed", func(t *testing.T) {
		t.Parallel()
		for _, data := range []string{`{"a":`, `x`, `[]`, `"text"`, `{"a":1}{}`, "{\"a\":\"\x01\"}"} {
			_, err := f.call(t, Stream(f.Start, f.Text("H"), "data: "+data+"\n\n", f.End))
			assert.Equal(t, "malformed_event", providerError(t, err).Type, data)
			assert.NotErrorIs(t, err, io.ErrUnexpectedEOF)
		}
	})
}

// statusErrors: an error's status, texts and wish to wait arrive; the key never does.
func (f Format) statusErrors(t *testing.T) {
	t.Parallel()
	t.Run("fields", func(t *testing.T) {
		t.Parallel()
		_, err := f.call(t, Fail(400, `{"error":{"type":"invalid_request_error","message":"too long","code":"context_length_exceeded"}}`))
		failed := providerError(t, err)
		assert.Equal(t, 400, failed.StatusCode)
		assert.Equal(t, "invalid_request_error", failed.Type)
		assert.Equal(t, "context_length_exceeded", failed.Code)
		assert.Equal(t, "too long", failed.Message)
	})
	date := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		headers []string
		want    time.Duration
	}{
		"seconds":      {[]string{"Retry-After", "7"}, 7 * time.Second},
		"fraction":     {[]string{"Retry-After", "0.5"}, 500 * time.Millisecond},
		"milliseconds": {[]string{"Retry-After", "7", "Retry-After-Ms", "1500"}, 1500 * time.Millisecond},
		"date": {
			[]string{"Retry-After", date.Add(time.Minute).Format(http.TimeFormat), "Date", date.Format(http.TimeFormat)},
			time.Minute,
		},
		"past":     {[]string{"Retry-After", date.Format(http.TimeFormat)}, 0},
		"nonsense": {[]string{"Retry-After", "soon"}, 0},
		"negative": {[]string{"Retry-After", "-3"}, 0},
		"none":     {nil, 0},
	} {
		t.Run("wait "+name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{429, 503} {
				_, err := f.call(t, Fail(status, `{"error":{"message":"slow down"}}`, c.headers...))
				failed := providerError(t, err)
				assert.Equal(t, status, failed.StatusCode)
				assert.Equal(t, c.want, failed.RetryAfter)
			}
		})
	}
	t.Run("HTML", func(t *testing.T) {
		t.Parallel()
		_, err := f.call(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(502)
			_, _ = io.WriteString(w, "<h1>Bad Gateway</h1>"+strings.Repeat("x", 10<<20))
		})
		failed := providerError(t, err)
		assert.Equal(t, 502, failed.StatusCode)
		assert.Contains(t, failed.Message, "<h1>Bad Gateway</h1>")
		assert.Less(t, len(failed.Message), 1000)
	})
	t.Run("redirect", func(t *testing.T) {
		t.Parallel()
		other := Serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the key went to another server") })
		_, err := f.call(t, Fail(307, "", "Location", other.URL+"/v2?key=x"))
		failed := providerError(t, err)
		assert.Equal(t, 307, failed.StatusCode)
		assert.Contains(t, failed.Message, other.URL+"/v2: set the base URL")
	})
	t.Run("key", func(t *testing.T) {
		t.Parallel()
		echo := fmt.Sprintf(`{"error":{"message":"bad key %s","type":"%s","code":"%s"}}`, Key, Key, Key)
		for _, handler := range []http.HandlerFunc{
			Fail(401, echo), Body("application/json", echo), Body("text/plain", Key), Stream("data: " + echo + "\n\n"),
			Stream("event: error\ndata: " + echo + "\n\n"), Stream("data: {" + Key + "\n\n"), Fail(500, Key),
		} {
			_, err := f.call(t, handler)
			require.Error(t, err)
			assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), Key)
		}
	})
}
