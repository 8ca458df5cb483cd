package wiretest

import (
	"context"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Reply is what came out of a stream.
type Reply struct {
	Text, Reasoning string
	Finish          l0.FinishReason
	Usage           *l0.Usage
	RequestID       string
	Tools           []l0.ToolDelta // assembled
	Chunks          int
}

// Call opens a stream, reads it to its end and closes it. A clean end is no error.
func Call(tb testing.TB, p l0.Provider, req *l0.Request) (Reply, error) {
	tb.Helper()
	src, err := p.Open(tb.Context(), req)
	if err != nil {
		require.Nil(tb, src)
		return Reply{}, err
	}
	defer func() { require.NoError(tb, src.Close()) }()
	return Read(tb, src)
}

// Read reads a stream to its end, which is the same when it is asked for again.
func Read(tb testing.TB, src l0.Source) (r Reply, err error) {
	tb.Helper()
	var c l0.Chunk
	for {
		if c, err = src.Next(); err != nil {
			break
		}
		require.NotEqual(tb, l0.Chunk{}, c, "an empty chunk")
		r.add(c)
	}
	_, again := src.Next()
	require.Equal(tb, err, again)
	if errors.Is(err, io.EOF) {
		return r, nil
	}
	return r, err
}

func (r *Reply) add(c l0.Chunk) {
	r.Chunks++
	r.Text += c.Text
	r.Reasoning += c.Reasoning
	if c.Finish != "" {
		r.Finish = c.Finish
	}
	if c.Usage != nil {
		r.Usage = c.Usage
	}
	if c.RequestID != "" {
		r.RequestID = c.RequestID
	}
	if t := c.Tool; t != nil {
		for len(r.Tools) <= t.Index {
			r.Tools = append(r.Tools, l0.ToolDelta{Index: len(r.Tools)})
		}
		r.Tools[t.Index].ID += t.ID
		r.Tools[t.Index].Name += t.Name
		r.Tools[t.Index].Arguments += t.Arguments
	}
}

// open opens a stream that must open.
func open(ctx context.Context, tb testing.TB, p l0.Provider, req *l0.Request) l0.Source {
	tb.Helper()
	src, err := p.Open(ctx, req)
	require.NoError(tb, err)
	return src
}
