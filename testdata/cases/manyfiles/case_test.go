package manyfiles_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/testdata/cases/manyfiles"
)

func TestFilesShareTheirNames(t *testing.T) {
	t.Parallel()
	p := l0test.NewProvider("scripted",
		l0test.Text(`{"text":"hi","shared":"x"}`),
		l0test.Text(strings.Repeat("a", 64)),
		l0test.Text(strings.Repeat("a", 65)),
	)
	client, err := manyfiles.New(l0.NewClient(p))
	require.NoError(t, err)
	got, err := client.First(context.Background(), manyfiles.FirstInput{B: manyfiles.FromB{Text: "hey", Shared: manyfiles.SharedY}})
	require.NoError(t, err)
	assert.Equal(t, manyfiles.FromB{Text: "hi", Shared: manyfiles.SharedX}, got)
	_, err = client.Second(context.Background(), manyfiles.SecondInput{})
	require.NoError(t, err)
	_, err = client.Second(context.Background(), manyfiles.SecondInput{})
	require.Error(t, err, "the policy of the other file bounds the reply")
}
