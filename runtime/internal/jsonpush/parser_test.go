package jsonpush_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/internal/jsonpush"
)

// recorder keeps events, with the pieces of a string joined.
type recorder struct {
	events []event
	text   strings.Builder
	ends   int // the furthest End
}

type event struct {
	Kind       jsonpush.Kind
	Start, End int
	Text       string
}

func (r *recorder) Event(ev jsonpush.Event) {
	r.ends = max(r.ends, ev.End)
	text := string(ev.Text)
	switch ev.Kind {
	case jsonpush.StringPiece:
		r.text.WriteString(text)
		return
	case jsonpush.StringEnd:
		text = r.text.String() + text
		r.text.Reset()
	default:
	}
	r.events = append(r.events, event{ev.Kind, ev.Start, ev.End, text})
}

// read feeds text in pieces whose sizes next says and returns the events and the error.
func read(text []byte, next func() int) (*recorder, error) {
	r := &recorder{}
	p := jsonpush.New(r, jsonpush.Limits{Bytes: 1 << 20})
	for len(text) > 0 {
		n := min(max(next(), 1), len(text))
		piece := append([]byte(nil), text[:n]...)
		err := p.Feed(piece)
		for i := range piece {
			piece[i] = 'x' // nothing may hold on to it
		}
		if err != nil {
			return r, err
		}
		text = text[n:]
	}
	return r, p.End()
}

func every(n int) func() int { return func() int { return n } }

// print writes the events as JSON, which must mean the same as the input.
func (r *recorder) print() string {
	var b strings.Builder
	comma := false
	for _, ev := range r.events {
		if comma && ev.Kind != jsonpush.ObjectEnd && ev.Kind != jsonpush.ArrayEnd && ev.Kind != jsonpush.StringEnd {
			b.WriteByte(',')
		}
		comma = true
		quoted, _ := json.Marshal(ev.Text)
		switch ev.Kind {
		case jsonpush.ObjectBegin:
			b.WriteByte('{')
			comma = false
		case jsonpush.ArrayBegin:
			b.WriteByte('[')
			comma = false
		case jsonpush.ObjectEnd:
			b.WriteByte('}')
		case jsonpush.ArrayEnd:
			b.WriteByte(']')
		case jsonpush.Key:
			b.Write(quoted)
			b.WriteByte(':')
			comma = false
		case jsonpush.StringEnd:
			b.Write(quoted)
		case jsonpush.Number:
			b.WriteString(ev.Text)
		case jsonpush.True, jsonpush.False, jsonpush.Null:
			b.WriteString(strings.ToLower(ev.Kind.String()))
		default:
		}
	}
	return b.String()
}

func TestEvents(t *testing.T) {
	r, err := read([]byte(`{"a": [1, "x\n"], "b":null}`), every(1))
	require.NoError(t, err)
	assert.Equal(t, []event{
		{jsonpush.ObjectBegin, 0, 1, ""},
		{jsonpush.Key, 1, 4, "a"},
		{jsonpush.ArrayBegin, 6, 7, ""},
		{jsonpush.Number, 7, 8, "1"},
		{jsonpush.StringBegin, 10, 11, ""},
		{jsonpush.StringEnd, 10, 15, "x\n"},
		{jsonpush.ArrayEnd, 15, 16, ""},
		{jsonpush.Key, 18, 21, "b"},
		{jsonpush.Null, 22, 26, ""},
		{jsonpush.ObjectEnd, 26, 27, ""},
	}, r.events)
}

