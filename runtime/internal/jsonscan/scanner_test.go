package jsonscan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/internal/jsonscan"
)

// content reads choices[0].delta.content and usage.prompt_tokens, the last ones if a name is
// given twice.
func content(s *jsonscan.Scanner) (text string, tokens int) {
	if !s.Object() {
		return "", 0
	}
	for {
		name, ok := s.Key()
		if !ok {
			return text, tokens
		}
		switch string(name) {
		case "choices":
			text = choices(s)
		case "usage":
			tokens = member(s, "prompt_tokens", (*jsonscan.Scanner).Int)
		default:
			s.Skip()
		}
	}
}

func choices(s *jsonscan.Scanner) (text string) {
	if !s.Array() {
		return ""
	}
	for i := 0; s.More(); i++ {
		if i > 0 {
			s.Skip()
			continue
		}
		text = member(s, "delta", func(s *jsonscan.Scanner) string {
			return member(s, "content", (*jsonscan.Scanner).String)
		})
	}
	return text
}

func member[T any](s *jsonscan.Scanner, name string, read func(*jsonscan.Scanner) T) (value T) {
	if !s.Object() {
		return value
	}
	for {
		key, ok := s.Key()
		switch {
		case !ok:
			return value
		case string(key) == name:
			value = read(s)
		default:
			s.Skip()
		}
	}
}

// reference is content by encoding/json.
func reference(data []byte) (text string, tokens int, err error) {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return "", 0, err
	}
	root, _ := v.(map[string]any)
	if choices, ok := root["choices"].([]any); ok && len(choices) > 0 {
		choice, _ := choices[0].(map[string]any)
		delta, _ := choice["delta"].(map[string]any)
		text, _ = delta["content"].(string)
	}
	usage, _ := root["usage"].(map[string]any)
	if n, _ := usage["prompt_tokens"].(float64); n >= -1<<53 && n <= 1<<53 {
		tokens = int(n)
	}
	return text, tokens, nil
}

func check(t *testing.T, data []byte) {
	t.Helper()
	var s jsonscan.Scanner
	s.Reset(data)
	text, tokens := content(&s)
	err := s.End()
	wantText, wantTokens, wantErr := reference(data)
	if wantErr != nil && strings.Contains(wantErr.Error(), "cannot unmarshal number") {
		return // a number that float64 cannot hold is JSON nevertheless
	}
	if nesting := strings.Count(string(data), "[") + strings.Count(string(data), "{"); nesting > 900 && err != nil {
		return // encoding/json goes deeper
	}
	require.Equal(t, wantErr == nil, err == nil, "encoding/json: %v, jsonscan: %v", wantErr, err)
	if err != nil {
		return
	}
	assert.Equal(t, wantText, text)
	assert.Equal(t, wantTokens, tokens)
}

func frame(content string) string {
	return `{"choices":[{"delta":{"content":"` + content + `"}}]}`
}

