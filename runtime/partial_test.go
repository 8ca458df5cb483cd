package l0_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/retry"
)

type order struct {
	Customer string   `json:"customer"`
	Lines    []line   `json:"lines"`
	Note     *string  `json:"note,omitzero"`
	Tags     []string `json:"tags"`
}

type line struct {
	SKU   string `json:"sku"`
	Count int    `json:"count"`
}

func orders(p *player, opts ...l0.CallOption) *l0.Stream[order] {
	return l0.JSON[order](context.Background(), func(ctx context.Context) (l0.Source, error) { return p.Open(ctx, nil) }, opts...)
}

func TestPartials(t *testing.T) {
	t.Parallel()
	p := playing(
		fail(io.ErrUnexpectedEOF, `{"customer":"Ada","lines":[{"sku":"a",`, `"count":1},`),
		say(`{"customer":`, `"Bob","li`, `nes":[{"sku":"b","count":2},{"sku"`, `:"c","count":3}],"tags":[]}`),
	)
	s := orders(p, quick(retry.Config{}))
	var seen []string
	var last order
	for part, err := range s.Partials() {
		require.NoError(t, err)
		seen = append(seen, fmt.Sprintf("%d %v %v %s %v lines:%s first:%s/%s", part.Attempt, part.Restarted, part.Complete,
			part.Value.Customer, part.Value.Lines, part.State("/lines"), part.State("/lines/0"), part.State("/lines/0/count")))
		if part.Complete {
			last = part.Value
		}
	}
	assert.Equal(t, []string{
		"1 false false Ada [{a 0}] lines:open first:open/absent",
		"1 false false Ada [{a 1}] lines:open first:closed/closed",
		"2 true false  [] lines:absent first:absent/absent",
		"2 false false  [] lines:absent first:absent/absent",
		"2 false false Bob [] lines:absent first:absent/absent",
		"2 false false Bob [{b 2} { 0}] lines:open first:closed/closed",
		"2 false false Bob [{b 2} {c 3}] lines:closed first:closed/closed",
		"2 false true Bob [{b 2} {c 3}] lines:closed first:closed/closed",
	}, seen)
	result, err := s.Result()
	require.NoError(t, err)
	assert.Equal(t, result, last)
}

func TestPartialsOfText(t *testing.T) {
	t.Parallel()
	s := playing(fail(io.ErrUnexpectedEOF, "Hel"), say("lo", " you")).call(t, t.Context(), 1, continuing(l0.Continuation{}), quick(retry.Config{}))
	var seen []string
	for part, err := range s.Partials() {
		require.NoError(t, err)
		seen = append(seen, part.Value)
	}
	assert.Equal(t, []string{"Hel", "Hel", "Hello", "Hello you", "Hello you"}, seen)
}

func TestPartialsConform(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]l0test.Reply{
		"success": l0test.Text(`{"customer": "Ada", "lines": [], "tags": ["x"]}`),
		"failure": l0test.Fail(`{"customer": "Ada", "lines": [] `, errors.New("bad luck")),
		"misfit":  l0test.Text(`{"customer": "Ada", "lines": 7, "tags": ["x"]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l0test.TestIterator(t, func() (iter.Seq2[l0.Partial[order], error], func() bool) {
				p := l0test.NewProvider("p", reply)
				open := func(ctx context.Context) (l0.Source, error) { return p.Open(ctx, &l0.Request{}) }
				return l0.JSON[order](t.Context(), open, noRetry()).Partials(), func() bool { return p.OpenStreams() == 0 }
			})
		})
	}
}

func ExampleStream_Partials() {
	provider := playing(say(`{"customer": "Ada", "lines": [{"sku": "a", "cou`, `nt": 1}], "tags": `, `["new"]}`))
	for part, err := range orders(provider).Partials() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(part.Value.Customer, part.Value.Lines, part.Value.Tags, part.State("/tags"), part.Complete)
	}
	// Output:
	// Ada [{a 0}] [] absent false
	// Ada [{a 1}] [] absent false
	// Ada [{a 1}] [new] closed false
	// Ada [{a 1}] [new] closed true
}
