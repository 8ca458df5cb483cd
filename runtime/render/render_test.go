package render_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/l0gen/l0gen/runtime/render"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestText(t *testing.T) {
	t.Parallel()
	var text render.Text
	assert.Empty(t, text.String())
	text.Str("n=")
	text.Int(math.MinInt64)
	text.Str(" f=")
	text.Num(0.1)
	text.Str(" ")
	text.Bool(true)
	text.Str(" ")
	text.Time(time.Date(2026, 3, 1, 10, 0, 0, 120000000, time.FixedZone("", 3600)))
	text.Str("\r\n\n\n")
	const want = "n=-9223372036854775808 f=0.1 true 2026-03-01T10:00:00.12+01:00"
	assert.Equal(t, want, text.String())
	assert.Equal(t, len(want)+4, text.Len(), "what is dropped is dropped from the result only")
	text.Str("more")
	assert.True(t, strings.HasSuffix(text.String(), "\n\n\nmore"))
	assert.Equal(t, "a\r", render.TrimNewlines("a\r"))
	assert.Equal(t, "a \n b", render.TrimNewlines("a \n b\r\n\r\n"))
	assert.Empty(t, render.TrimNewlines("\n\r\n"))
}

func TestNumIsAsInJSON(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1.5, 1e20, 1e21, 1e-6, 9.99e-7, 1e-9, 1e-10, 1.5e300, math.MaxFloat64, math.SmallestNonzeroFloat64, 1.0 / 3} {
		data, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, string(data), render.Num(v))
	}
	assert.Equal(t, "NaN", render.Num(math.NaN()))
	assert.Equal(t, "-Infinity", render.Num(math.Inf(-1)))
	assert.Equal(t, "Infinity", render.Num(math.Inf(1)))
	assert.Equal(t, "7", render.Int(7))
	assert.Equal(t, "false", render.Bool(false))
	assert.Equal(t, "2026-01-02T03:04:05Z", render.Time(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
}

func FuzzNum(f *testing.F) {
	f.Add(1e21)
	f.Fuzz(func(t *testing.T, v float64) {
		if data, err := json.Marshal(v); err == nil && string(data) != render.Num(v) {
			t.Fatalf("%s, want %s", render.Num(v), data)
		}
	})
}

func TestStrings(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "  a\n\n  b\n", render.Indent(2, "a\n\nb\n"))
	assert.Equal(t, "a", render.Indent(-1, "a"))
	assert.Empty(t, render.Indent(3, ""))
	assert.Len(t, render.Indent(int64(math.MaxInt64), "a"), 1001)
	assert.Equal(t, "añ", render.Truncate(2, "añ好"))
	assert.Equal(t, "añ好", render.Truncate(int64(9), "añ好"))
	assert.Equal(t, "añ好", render.Truncate(3, "añ好"))
	assert.Equal(t, "añ好", render.Truncate(5, "añ好"))
	assert.Empty(t, render.Truncate(-1, "a"))
	assert.Equal(t, "x", render.Trim(" x\n"))
	assert.Equal(t, "ä", render.Lower("Ä"))
	assert.Equal(t, "Ä", render.Upper("ä"))
}

func FuzzTruncate(f *testing.F) {
	f.Add(2, "añ好\xff")
	f.Fuzz(func(t *testing.T, n int, s string) {
		got := render.Truncate(n, s)
		if !strings.HasPrefix(s, got) || utf8.RuneCountInString(got) != min(max(n, 0), utf8.RuneCountInString(s)) {
			t.Fatalf("Truncate(%d, %q) = %q", n, s, got)
		}
	})
}

type color string

func TestLists(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "red, blue", render.Join(", ", []color{"red", "blue"}))
	assert.Empty(t, render.Join[string](", ", nil))
	assert.Equal(t, "1-2", render.JoinFunc("-", []int64{1, 2}, render.Int))
	assert.Equal(t, []string{"a", "b", "c"}, render.Keys(map[string]int{"c": 1, "a": 2, "b": 3}))
	three := 3
	assert.Equal(t, 3, render.Default(5, &three))
	assert.Equal(t, 5, render.Default(5, nil))
}

type angry struct{}

func (angry) MarshalJSON() ([]byte, error) { panic("no") }

func TestJSON(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `{"a":"<&>","b":[1,null]}`, render.JSON(map[string]any{"b": []any{1, nil}, "a": "<&>"}))
	assert.Equal(t, `null`, render.JSON(nil))
	for _, v := range []any{math.NaN(), func() {}, angry{}, &angry{}, []any{make(chan int)}} {
		text := render.JSON(v)
		var s string
		require.NoError(t, json.Unmarshal([]byte(text), &s), text)
		assert.True(t, strings.HasPrefix(s, "!error: "), s)
	}
}

func BenchmarkText(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var text render.Text
		for range 20 {
			text.Str("Subject: ")
			text.Int(12)
			text.Num(0.5)
		}
		_ = text.String()
	}
}
