package media_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/media"
)

func TestParts(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("scripted", l0test.Text("A cat."), l0test.Text(strings.Repeat("x", 1001)))
	client, err := media.New(l0.NewClient(p, l0.WithAPIKey("m", "key")))
	require.NoError(t, err)
	in := media.LookInput{
		Photo:    l0.Media{Type: "image/png", Bytes: []byte{1}},
		More:     []l0.Media{{URL: "https://example.com/a.jpg"}, {URL: "https://example.com/b.jpg"}},
		Contract: l0.Media{Type: "application/pdf", URL: "https://example.com/c.pdf"},
		Turns:    []l0.Message{l0.UserMessage("Hi"), l0.AssistantMessage("Hello")},
		Question: "What is this?",
	}
	_, err = client.Look(context.Background(), in)
	require.NoError(t, err)
	req := p.Requests()[0]
	assert.Equal(t, 50, req.MaxOutputTokens)
	require.Len(t, req.Messages, 4)
	assert.Equal(t, "Hello", req.Messages[2].Text)
	require.Len(t, req.Messages[3].Parts, 5, "text, photo, two more, contract; no voice")
	assert.Equal(t, client.LookMessages(in), req.Messages)

	_, err = client.Look(context.Background(), in)
	require.Error(t, err, "more than max_reply_bytes")

	in.Photo = l0.Media{}
	_, err = client.Look(context.Background(), in)
	require.ErrorIs(t, err, l0.ErrInput)
	assert.ErrorContains(t, err, "/photo")
}