// TestStringsStream shows that a long string comes in pieces, in whole characters.
func TestStringsStream(t *testing.T) {
	var pieces []string
	p := jsonpush.New(jsonpush.Tee{handler(func(ev jsonpush.Event) {
		if ev.Kind == jsonpush.StringPiece || ev.Kind == jsonpush.StringEnd {
			pieces = append(pieces, string(ev.Text))
		}
	})}, jsonpush.Limits{})
	for _, piece := range []string{`"He`, `llo `, "gr\xc3", "\xbc\xc3", `\n`, `\u00`, `e9 \ud83d`, `\ud`, `e00!`, `"`} {
		require.NoError(t, p.FeedString(piece))
	}
	require.Equal(t, jsonpush.Complete, p.State())
	assert.Equal(t, []string{"He", "llo ", "gr", "ü", "\uFFFD\n", "é ", "😀!", ""}, pieces)
}

type handler func(jsonpush.Event)

func (h handler) Event(ev jsonpush.Event) { h(ev) }

func TestErrors(t *testing.T) {
	tests := []struct {
		text   string
		fault  jsonpush.Fault
		offset int
		says   string
	}{
		{``, jsonpush.Incomplete, 0, "the JSON ends at byte 0, where a value must come"},
		{`{"a":1`, jsonpush.Incomplete, 6, "where a comma or } must come"},
		{`{"a`, jsonpush.Incomplete, 3, "the rest of a string"},
		{`-`, jsonpush.Incomplete, 1, "a digit"},
		{`{"a":1,}`, jsonpush.Unexpected, 7, `byte 7 of the JSON is '}', where a name in quotes must come`},
		{`[1,,2]`, jsonpush.Unexpected, 3, "a value"},
		{`[1 2]`, jsonpush.Unexpected, 3, "a comma or ]"},
		{`{a:1}`, jsonpush.Unexpected, 1, "a name in quotes or }"},
		{`{"a" 1}`, jsonpush.Unexpected, 5, "a colon"},
		{`[1}`, jsonpush.Mismatch, 2, "a comma or ]"},
		{`{"a":[}`, jsonpush.Mismatch, 6, "a value or ]"},
		{`{} x`, jsonpush.Trailing, 3, "nothing more"},
		{`}`, jsonpush.Unexpected, 0, "a value"},
		{"\"a\nb\"", jsonpush.BadString, 2, "control characters"},
		{`"\x"`, jsonpush.BadString, 2, "behind a backslash"},
		{`"\u00g0"`, jsonpush.BadString, 5, "a hexadecimal digit"},
		{`[01]`, jsonpush.Unexpected, 2, "a comma or ]"},
		{`[1.]`, jsonpush.BadNumber, 3, "a digit"},
		{`[tru]`, jsonpush.BadLiteral, 4, "true, false or null"},
		{`NaN`, jsonpush.Unexpected, 0, "a value"},
	}
	for _, tt := range tests {
		for size := 1; size <= len(tt.text)+1; size++ {
			_, err := read([]byte(tt.text), every(size))
			var own *jsonpush.Error
			require.ErrorAs(t, err, &own, tt.text)
			assert.Equal(t, tt.fault, own.Fault, tt.text)
			assert.Equal(t, tt.offset, own.Offset, tt.text)
			assert.Contains(t, err.Error(), tt.says, tt.text)
		}
	}
}

func TestBrokenStaysBroken(t *testing.T) {
	r := &recorder{}
	p := jsonpush.New(r, jsonpush.Limits{})
	first := p.FeedString(`[1,]`)
	require.Error(t, first)
	assert.Equal(t, jsonpush.Broken, p.State())
	assert.Equal(t, 3, p.Offset())
	before := len(r.events)
	assert.Equal(t, first, p.FeedString(`[1]`))
	assert.Equal(t, first, p.End())
	assert.Len(t, r.events, before)

	p.Reset()
	require.NoError(t, p.FeedString(`[1]`))
	assert.Equal(t, jsonpush.Complete, p.State())
}

