package l0test_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// tiny is a provider as somebody might write it in an afternoon: plain JSON, nothing fast. Its
// flaws are switches, so that a test can see that the conformance checks find them.
type tiny struct {
	wire    l0test.Wire
	baseURL string
	client  *http.Client
	flaw    string
}

func newTiny(w l0test.Wire, flaw string) func(string) (l0.Provider, l0.Model) {
	return func(url string) (l0.Provider, l0.Model) {
		p := &tiny{wire: w, baseURL: url, client: &http.Client{Transport: &http.Transport{}}, flaw: flaw}
		return p, l0.Model{Name: "m", Provider: "tiny", ID: "some-model"}
	}
}

func (p *tiny) Name() string { return "tiny" }

func (p *tiny) OutputModes(l0.Model, string) []l0.OutputMode {
	return []l0.OutputMode{l0.OutputNative, l0.OutputTool}
}

type object = map[string]any

func (p *tiny) Open(ctx context.Context, req *l0.Request) (l0.Source, error) {
	path, body, header := p.request(req)
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	if p.flaw == "ignores the context" {
		ctx = context.WithoutCancel(ctx)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.baseURL+path, bytes.NewReader(data))
	if err != nil {
		cancel()
		return nil, err
	}
	r.Header.Set("Anthropic-Version", "2023-06-01")
	r.Header.Set(header, map[l0test.Wire]string{l0test.WireOpenAI: "Bearer "}[p.wire]+string(req.APIKey))
	resp, err := p.client.Do(r) //nolint:bodyclose // the source closes it
	if err != nil {
		cancel()
		return nil, err
	}
	s := &tinySource{p: p, req: req, resp: resp, cancel: cancel, r: bufio.NewReader(resp.Body), forced: -1}
	if resp.StatusCode != http.StatusOK {
		return nil, s.refused()
	}
	if ct := resp.Header.Get("Content-Type"); !strings.HasPrefix(ct, "text/event-stream") && p.flaw != "takes HTML" {
		s.Close()
		return nil, fmt.Errorf("the content type is %q", ct)
	}
	return s, nil
}

func (p *tiny) request(req *l0.Request) (path string, body object, header string) {
	var msgs []any
	system := ""
	for _, m := range req.Messages {
		switch {
		case p.wire == l0test.WireOpenAI:
			msgs = append(msgs, object{"role": m.Role, "content": m.Content()})
		case m.Role == l0.RoleSystem:
			system += m.Content()
		case p.wire == l0test.WireAnthropic:
			msgs = append(msgs, object{"role": m.Role, "content": []any{object{"type": "text", "text": m.Content()}}})
		default:
			msgs = append(msgs, object{"role": m.Role, "parts": []any{object{"text": m.Content()}}})
		}
	}
	schema := json.RawMessage(req.Schema)
	switch p.wire {
	case l0test.WireAnthropic:
		body = object{"model": req.Model.ID, "messages": msgs, "stream": true, "max_tokens": max(req.MaxOutputTokens, 1<<20*b2i(req.MaxOutputTokens == 0)), "system": system}
		switch req.OutputMode {
		case l0.OutputNative:
			body["output_config"] = object{"format": object{"type": "json_schema", "schema": schema}}
		case l0.OutputTool:
			body["tools"] = []any{object{"name": "reply", "input_schema": schema}}
			body["tool_choice"] = object{"type": "tool", "name": "reply"}
		default:
		}
		return "/v1/messages", body, "X-Api-Key"
	case l0test.WireGemini:
		config := object{"maxOutputTokens": req.MaxOutputTokens}
		body = object{"contents": msgs, "generationConfig": config, "systemInstruction": object{"parts": []any{object{"text": system}}}}
		switch req.OutputMode {
		case l0.OutputNative:
			config["responseMimeType"], config["responseJsonSchema"] = "application/json", schema
		case l0.OutputTool:
			body["tools"] = []any{object{"functionDeclarations": []any{object{"name": "reply", "parametersJsonSchema": schema}}}}
			body["toolConfig"] = object{"functionCallingConfig": object{"mode": "ANY", "allowedFunctionNames": []string{"reply"}}}
		default:
		}
		return "/v1beta/models/" + req.Model.ID + ":streamGenerateContent?alt=sse", body, "X-Goog-Api-Key"
	default:
	}
	body = object{"model": req.Model.ID, "messages": msgs, "stream": true, "stream_options": object{"include_usage": true}, "max_tokens": req.MaxOutputTokens}
	switch req.OutputMode {
	case l0.OutputNative:
		body["response_format"] = object{"type": "json_schema", "json_schema": object{"name": "reply", "schema": schema}}
	case l0.OutputTool:
		body["tools"] = []any{object{"type": "function", "function": object{"name": "reply", "parameters": schema}}}
		body["tool_choice"] = object{"type": "function", "function": object{"name": "reply"}}
	default:
	}
	return "/chat/completions", body, "Authorization"
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

type tinySource struct {
	p      *tiny
	req    *l0.Request
	resp   *http.Response
	cancel context.CancelFunc
	r      *bufio.Reader
	done   bool
	usage  l0.Usage
	forced float64
	err    error
}

func (s *tinySource) Close() error {
	if s.p.flaw == "cannot be closed" {
		return nil
	}
	s.cancel()
	_ = s.resp.Body.Close()
	return nil
}

// refused reads the body of an error.
func (s *tinySource) refused() error {
	defer s.cancel()
	defer s.resp.Body.Close()
	data, _ := io.ReadAll(s.resp.Body)
	var v any
	_ = json.Unmarshal(data, &v)
	pe := s.failure(v)
	pe.StatusCode = s.resp.StatusCode
	h := s.resp.Header
	if ms, err := strconv.Atoi(h.Get("Retry-After-Ms")); err == nil {
		pe.RetryAfter = time.Duration(ms) * time.Millisecond
	} else if sec, err := strconv.Atoi(h.Get("Retry-After")); err == nil {
		pe.RetryAfter = time.Duration(sec) * time.Second
	} else if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		pe.RetryAfter = time.Until(at)
	}
	if s.p.flaw == "ignores Retry-After" {
		pe.RetryAfter = 0
	}
	return pe
}

