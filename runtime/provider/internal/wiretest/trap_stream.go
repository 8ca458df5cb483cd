package wiretest

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

// ends: a reply is complete only if the server says so.
func (f Format) ends(t *testing.T) {
	t.Parallel()
	hi := f.Start + f.Text("H") + f.Text("i")
	t.Run("complete", func(t *testing.T) {
		t.Parallel()
		r, err := f.call(t, Stream(hi, f.End))
		require.NoError(t, err)
		assert.Equal(t, "Hi", r.Text)
		assert.Equal(t, l0.FinishStop, r.Finish)
		require.NotNil(t, r.Usage)
		assert.Equal(t, l0.Usage{InputTokens: 10, OutputTokens: 5}, *r.Usage)
	})
	for name, rest := range map[string][]string{"cut": {""}, "cut in the end": f.Partial} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, partial := range rest {
				r, err := f.call(t, Stream(hi, partial))
				assert.Equal(t, io.ErrUnexpectedEOF, err, "after %q", partial)
				assert.Equal(t, "Hi", r.Text)
			}
		})
	}
	t.Run("cut inside of an event", func(t *testing.T) {
		t.Parallel()
		event := strings.TrimSpace(f.Text("cut"))
		_, err := f.call(t, Stream(hi, event[:len(event)-3]))
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	})
	t.Run("connection broken", func(t *testing.T) {
		t.Parallel()
		r, err := f.call(t, func(w http.ResponseWriter, req *http.Request) {
			Stream(hi)(w, req)
			panic(http.ErrAbortHandler) //nolint:forbidigo // the way to break a connection
		})
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Equal(t, "Hi", r.Text)
	})
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		_, err := f.call(t, Stream(""))
		assert.Equal(t, io.ErrUnexpectedEOF, err)
	})
	t.Run("all tokens used", func(t *testing.T) {
		t.Parallel()
		p, _ := f.provider(t, Stream(hi, f.End))
		for limit, finish := range map[int]l0.FinishReason{4: l0.FinishLength, 5: l0.FinishLength, 6: l0.FinishStop} {
			req := NewRequest()
			req.MaxOutputTokens = limit
			r, err := Call(t, p, req)
			require.NoError(t, err)
			assert.Equal(t, finish, r.Finish, "of 5 tokens where %d were allowed", limit)
		}
	})
}

// framing: how a stream is cut into lines and pieces changes nothing.
func (f Format) framing(t *testing.T) {
	t.Parallel()
	stream := f.Start + f.Text("H") + f.Text("i") + f.End
	var single []string
	for i := range stream {
		single = append(single, stream[i:i+1])
	}
	for name, handler := range map[string]http.HandlerFunc{
		"byte by byte":       Stream(single...),
		"CRLF":               Stream(strings.ReplaceAll(stream, "\n", "\r\n")),
		"CR":                 Stream(strings.ReplaceAll(stream, "\n", "\r")),
		"comments":           Stream(": ping\n\n" + strings.ReplaceAll(stream, "\n\n", "\n\n: ping\n\n")),
		"byte order mark":    Stream("\uFEFF" + stream),
		"no empty line":      Stream(strings.TrimRight(stream, "\n")),
		"type with charset":  Body("text/event-stream; charset=utf-8", stream),
		"no type":            Body("", stream),
		"wrong type":         Body("application/json", stream),
		"plain type":         Body("text/plain; charset=utf-8", stream),
		"comment and a type": Body("application/octet-stream", ": ping\n\n", stream),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := f.call(t, handler)
			require.NoError(t, err)
			assert.Equal(t, "Hi", r.Text)
			assert.Equal(t, l0.FinishStop, r.Finish)
		})
	}
	t.Run("40 MB", func(t *testing.T) {
		t.Parallel()
		skipIfShort(t)
		large := strings.Repeat("0123456789", 4<<20)
		r, err := f.call(t, Stream(f.Start, f.Text(large), f.Text("!"), f.End))
		require.NoError(t, err)
		assert.True(t, r.Text == large+"!", "the text differs")
	})
	t.Run("too large", func(t *testing.T) {
		t.Parallel()
		skipIfShort(t)
		_, err := f.call(t, Stream(f.Start, f.Text(strings.Repeat("0123456789", 7<<20)), f.End))
		assert.Contains(t, providerError(t, err).Message, "larger than")
	})
}

func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it moves hundreds of megabytes")
	}
}