func TestStates(t *testing.T) {
	p := jsonpush.New(nil, jsonpush.Limits{})
	for _, step := range []struct {
		text   string
		state  jsonpush.State
		depth  int
		scalar bool
	}{
		{" \n", jsonpush.Before, 0, false},
		{`{"a`, jsonpush.Inside, 1, false},
		{`":[1`, jsonpush.Inside, 2, true},
		{`,`, jsonpush.Inside, 2, false},
		{`"x`, jsonpush.Inside, 2, true},
		{`"]`, jsonpush.Inside, 1, false},
		{`} `, jsonpush.Complete, 0, false},
	} {
		require.NoError(t, p.FeedString(step.text))
		assert.Equal(t, step.state, p.State(), step.text)
		assert.Equal(t, step.depth, p.Depth(), step.text)
		assert.Equal(t, step.scalar, p.InScalar(), step.text)
	}
	require.NoError(t, p.End())
	assert.Equal(t, len(" \n"+`{"a":[1,"x"]} `), p.Offset())
}

// TestNumberAtTheEnd shows that a number is over only when something says so.
func TestNumberAtTheEnd(t *testing.T) {
	r := &recorder{}
	p := jsonpush.New(r, jsonpush.Limits{})
	require.NoError(t, p.FeedString("12"))
	require.NoError(t, p.FeedString("34"))
	assert.Equal(t, jsonpush.Inside, p.State())
	assert.Empty(t, r.events)
	require.NoError(t, p.End())
	assert.Equal(t, []event{{jsonpush.Number, 0, 4, "1234"}}, r.events)
}

func TestLimits(t *testing.T) {
	p := jsonpush.New(nil, jsonpush.Limits{})
	require.NoError(t, p.FeedString(strings.Repeat("[", 512)+strings.Repeat("]", 512)))
	require.NoError(t, p.End())

	p.Reset()
	err := p.FeedString(strings.Repeat("[", 513))
	own, ok := errors.AsType[*jsonpush.Error](err)
	require.True(t, ok)
	assert.Equal(t, jsonpush.TooDeep, own.Fault)
	assert.Equal(t, 512, own.Offset)
	assert.Equal(t, "the JSON is nested too deep at byte 512", err.Error())

	p = jsonpush.New(nil, jsonpush.Limits{Bytes: 5})
	require.NoError(t, p.FeedString(`[1,`))
	require.NoError(t, p.FeedString(`2]`))
	own, ok = errors.AsType[*jsonpush.Error](p.FeedString(" "))
	require.True(t, ok)
	assert.Equal(t, jsonpush.TooLong, own.Fault)
	assert.Equal(t, 5, own.Offset)
}

func TestNoAllocation(t *testing.T) {
	p := jsonpush.New(nil, jsonpush.Limits{})
	text := document(4 << 10)
	run := func() {
		p.Reset()
		for i := 0; i < len(text); i += 4 {
			_ = p.FeedString(text[i:min(i+4, len(text))])
		}
	}
	run()
	assert.Equal(t, jsonpush.Complete, p.State())
	assert.Zero(t, testing.AllocsPerRun(10, run))
}

func TestNames(t *testing.T) {
	assert.Equal(t, "ObjectBegin", jsonpush.ObjectBegin.String())
	assert.Equal(t, "Null", jsonpush.Null.String())
	assert.Equal(t, "?", jsonpush.Kind(99).String())
	assert.Equal(t, "TooLong", jsonpush.TooLong.String())
}

func FuzzParser(f *testing.F) {
	for _, text := range seeds() {
		f.Add([]byte(text), uint64(1))
		f.Add([]byte(text), uint64(0x2715))
	}
	f.Fuzz(func(t *testing.T, text []byte, cuts uint64) {
		whole, err := read(text, every(len(text)))
		compareWithStandard(t, text, whole, err)
		step := uint(0)
		chunked, chunkedErr := read(text, func() int {
			step = (step + 4) % 64
			return int(cuts >> step & 7)
		})
		require.Equal(t, err, chunkedErr, "the error depends on the cuts")
		require.Equal(t, whole.events, chunked.events, "the events depend on the cuts")
		single, singleErr := read(text, every(1))
		require.Equal(t, err, singleErr)
		require.Equal(t, whole.events, single.events)
	})
}