func (s *tinySource) failure(v any) *l0.ProviderError {
	pe := &l0.ProviderError{Type: str(v, "error", "type") + str(v, "error", "status"), Message: str(v, "error", "message")}
	statuses := map[string]int{"server_error": 500, "overloaded_error": 529, "api_error": 500, "rate_limit_error": 429, "invalid_request_error": 400}
	pe.StatusCode = statuses[pe.Type]
	if code, ok := dig(v, "error", "code").(float64); ok {
		pe.StatusCode = int(code)
	}
	return pe
}

func (s *tinySource) Next() (l0.Chunk, error) {
	for s.err == nil {
		data, err := s.event()
		if err == nil && data == "" {
			continue
		}
		var c l0.Chunk
		if err == nil {
			c, err = s.chunk(data)
		}
		if errors.Is(err, io.EOF) && !s.done && s.p.flaw != "takes a cut for the end" {
			err = io.ErrUnexpectedEOF
		}
		s.err = err
		if err == nil && (c != l0.Chunk{}) {
			return c, nil
		}
	}
	return l0.Chunk{}, s.err
}

// event returns the data of the next event.
func (s *tinySource) event() (string, error) {
	data := ""
	for {
		line, err := s.r.ReadString('\n')
		line = strings.TrimRight(line, "\r\n")
		if err != nil || line == "" {
			if data != "" {
				return data, nil
			}
			return "", err
		}
		if rest, ok := strings.CutPrefix(line, "data:"); ok {
			data += strings.TrimPrefix(rest, " ")
		}
	}
}

func (s *tinySource) chunk(data string) (l0.Chunk, error) {
	if data == "[DONE]" {
		s.done = true
		return l0.Chunk{}, nil
	}
	var v any
	if err := json.Unmarshal([]byte(data), &v); err != nil {
		if s.p.flaw == "skips broken events" {
			return l0.Chunk{}, nil
		}
		return l0.Chunk{}, err
	}
	if dig(v, "error") != nil {
		return l0.Chunk{}, s.failure(v)
	}
	switch s.p.wire {
	case l0test.WireAnthropic:
		return s.anthropic(v), nil
	case l0test.WireGemini:
		return s.gemini(v), nil
	default:
		return s.openAI(v), nil
	}
}

func num(v any, path ...any) int {
	n, _ := dig(v, path...).(float64)
	return int(n)
}

