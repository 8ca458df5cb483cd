package sse_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/internal/sse"
)

type event struct {
	name, data string
	unfinished bool
}

// readAll returns the events of src and what it ended with.
func readAll(src io.Reader, limit int) ([]event, error) {
	r := sse.NewReader(src, limit)
	var events []event
	for {
		e, err := r.Next()
		if err != nil {
			return events, err
		}
		events = append(events, event{string(e.Name), string(e.Data), e.Unfinished})
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stream string
		want   []event
	}{
		"empty":                 {"", nil},
		"one":                   {"data: a\n\n", []event{{data: "a"}}},
		"two":                   {"data: a\n\ndata: b\n\n", []event{{data: "a"}, {data: "b"}}},
		"name":                  {"event: error\ndata: a\n\ndata: b\n\n", []event{{name: "error", data: "a"}, {data: "b"}}},
		"name after data":       {"data: a\nevent: x\ndata: a long line\n\n", []event{{name: "x", data: "a\na long line"}}},
		"name without data":     {"event: x\n\ndata: a\n\n", []event{{data: "a"}}},
		"no space":              {"data:a\n\n", []event{{data: "a"}}},
		"two spaces":            {"data:  a\n\n", []event{{data: " a"}}},
		"colon in data":         {"data: a: b\n\n", []event{{data: "a: b"}}},
		"no colon":              {"data\n\ndata\ndata\n\n", []event{{}, {data: "\n"}}},
		"many lines":            {"data: a\ndata:\ndata: c\n\n", []event{{data: "a\n\nc"}}},
		"comments":              {": ping\n\n:\n\ndata: a\n: between\ndata: b\n\n: ping\n\n", []event{{data: "a\nb"}}},
		"unknown fields":        {"id: 1\nretry: 5\nother: x\ndatax: y\ndata: a\n\n", []event{{data: "a"}}},
		"carriage returns":      {"data: a\rdata: b\r\rdata: c\r\r", []event{{data: "a\nb"}, {data: "c"}}},
		"both":                  {"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", []event{{data: "a\nb"}, {data: "c"}}},
		"mixed":                 {"data: a\r\n\ndata: b\n\r\ndata: c\r\n\r", []event{{data: "a"}, {data: "b"}, {data: "c"}}},
		"mark":                  {"\uFEFFdata: a\n\n\uFEFFdata: b\n\n", []event{{data: "a"}}},
		"only a mark":           {"\uFEFF", nil},
		"no empty line":         {"data: a\n\ndata: b\n", []event{{data: "a"}, {data: "b", unfinished: true}}},
		"no end of line":        {"data: a\n\ndata: {\"b", []event{{data: "a"}, {data: `{"b`, unfinished: true}}},
		"an end that is a name": {"data: a\n\nevent: x", []event{{data: "a"}}},
		"HTML":                  {"<!DOCTYPE html>\n<html>\n\n</html>\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for way, src := range map[string]io.Reader{
				"whole":    strings.NewReader(c.stream),
				"bytes":    iotest.OneByteReader(strings.NewReader(c.stream)),
				"with EOF": iotest.DataErrReader(strings.NewReader(c.stream)),
			} {
				events, err := readAll(src, 1<<20)
				assert.Equal(t, c.want, events, way)
				assert.Equal(t, io.EOF, err, way)
			}
		})
	}
}

func TestErrorOfTheSource(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	events, err := readAll(io.MultiReader(strings.NewReader("data: a\n\ndata: b\n"), iotest.ErrReader(broken)), 1<<20)
	assert.Equal(t, []event{{data: "a"}}, events, "an event that was cut is no event")
	assert.Equal(t, broken, err)
}

// silent returns nothing, without an error.
type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestSourceWithoutProgress(t *testing.T) {
	t.Parallel()
	_, err := readAll(silent{}, 1<<20)
	assert.Equal(t, io.ErrNoProgress, err)
}

func TestLargeEvents(t *testing.T) {
	t.Parallel()
	const size = 40 << 20
	large := strings.Repeat("x", size)
	stream := "data: before\n\ndata: " + large + "\n\ndata: after\n\n"
	events, err := readAll(strings.NewReader(stream), 64<<20)
	require.Equal(t, io.EOF, err)
	require.Len(t, events, 3)
	assert.Equal(t, large, events[1].data)
	assert.Equal(t, "after", events[2].data)
}

func TestLimit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stream string
		fits   bool
	}{
		"fits":                 {"data: 0123456789\n\n", true},
		"fits without its end": {"data: 0123456789", true},
		"fits in two lines":    {"data: 01234\ndata: 6789\n\n", true},
		"a line too long":      {"data: 0123456789x\n\n", false},
		"two lines too long":   {"data: 01234\ndata: 56789\n\n", false},
		"without its end":      {"data: 0123456789x", false},
		"a comment":            {": " + strings.Repeat("x", 100) + "\n\ndata: a\n\n", false},
		"many comments":        {"data: a\n" + strings.Repeat(": 0123456789\n", 1000) + "data: b\n\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, src := range []io.Reader{strings.NewReader(c.stream), iotest.OneByteReader(strings.NewReader(c.stream))} {
				r := sse.NewReader(src, 10)
				_, err := r.Next()
				if c.fits {
					assert.NoError(t, err)
					continue
				}
				var large *sse.TooLargeError
				require.ErrorAs(t, err, &large)
				assert.Equal(t, "an event is larger than 10 bytes", err.Error())
				_, again := r.Next()
				assert.Equal(t, err, again, "the stream is over")
			}
		})
	}
}

// A stream of carriage returns alone, and one of comments inside of an event, take time in
// proportion to their length.
func TestTimeIsLinear(t *testing.T) {
	t.Parallel()
	const n = 1 << 20
	for name, stream := range map[string]string{
		"carriage returns": "data: " + strings.Repeat("x", n) + "\r\r" + strings.Repeat("data: a\r\r", n/9),
		"empty lines":      strings.Repeat("\n", n),
		"comments":         "data: a\n" + strings.Repeat(":\n", n/2) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readAll(iotest.HalfReader(strings.NewReader(stream)), n) // quadratic time would run into the test's limit
			assert.Equal(t, io.EOF, err)
		})
	}
}

func TestNoAllocationPerEvent(t *testing.T) {
	const n = 1000
	stream := []byte(strings.Repeat("event: message\ndata: "+chunk+"\n\n", n))
	src := bytes.NewReader(stream)
	allocs := testing.AllocsPerRun(5, func() {
		src.Reset(stream)
		r := sse.NewReader(src, 1<<20)
		for range n {
			_, _ = r.Next()
		}
	})
	assert.LessOrEqual(t, allocs, 4.0, "for %d events", n)
}