// compareWithStandard checks that encoding/json has the same opinion.
func compareWithStandard(t *testing.T, text []byte, r *recorder, err error) {
	t.Helper()
	require.LessOrEqual(t, r.ends, len(text))
	if own, ok := errors.AsType[*jsonpush.Error](err); ok {
		require.LessOrEqual(t, own.Offset, len(text))
		if own.Fault == jsonpush.TooDeep || own.Fault == jsonpush.TooLong {
			return // limits that encoding/json does not have
		}
		var syntax *json.SyntaxError
		var raw json.RawMessage
		require.ErrorAs(t, json.Unmarshal(text, &raw), &syntax, "encoding/json accepts %q", text)
		if own.Fault != jsonpush.Incomplete { // its offset is behind the byte
			require.Equal(t, int(syntax.Offset), own.Offset+1, "%q: %v", text, syntax)
		}
		return
	}
	require.True(t, json.Valid(text), "encoding/json refuses %q", text)
	require.Equal(t, decode(t, string(text)), decode(t, r.print()), "the events mean something else")
}

func decode(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), text)
	return v
}

func seeds() []string {
	return []string{
		``, ` `, `{}`, `[]`, `0`, `-0.0e+1`, `1.`, `01`, `1e5 `, `true`, `nul`, `"a"`, "\xef\xbb\xbf{}",
		`{"a":[1,2,{"b":null}],"c":"d"}`, `[[[[]]]]`, `{"a":1,}`, `[1,]`, `[,]`, `{"a":}`, `{"a"}`, `[1}`, `]`,
		`"\u00e9\n\"\\\/\b\f\r\t"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, `"\ud83d\n"`, `"\ud83d\ud83d\ude00"`, `"\ude00\ud83d"`,
		`"\ud83d\u0041"`, "\"\xff\xc3\xbc\xe2\x82\"", "\"\xe2\x82\xac\xf0\x9f\x98\x80\xed\xa0\x80\"", "\"\xf0\x9f\x98\"", "\"\xe2\x82\\n\"",
		"\"a\x00b\"", `{"\ud83d\ude00":1,"\u0061":2}`, `[1.5e300,-2E-7]`, strings.Repeat(`[`, 600), document(300),
	}
}

// document returns an object of about n bytes.
func document(n int) string {
	var b strings.Builder
	b.WriteString(`{"items": [`)
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteString(",\n  ")
		}
		fmt.Fprintf(&b, `{"id": %d, "name": "item number %d", "price": %d.25, "tags": ["new", "größe", "a \"quoted\" word"], "ok": true, "note": null}`, i, i, i)
	}
	b.WriteString(`], "total": 12}`)
	return b.String()
}

func BenchmarkParser(b *testing.B) {
	text := document(100 << 10)
	bytes := []byte(text)
	b.Run("whole", func(b *testing.B) {
		p := jsonpush.New(nil, jsonpush.Limits{})
		b.SetBytes(int64(len(bytes)))
		b.ReportAllocs()
		for b.Loop() {
			p.Reset()
			if p.Feed(bytes) != nil {
				b.Fatal("broken")
			}
		}
	})
	b.Run("tokens", func(b *testing.B) {
		const size = 4
		p := jsonpush.New(nil, jsonpush.Limits{})
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			p.Reset()
			for i := 0; i < len(text); i += size {
				if p.FeedString(text[i:min(i+size, len(text))]) != nil {
					b.Fatal("broken")
				}
			}
		}
		tokens := float64(b.N) * float64(len(text)) / size
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/tokens, "ns/token")
	})
	b.Run("encoding/json.Valid", func(b *testing.B) {
		b.SetBytes(int64(len(bytes)))
		for b.Loop() {
			json.Valid(bytes)
		}
	})
}