func (s *tinySource) openAI(v any) (c l0.Chunk) {
	if u := dig(v, "usage"); u != nil {
		c.Usage = &l0.Usage{
			InputTokens: num(u, "prompt_tokens"), OutputTokens: num(u, "completion_tokens"),
			ReasoningTokens: num(u, "completion_tokens_details", "reasoning_tokens"), CachedTokens: num(u, "prompt_tokens_details", "cached_tokens"),
		}
	}
	if num(v, "choices", 0, "index") != 0 && s.p.flaw != "mixes choices" {
		return c
	}
	delta := dig(v, "choices", 0, "delta")
	c.Text, c.Reasoning = str(delta, "content"), str(delta, "reasoning_content")
	if call := dig(delta, "tool_calls", 0); call != nil {
		d := &l0.ToolDelta{Index: num(call, "index"), ID: str(call, "id"), Name: str(call, "function", "name"), Arguments: str(call, "function", "arguments")}
		if s.req.OutputMode == l0.OutputTool {
			c.Text = d.Arguments
		} else {
			c.Tool = d
		}
	}
	c.Finish = l0.FinishReason(str(v, "choices", 0, "finish_reason"))
	if c.Finish == "tool_calls" {
		c.Finish = l0.FinishTool
	}
	return c
}

func (s *tinySource) anthropic(v any) (c l0.Chunk) {
	index, _ := dig(v, "index").(float64)
	if u, ok := dig(v, "usage").(object); ok {
		s.count(u, &c)
	}
	if u, ok := dig(v, "message", "usage").(object); ok {
		s.count(u, &c)
	}
	switch str(v, "type") {
	case "content_block_start":
		block := dig(v, "content_block")
		if str(block, "type") == "tool_use" {
			if s.req.OutputMode == l0.OutputTool {
				s.forced = index
			} else {
				c.Tool = &l0.ToolDelta{Index: int(index), ID: str(block, "id"), Name: str(block, "name")}
			}
		}
	case "content_block_delta":
		c.Text, c.Reasoning = str(v, "delta", "text"), str(v, "delta", "thinking")
		if part := str(v, "delta", "partial_json"); part != "" {
			if index == s.forced {
				c.Text = part
			} else {
				c.Tool = &l0.ToolDelta{Index: int(index), Arguments: part}
			}
		}
	case "message_delta":
		reason := str(v, "delta", "stop_reason")
		c.Finish = map[string]l0.FinishReason{"end_turn": l0.FinishStop, "max_tokens": l0.FinishLength, "refusal": l0.FinishContentFilter, "tool_use": l0.FinishTool}[reason]
	case "message_stop":
		s.done = true
	}
	return c
}

func (s *tinySource) count(u object, c *l0.Chunk) {
	if _, ok := u["input_tokens"]; ok {
		s.usage.CachedTokens = num(u, "cache_read_input_tokens")
		s.usage.InputTokens = num(u, "input_tokens") + s.usage.CachedTokens
	}
	s.usage.OutputTokens = num(u, "output_tokens")
	usage := s.usage
	c.Usage = &usage
}

func (s *tinySource) gemini(v any) (c l0.Chunk) {
	if u := dig(v, "usageMetadata"); u != nil {
		c.Usage = &l0.Usage{
			InputTokens: num(u, "promptTokenCount"), OutputTokens: num(u, "candidatesTokenCount") + num(u, "thoughtsTokenCount"),
			ReasoningTokens: num(u, "thoughtsTokenCount"), CachedTokens: num(u, "cachedContentTokenCount"),
		}
	}
	if num(v, "candidates", 0, "index") != 0 && s.p.flaw != "mixes choices" {
		return c
	}
	part := dig(v, "candidates", 0, "content", "parts", 0)
	if dig(part, "thought") == true {
		c.Reasoning = str(part, "text")
	} else {
		c.Text = str(part, "text")
	}
	if args := dig(part, "functionCall", "args"); args != nil {
		text, _ := json.Marshal(args)
		if s.req.OutputMode == l0.OutputTool {
			c.Text = string(text)
		} else {
			c.Tool = &l0.ToolDelta{Name: str(part, "functionCall", "name"), Arguments: string(text)}
		}
	}
	reason := str(v, "candidates", 0, "finishReason")
	c.Finish = map[string]l0.FinishReason{"STOP": l0.FinishStop, "MAX_TOKENS": l0.FinishLength, "SAFETY": l0.FinishContentFilter}[reason]
	s.done = s.done || reason != ""
	return c
}
