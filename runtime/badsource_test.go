package l0_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// odd is a source that does what its function says, by the number of the call.
type odd struct {
	next   func(n int) (l0.Chunk, error)
	close  func() error
	direct bool
	calls  int
}

func (o *odd) Next() (l0.Chunk, error) {
	o.calls++
	return o.next(o.calls)
}

func (o *odd) Close() error {
	if o.close == nil {
		return nil
	}
	return o.close()
}

func (o *odd) UnblocksOnClose() bool { return o.direct }

// eachWay runs a test with a source that is read directly and with one that is read by a pump.
func eachWay(t *testing.T, test func(t *testing.T, direct bool)) {
	t.Helper()
	for name, direct := range map[string]bool{"direct": true, "pumped": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, direct)
		})
	}
}

func opens(src l0.Source) func(context.Context) (l0.Source, error) {
	return func(context.Context) (l0.Source, error) { return src, nil }
}

func TestMillionEmptyChunks(t *testing.T) { //nolint:paralleltest // it measures memory
	for _, direct := range []bool{true, false} {
		const many = 1_000_000
		src := &odd{direct: direct, next: func(n int) (l0.Chunk, error) {
			switch n {
			case many:
				return l0.Chunk{Text: "done"}, nil
			case many + 1:
				return l0.Chunk{Finish: l0.FinishStop}, nil
			case many + 2:
				return l0.Chunk{}, io.EOF
			}
			return l0.Chunk{}, nil
		}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text, err := l0.Run(t.Context(), opens(src), timeouts(l0.Timeouts{InitialToken: time.Minute})).Result()
		runtime.ReadMemStats(&after)
		require.NoError(t, err)
		assert.Equal(t, "done", text)
		const most = 1 << 20
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(most))
	}
}

// A source that gives empty chunks for ever never gives a token.
func TestEmptyChunksWithoutEnd(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, direct bool) {
		src := &odd{direct: direct, next: func(int) (l0.Chunk, error) { return l0.Chunk{}, nil }}
		_, err := l0.Run(t.Context(), opens(src), noRetry(), timeouts(l0.Timeouts{InitialToken: 20 * time.Millisecond})).Result()
		require.ErrorIs(t, err, l0.ErrTimeout)
	})
}

// What comes behind the end does not count, and nobody asks for it.
func TestChunksAfterTheEnd(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]error{"end": io.EOF, "failure": errors.New("bad luck")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, direct bool) {
				src := &odd{direct: direct, next: func(n int) (l0.Chunk, error) {
					switch n {
					case 1:
						return l0.Chunk{Text: "all", Finish: l0.FinishStop}, nil
					case 2:
						return l0.Chunk{Text: " with the error"}, end
					}
					return l0.Chunk{Text: " after the end"}, nil
				}}
				text, err := l0.Run(t.Context(), opens(src), noRetry()).Result()
				if name == "end" {
					require.NoError(t, err)
					assert.Equal(t, "all", text)
				} else {
					e, _ := errors.AsType[*l0.Error](err)
					require.NotNil(t, e)
					assert.Equal(t, "all", e.Partial)
				}
				assert.Equal(t, 2, src.calls)
			})
		})
	}
}

// A reply may be longer than its first finish reason, and the last one counts.
func TestChunksAfterTheFinishReason(t *testing.T) {
	t.Parallel()
	both(t, l0test.Chunks(
		l0.Chunk{Text: "a", Finish: l0.FinishStop}, l0.Chunk{Text: "b"}, l0.Chunk{Finish: l0.FinishLength}, l0.Chunk{Finish: l0.FinishStop},
		l0.Chunk{Usage: &l0.Usage{OutputTokens: 2}},
	), func(t *testing.T, p *l0test.Provider) {
		st := textStream(t, p)
		text, err := st.Result()
		require.NoError(t, err)
		assert.Equal(t, "ab", text)
		usage, known := st.Report().Usage()
		assert.True(t, known)
		assert.Equal(t, 2, usage.OutputTokens)
	})
}

// A source may return from a read long after it was closed, with a chunk.
func TestNextReturnsAfterClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		closed := make(chan struct{})
		src := &odd{
			next: func(n int) (l0.Chunk, error) {
				if n == 1 {
					return l0.Chunk{Text: "in time"}, nil
				}
				<-closed
				pass(time.Minute)
				return l0.Chunk{Text: " too late", Finish: l0.FinishStop}, nil
			},
			close: sync.OnceValue(func() error { close(closed); return nil }),
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		st := l0.Run(ctx, opens(src))
		_, err := st.Result()
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.LessOrEqual(t, time.Since(begin), 1100*time.Millisecond)
		pass(2 * time.Minute)
		assert.Equal(t, "in time", st.Checkpoint(), "what comes after the end changes nothing")
		assert.Equal(t, 2, src.calls)
	})
}

// flood gives tokens without end and says how many it was asked for.
type flood struct {
	text   string
	direct bool
	asked  atomic.Int64
}

func (f *flood) Next() (l0.Chunk, error) {
	f.asked.Add(1)
	return l0.Chunk{Text: f.text}, nil
}
func (f *flood) Close() error          { return nil }
func (f *flood) UnblocksOnClose() bool { return f.direct }

// A source without end is read no further than the limit, and a pump reads ahead only so much.
func TestFloodOfTokens(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, direct bool) {
		const limit, ahead = 1 << 20, 33
		src := &flood{text: strings.Repeat("x", 1<<10), direct: direct}
		_, err := l0.Run(t.Context(), opens(src), noRetry(), l0.WithPolicy(l0.Policy{Limits: l0.Limits{MaxReplyBytes: limit}})).Result()
		require.ErrorIs(t, err, l0.ErrTooLarge)
		e, _ := errors.AsType[*l0.Error](err)
		assert.Len(t, e.Partial, limit)
		assert.LessOrEqual(t, src.asked.Load(), int64(limit>>10+1+2*ahead))
	})
}

