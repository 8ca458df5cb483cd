package sse_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/l0gen/l0gen/runtime/internal/sse"
)

// reference reads a whole stream line by line, as the format's description says.
func reference(stream string) []event {
	stream = strings.TrimPrefix(stream, "\uFEFF")
	stream = strings.ReplaceAll(strings.ReplaceAll(stream, "\r\n", "\n"), "\r", "\n")
	var events []event
	var current event
	var data []string
	lines := strings.Split(stream, "\n")
	for i, line := range lines {
		last := i == len(lines)-1
		if line == "" && !last || last && line != "" || last && len(data) > 0 {
			if last {
				data, current.name = field(line, data, current.name)
			}
			if len(data) > 0 {
				events = append(events, event{current.name, strings.Join(data, "\n"), last})
			}
			current, data = event{}, nil
			continue
		}
		data, current.name = field(line, data, current.name)
	}
	return events
}

func field(line string, data []string, name string) ([]string, string) {
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch key {
	case "data":
		data = append(data, value)
	case "event":
		name = value
	}
	return data, name
}

// pieces returns its text in pieces whose sizes come from cuts, over and over.
type pieces struct {
	text string
	cuts []byte
	at   int
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := len(p.text)
	if len(p.cuts) > 0 {
		n = min(n, int(p.cuts[p.at%len(p.cuts)])+1)
		p.at++
	}
	n = copy(b, p.text[:n])
	p.text = p.text[n:]
	return n, nil
}

// FuzzNext: any bytes in any pieces give the events of the reference.
func FuzzNext(f *testing.F) {
	f.Add("event: x\r\ndata: a\r\n\r\ndata: b\rdata\r\r: c\n\ndata", []byte{0, 3})
	f.Add("\uFEFFdata: {\"a\":1}\n\ndata: [DONE]\n\n", []byte{})
	f.Fuzz(func(t *testing.T, stream string, cuts []byte) {
		want := reference(stream)
		events, err := readAll(&pieces{text: stream, cuts: cuts}, 1<<30)
		assert.Equal(t, io.EOF, err)
		assert.Equal(t, want, events)
	})
}

// FuzzLimit: no event is larger than the limit, and the pieces do not matter.
func FuzzLimit(f *testing.F) {
	f.Add("data: abc\ndata: defgh\n\ndata: i\n\n: a long comment\n\n", []byte{1}, byte(9))
	f.Fuzz(func(t *testing.T, stream string, cuts []byte, limit byte) {
		whole, wholeErr := readAll(strings.NewReader(stream), int(limit))
		events, err := readAll(&pieces{text: stream, cuts: cuts}, int(limit))
		assert.Equal(t, whole, events)
		assert.Equal(t, wholeErr, err)
		for _, e := range events {
			assert.LessOrEqual(t, len(e.data), int(limit))
		}
		if want := reference(stream); errors.Is(err, io.EOF) {
			assert.Equal(t, want, events)
		}
	})
}

const chunk = `{"id":"chatcmpl-AbCdEfGh","object":"chat.completion.chunk","created":1732460000,"model":"gpt-4o-2024-08-06",` +
	`"service_tier":"default","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":{"content":" token"},` +
	`"logprobs":null,"finish_reason":null}],"usage":null}`

func BenchmarkNext(b *testing.B) {
	const n = 1000
	stream := []byte(strings.Repeat("data: "+chunk+"\n\n", n))
	src := bytes.NewReader(stream)
	b.SetBytes(int64(len(stream) / n))
	b.ReportAllocs()
	r := sse.NewReader(src, 1<<20)
	for b.Loop() {
		if _, err := r.Next(); err != nil {
			src.Reset(stream)
			r = sse.NewReader(src, 1<<20)
		}
	}
}