func seeds() []string {
	return []string{
		frame("plain"), frame(`a\nb\t\"\\\/\b\f\r`), frame(`\u0041\u00e9\u4e16`), frame(`\ud83d\ude00`), frame(`\ud83d`),
		frame(`\ud83d\ud83d\ude00`), frame(`\ude00x`), frame(`\ud83d\u0041`), frame(`\ud83d\u00`), frame(`\u12`), frame(`\x`), frame("\xff\xfe"),
		frame("a long text with é and \xe2\x82 cut and more"), frame("a\x01b"), frame("tab\tinside"), frame("été\u2028\x7f"),
		` { "usage" : {"prompt_tokens": 12 } , "choices" : [ { "delta" : { "x":[{}], "content" : "x" } }, 1 ] } `,
		`{"choices":[],"usage":{"prompt_tokens":1e2}}`, `{"choices":null,"usage":null}`, `{"choices":[null]}`, `{"choices":{"a":1}}`,
		`{"choices":[{"delta":{"content":null}}]}`, `{"choices":[{"delta":{"content":["x"]}}]}`, `{"cho\u0069ces":[{"delta":{"content":"x"}}]}`,
		`{"usage":{"prompt_tokens":"1"}}`, `{"usage":{"prompt_tokens":-1.5}}`, `{"usage":{"prompt_tokens":1e400}}`,
		`{"usage":{"prompt_tokens":1},"usage":{}}`, `{"choices":[{"delta":{"content":"a"}}],"choices":[{"delta":{}}]}`,
		``, ` `, `{`, `}`, `[`, `]`, `{}`, `[]`, `null`, `nul`, `true`, `tru`, `falsex`, `1`, `-`, `01`, `1.`, `.1`, `1e`, `1e+`, `-0.0E-0`, `"a`, `"a\`, `{"a"}`,
		`{"a":}`, `{"a":1,}`, `{,}`, `[1,]`, `[,1]`, `[1 2]`, `{"a":1 "b":2}`, `{a:1}`, `{"a":1}}`, `{} {}`, "\uFEFF{}", `{"a":[[[{"b":[1,2,{"c":null}]}]]]}`,
		`{"a":12345678901234567890123456789,"b":-0,"c":0.0001,"d":tRue}`, "[\"\x00\"]", "{\"a\":\"b\nc\"}",
		strings.Repeat("[", 300) + strings.Repeat("]", 300), frame(strings.Repeat("12345678", 9) + `\n` + strings.Repeat("é", 30)),
	}
}

func TestAgreesWithEncodingJSON(t *testing.T) {
	t.Parallel()
	for _, seed := range seeds() {
		check(t, []byte(seed))
		for i := range seed { // cut anywhere, and with a byte changed anywhere
			check(t, []byte(seed[:i]))
			changed := []byte(seed)
			changed[i] ^= 0x22
			check(t, changed)
		}
	}
}

func FuzzScanner(f *testing.F) {
	for _, seed := range seeds() {
		f.Add([]byte(seed))
	}
	f.Fuzz(check)
}

func TestKinds(t *testing.T) {
	t.Parallel()
	var s jsonscan.Scanner
	s.Reset([]byte(`[true, false, "true", 3, "x", null, {"a": [1, 2]}, 9e99, -2.9, [1]]`))
	require.True(t, s.Array())
	var bools []bool
	for range 3 {
		require.True(t, s.More())
		bools = append(bools, s.Bool())
	}
	assert.Equal(t, []bool{true, false, false}, bools)
	require.True(t, s.More())
	assert.True(t, s.Is('3'))
	assert.Empty(t, s.String(), "a number is no string")
	require.True(t, s.More())
	assert.Zero(t, s.Int(), "a string is no number")
	require.True(t, s.More())
	assert.False(t, s.Object())
	require.True(t, s.More())
	assert.Equal(t, `{"a": [1, 2]}`, string(s.Raw()))
	require.True(t, s.More())
	assert.Zero(t, s.Int(), "too large")
	require.True(t, s.More())
	assert.Equal(t, -2, s.Int())
	require.True(t, s.More())
	assert.False(t, s.Object())
	assert.False(t, s.More())
	assert.NoError(t, s.End())
}

func TestNestingIsLimited(t *testing.T) {
	t.Parallel()
	const n = 1 << 20
	for _, text := range []string{strings.Repeat("[", n), strings.Repeat(`{"a":`, n), strings.Repeat(`[{"a":`, n)} {
		var s jsonscan.Scanner
		s.Reset([]byte(text))
		s.Skip()
		assert.ErrorContains(t, s.End(), "less nesting was expected")
	}
}

func TestErrorSaysWhere(t *testing.T) {
	t.Parallel()
	var s jsonscan.Scanner
	s.Reset([]byte(`{"a":1,"b":x}`))
	s.Skip()
	err := s.End()
	var syntax *jsonscan.SyntaxError
	require.ErrorAs(t, err, &syntax)
	assert.Equal(t, 11, syntax.Offset)
	assert.Equal(t, "not JSON at byte 11: a value was expected", err.Error())
	assert.Nil(t, s.Raw())
	assert.False(t, s.More(), "after a mistake nothing is read")
	s.Reset([]byte(`{}`))
	s.Skip()
	assert.NoError(t, s.End(), "Reset forgets the mistake")
}

const chunk = `{"id":"chatcmpl-AbCdEfGh","object":"chat.completion.chunk","created":1732460000,"model":"gpt-4o-2024-08-06",` +
	`"service_tier":"default","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":{"content":" token"},` +
	`"logprobs":null,"finish_reason":null}],"usage":null}`

func TestAllocations(t *testing.T) {
	var s jsonscan.Scanner
	for _, data := range [][]byte{[]byte(chunk), []byte(strings.Replace(chunk, " token", `\n\ud83d\ude00 {\"a\":`, 1))} {
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() {
			s.Reset(data)
			content(&s)
		}), 1.0, "only the string")
	}
}

func BenchmarkScanner(b *testing.B) {
	data := []byte(chunk)
	var s jsonscan.Scanner
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(data)
		content(&s)
	}
	if s.End() != nil {
		b.Fatal(s.End())
	}
}