// Texts may be cut at any byte: in a character, in an escape, in a number.
func TestTextsCutAtEveryByte(t *testing.T) {
	t.Parallel()
	type thing struct {
		Name string   `json:"name"`
		Size float64  `json:"size"`
		Tags []string `json:"tags"`
		On   bool     `json:"on"`
	}
	want := thing{Name: "Grüße 日本 🎉 \"q\" \\ \n\u2028", Size: -12.5e-3, Tags: []string{"", "é", "🎉"}, On: true}
	const text = `{"name":"Gr\u00fc\u00dfe 日本 \ud83c\udf89 \"q\" \\ \n\u2028","size":-12.5e-3,"tags":["","é","🎉"],"on":true}`
	var check thing
	require.NoError(t, json.Unmarshal([]byte(text), &check))
	require.Equal(t, want, check)
	cuts := func(at ...int) []l0.Chunk {
		var out []l0.Chunk
		from := 0
		for _, to := range append(at, len(text)) {
			out, from = append(out, l0.Chunk{Text: text[from:to]}), to
		}
		return append(out, l0.Chunk{Finish: l0.FinishStop})
	}
	all := make([]int, len(text)-1)
	for i := range all {
		all[i] = i + 1
	}
	ways := [][]l0.Chunk{cuts(all...)}
	for i := range len(text) {
		ways = append(ways, cuts(i))
	}
	for _, chunks := range ways {
		open := opening(l0test.Chunks(chunks...), l0test.Chunks(chunks...), l0test.Chunks(chunks...))
		v, err := l0.JSON[thing](t.Context(), open).Result()
		require.NoError(t, err)
		assert.Equal(t, want, v)
		whole, err := l0.Run(t.Context(), open).Result()
		require.NoError(t, err)
		assert.Equal(t, text, whole)
		var last thing
		for p, err := range l0.JSON[thing](t.Context(), open).Partials() {
			require.NoError(t, err)
			assert.True(t, p.Value.Name == "" || p.Value.Name == want.Name, "a string is whole when it shows")
			assert.True(t, p.Value.Size == 0 || p.Value.Size == want.Size, "so is a number")
			last = p.Value
		}
		assert.Equal(t, want, last)
	}
}

// Ids may come again with every piece of a call, or be the same for two of them: the index counts.
func TestRepeatedIDs(t *testing.T) {
	t.Parallel()
	piece := func(index int, id, args string) l0.Chunk {
		return l0.Chunk{RequestID: "r-1", Tool: &l0.ToolDelta{Index: index, ID: id, Name: "t", Arguments: args}}
	}
	both(t, l0test.Chunks(
		piece(0, "c", `{"a":`), piece(1, "c", `{"b"`), piece(0, "c", `1}`), piece(1, "c", `:2}`), l0.Chunk{Finish: l0.FinishTool},
	), func(t *testing.T, p *l0test.Provider) {
		args := map[int]string{}
		st := textStream(t, p)
		for ev, err := range st.Events() {
			require.NoError(t, err)
			if ev.Kind == l0.EventTool {
				args[ev.Tool.Index] += ev.Tool.Arguments
			}
		}
		assert.Equal(t, map[int]string{0: `{"a":1}`, 1: `{"b":2}`}, args)
		assert.Equal(t, "r-1", st.Report().Attempts[0].RequestID)
	})
}

// Usage may come at any time: with nothing, before the text, after it, more than once, or never.
func TestWhenUsageComes(t *testing.T) {
	t.Parallel()
	usage := func(n int) l0.Chunk { return l0.Chunk{Usage: &l0.Usage{InputTokens: 3, OutputTokens: n}} }
	text, finish := l0.Chunk{Text: "x"}, l0.Chunk{Finish: l0.FinishStop}
	for name, c := range map[string]struct {
		chunks []l0.Chunk
		want   int // -1 is unknown
	}{
		"before": {[]l0.Chunk{usage(1), text, finish}, 1},
		"after":  {[]l0.Chunk{text, finish, usage(2)}, 2},
		"both":   {[]l0.Chunk{usage(1), text, finish, usage(2)}, 2},
		"always": {[]l0.Chunk{usage(1), text, usage(2), finish, usage(3)}, 3},
		"never":  {[]l0.Chunk{text, finish}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, l0test.Chunks(c.chunks...), func(t *testing.T, p *l0test.Provider) {
				st := textStream(t, p)
				_, err := st.Result()
				require.NoError(t, err)
				got, known := st.Report().Usage()
				assert.Equal(t, c.want >= 0, known)
				assert.Equal(t, max(c.want, 0), got.OutputTokens)
			})
		})
	}
}

// The runtime outlives sources that panic where nobody expects it.
func TestPanicAfterTokens(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, direct bool) {
		src := &odd{
			direct: direct,
			next: func(n int) (l0.Chunk, error) {
				if n > 3 {
					panic("in Next")
				}
				return l0.Chunk{Text: "x"}, nil
			},
			close: func() error { panic("in Close") },
		}
		_, err := l0.Run(t.Context(), opens(src), noRetry()).Result()
		require.ErrorIs(t, err, l0.ErrPanic)
		e, _ := errors.AsType[*l0.Error](err)
		assert.Equal(t, "xxx", e.Partial)
	})
}
