package l0_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// opening returns a function that opens the next reply of a script.
func opening(replies ...l0test.Reply) func(context.Context) (l0.Source, error) {
	p := l0test.NewProvider("p", replies...)
	return func(ctx context.Context) (l0.Source, error) { return p.Open(ctx, &l0.Request{}) }
}

func TestRun(t *testing.T) {
	t.Parallel()
	text, err := l0.Run(t.Context(), opening(l0test.Text("one two"))).Result()
	require.NoError(t, err)
	assert.Equal(t, "one two", text)
	_, err = l0.Run(t.Context(), opening(l0test.Cut("one")), noRetry()).Result()
	require.ErrorIs(t, err, l0.ErrIncomplete)
	_, err = l0.Run(t.Context(), nil).Result()
	require.ErrorIs(t, err, l0.ErrInvalidStream)
}

func TestJSON(t *testing.T) {
	t.Parallel()
	type city struct {
		Name string     `json:"name"`
		Area l0.Decimal `json:"area"`
	}
	st := l0.JSON[city](t.Context(), opening(l0test.Text(`{"name":"Oslo","area":454.00}`)))
	v, err := st.Result()
	require.NoError(t, err)
	assert.Equal(t, "Oslo", v.Name)
	assert.Equal(t, "454.00", v.Area.String())
	for text, path := range map[string]string{
		`{"name":"Oslo"}`:                     "/area",
		`{"name":null,"area":1}`:              "/name",
		`{"name":"Oslo","area":1,"x":2}`:      "/x",
		`{"name":"Oslo","area":"1"}`:          "/area",
		`{"name":"Oslo","area":1,"area":1}`:   "/area",
		`{"name":"Oslo","area":1} and Bergen`: "",
	} {
		_, err := l0.JSON[city](t.Context(), opening(l0test.Text(text)), noRetry()).Result()
		require.ErrorIs(t, err, l0.ErrValidation, text)
		e, _ := errors.AsType[*l0.Error](err)
		require.Len(t, e.Violations, 1, text)
		assert.Equal(t, path, e.Violations[0].Path)
	}
}

// hostile panics when it is decoded.
type hostile struct{}

func (*hostile) UnmarshalJSON([]byte) error { panic("in UnmarshalJSON") }

func TestDecodingPanics(t *testing.T) {
	t.Parallel()
	_, err := l0.JSON[hostile](t.Context(), opening(l0test.Text(`{}`))).Result()
	require.ErrorIs(t, err, l0.ErrPanic)
	assert.NotContains(t, err.Error(), "in UnmarshalJSON")
	require.ErrorContains(t, errors.Unwrap(err), "in UnmarshalJSON")
}

func TestStreamOf(t *testing.T) {
	t.Parallel()
	double := func(_ context.Context, in int, _ ...l0.CallOption) (int, error) {
		if in < 0 {
			return 0, errors.New("mine")
		}
		if in == 0 {
			panic("in the fake")
		}
		return 2 * in, nil
	}
	var report l0.Report
	st := l0.StreamOf(t.Context(), "Double", double, 4, l0.Capture(&report))
	var text string
	var textSb86 strings.Builder
	for piece, err := range st.Text() {
		require.NoError(t, err)
		textSb86.WriteString(piece)
	}
	text += textSb86.String()
	assert.Equal(t, "8", text)
	n, err := st.Result()
	require.NoError(t, err)
	assert.Equal(t, 8, n)
	assert.Equal(t, "Double", report.Function)

	_, err = l0.StreamOf(t.Context(), "Double", double, -1).Result()
	require.EqualError(t, err, "mine")
	_, err = l0.StreamOf(t.Context(), "Double", double, 0).Result()
	require.ErrorIs(t, err, l0.ErrPanic)
	_, err = l0.StreamOf[int, int](t.Context(), "Double", nil, 0).Result()
	require.ErrorIs(t, err, l0.ErrNotFaked)
	assert.Equal(t, "l0: Double: the function is not faked; set DoubleFunc in the fake [NOT_FAKED]", err.Error())
	empty := func(context.Context, int, ...l0.CallOption) (string, error) { return "", nil }
	_, err = l0.StreamOf(t.Context(), "Empty", empty, 0).Result()
	require.NoError(t, err, "a fake may answer what it likes")
}
