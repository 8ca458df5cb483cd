package wiretest

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

// answering is a transport whose answer is always the same body.
type answering struct{ contentType, body string }

// RoundTrip answers without a network.
func (a answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {a.contentType}},
		Body:       io.NopCloser(strings.NewReader(a.body)),
	}, nil
}

// Fuzz gives a provider any body. Whatever it is, the stream ends, and it ends well only with
// a finish reason.
func (f Format) Fuzz(fuzz *testing.F) {
	fuzz.Add("text/event-stream", f.Start+f.Text("Hi")+f.End)
	fuzz.Add("text/event-stream", f.Start+f.Text("Hi")+f.Error)
	fuzz.Add("text/event-stream; charset=utf-8", strings.ReplaceAll(f.Start+f.Text("H\"\n\u00e9")+f.End, "\n\n", "\r\n\r\n: ping\r\n\r\n"))
	fuzz.Add("application/json", f.Whole)
	fuzz.Add("text/html", "<html>")
	fuzz.Fuzz(func(t *testing.T, contentType, body string) {
		p := f.Provider("http://localhost", &http.Client{Transport: answering{contentType, body}})
		src, err := p.Open(t.Context(), NewRequest())
		if err != nil {
			require.Nil(t, src)
			return
		}
		var finish l0.FinishReason
		for {
			c, err := src.Next()
			if err != nil {
				require.False(t, errors.Is(err, io.EOF) && finish == "", "an empty success")
				break
			}
			require.NotEqual(t, l0.Chunk{}, c)
			if c.Finish != "" {
				finish = c.Finish
			}
		}
		require.NoError(t, src.Close())
	})
}
