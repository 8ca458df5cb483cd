package l0test_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/l0test"
)

// body returns a request of a wire with this prompt, and the path to send it to. extra is put
// into the body.
func body(w l0test.Wire, stream bool, prompt, extra string) (path, text string) {
	if extra != "" {
		extra = "," + extra
	}
	switch w {
	case l0test.WireAnthropic:
		return "/v1/messages", fmt.Sprintf(`{"model":"m","max_tokens":100000,"stream":%t,"messages":[{"role":"user","content":%q}]%s}`, stream, prompt, extra)
	case l0test.WireGemini:
		path = "/v1beta/models/m:generateContent"
		if stream {
			path = "/v1beta/models/m:streamGenerateContent?alt=sse"
		}
		return path, fmt.Sprintf(`{"contents":[{"role":"user","parts":[{"text":%q}]}]%s}`, prompt, extra)
	default:
		if stream {
			extra += `,"stream_options":{"include_usage":true}`
		}
	}
	return "/v1/chat/completions", fmt.Sprintf(`{"model":"m","stream":%t,"messages":[{"role":"user","content":%q}]%s}`, stream, prompt, extra)
}

// answer is an HTTP response whose body is closed with the test.
type answer struct {
	StatusCode int
	Header     http.Header
	Body       io.ReadCloser
}

// post sends a request.
func post(ctx context.Context, tb testing.TB, url, text string, header ...string) *answer {
	tb.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(text))
	require.NoError(tb, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Anthropic-Version", "2023-06-01")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	require.NoError(tb, err)
	tb.Cleanup(func() { resp.Body.Close() })
	return &answer{resp.StatusCode, resp.Header, resp.Body}
}

// ask posts a request and returns the whole answer.
func ask(tb testing.TB, srv *l0test.Server, w l0test.Wire, stream bool, prompt, extra string) (resp *answer, text string, err error) {
	tb.Helper()
	path, in := body(w, stream, prompt, extra)
	resp = post(tb.Context(), tb, srv.URL+path, in)
	raw, err := io.ReadAll(resp.Body)
	return resp, string(raw), err
}

// said is what a stream said, as a client without mercy reads it: each event must be right.
type said struct {
	text, reasoning, args, finish, errType string
	usage                                  []int // output tokens, as often as reported
	done                                   bool
	other                                  string
	roles                                  int
}

// read reads a stream. It takes the JSON of events apart, without knowing how they are made.
func read(tb testing.TB, w l0test.Wire, stream string) said {
	tb.Helper()
	var s said
	for event := range strings.SplitSeq(strings.ReplaceAll(stream, "\r\n", "\n"), "\n\n") {
		for line := range strings.SplitSeq(event, "\n") {
			data, ok := strings.CutPrefix(line, "data: ")
			if !ok {
				continue
			}
			if data == "[DONE]" {
				s.done = true
				continue
			}
			var v map[string]any
			if json.Unmarshal([]byte(data), &v) != nil {
				s.other += data
				continue
			}
			switch w {
			case l0test.WireOpenAI:
				s.openAI(v)
			case l0test.WireAnthropic:
				s.anthropic(v)
			case l0test.WireGemini:
				s.gemini(v)
			}
		}
	}
	return s
}

// dig follows keys and indexes into JSON.
func dig(v any, path ...any) any {
	for _, step := range path {
		switch key := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[key]
		case int:
			l, _ := v.([]any)
			if key >= len(l) {
				return nil
			}
			v = l[key]
		}
	}
	return v
}

func str(v any, path ...any) string {
	text, _ := dig(v, path...).(string)
	return text
}

func (s *said) count(v any, path ...any) {
	if n, ok := dig(v, path...).(float64); ok {
		s.usage = append(s.usage, int(n))
	}
}

func (s *said) openAI(v map[string]any) {
	s.count(v, "usage", "completion_tokens")
	s.errType += str(v, "error", "type")
	if dig(v, "choices", 0, "index") == 1.0 {
		s.other += str(v, "choices", 0, "delta", "content")
		return
	}
	if str(v, "choices", 0, "delta", "role") != "" {
		s.roles++
	}
	s.text += str(v, "choices", 0, "delta", "content")
	s.reasoning += str(v, "choices", 0, "delta", "reasoning_content")
	s.args += str(v, "choices", 0, "delta", "tool_calls", 0, "function", "arguments")
	s.finish += str(v, "choices", 0, "finish_reason")
}

func (s *said) anthropic(v map[string]any) {
	s.errType += str(v, "error", "type")
	s.count(v, "message", "usage", "output_tokens")
	s.count(v, "usage", "output_tokens")
	if dig(v, "index") == 99.0 {
		s.other += str(v, "delta", "thinking")
		return
	}
	if v["type"] == "message_start" {
		s.roles++
	}
	s.text += str(v, "delta", "text")
	s.reasoning += str(v, "delta", "thinking")
	s.args += str(v, "delta", "partial_json")
	s.finish += str(v, "delta", "stop_reason")
	s.done = s.done || v["type"] == "message_stop"
}

func (s *said) gemini(v map[string]any) {
	s.errType += str(v, "error", "status")
	s.count(v, "usageMetadata", "candidatesTokenCount")
	part, _ := dig(v, "candidates", 0, "content", "parts", 0).(map[string]any)
	switch {
	case dig(v, "candidates", 0, "index") == 1.0:
		s.other += str(part, "text")
		return
	case part["thought"] == true:
		s.reasoning += str(part, "text")
	default:
		s.text += str(part, "text")
	}
	if str(v, "candidates", 0, "content", "role") != "" {
		s.roles++
	}
	if args := dig(part, "functionCall", "args"); args != nil {
		text, _ := json.Marshal(args)
		s.args += string(text)
	}
	s.finish += str(v, "candidates", 0, "finishReason")
	s.done = s.done || s.finish != ""
}

// names of finish reasons by wire: stop, length, filter.
func finishes(w l0test.Wire) [3]string {
	switch w {
	case l0test.WireAnthropic:
		return [3]string{"end_turn", "max_tokens", "refusal"}
	case l0test.WireGemini:
		return [3]string{"STOP", "MAX_TOKENS", "SAFETY"}
	default:
		return [3]string{"stop", "length", "content_filter"}
	}
}

// onEveryWire runs a test once for each wire.
func onEveryWire(t *testing.T, test func(t *testing.T, w l0test.Wire)) {
	t.Helper()
	for _, w := range l0test.Wires() {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			test(t, w)
		})
	}
}
