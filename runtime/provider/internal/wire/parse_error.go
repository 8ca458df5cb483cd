package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// errorFields are the names under which servers report errors, at the top of a body or in its
// member error.
type errorFields struct {
	Error     json.RawMessage `json:"error"`
	Errors    json.RawMessage `json:"errors"`
	Type      any             `json:"type"`
	Code      any             `json:"code"`
	Status    any             `json:"status"`
	Message   any             `json:"message"`
	Detail    json.RawMessage `json:"detail"` // of FastAPI
	Details   json.RawMessage `json:"details"`
	RequestID string          `json:"request_id"`
}

// parseError reads an error in any of the forms that model servers use:
//
//	{"error": {"message": …, "type": …, "code": …}}       OpenAI and most others
//	{"type": "error", "error": {"type": …, "message": …}} Anthropic
//	{"error": {"code": 429, "status": …, "details": …}}   Gemini; also inside of an array
//	{"error": "text"}, {"message": …}, {"detail": …}      small servers and gateways
//
// What it does not find stays empty.
func parseError(body []byte) *l0.ProviderError {
	e := &l0.ProviderError{}
	body = bytes.TrimSpace(body)
	if list := []json.RawMessage(nil); json.Unmarshal(body, &list) == nil && len(list) > 0 {
		body = list[0]
	}
	outer, ok := fieldsOf(body)
	if !ok {
		return e
	}
	e.RequestID = outer.RequestID
	inner := outer
	if nested := firstRaw(outer.Error, outer.Errors); nested != nil {
		var text string
		if json.Unmarshal(nested, &text) == nil {
			e.Message = text
		} else if fields, ok := fieldsOf(nested); ok {
			inner = fields
		}
	}
	e.Type = firstOf(word(inner.Type), word(inner.Status))
	e.Code = word(inner.Code)
	e.Message = firstOf(e.Message, word(inner.Message), detailText(inner.Detail))
	e.StatusCode = statusOf(e.Type, e.Code)
	e.RetryAfter = retryInfo(inner.Details)
	return e
}

func fieldsOf(text []byte) (fields errorFields, ok bool) {
	if len(text) == 0 || text[0] != '{' {
		return fields, false
	}
	_ = json.Unmarshal(text, &fields) // members of a kind not expected stay empty
	return fields, true
}

func firstRaw(raws ...json.RawMessage) json.RawMessage {
	for _, raw := range raws {
		if len(raw) > 0 && string(raw) != "null" {
			return raw
		}
	}
	return nil
}

// word returns a text or a number as text.
func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

func detailText(raw json.RawMessage) string {
	var text string
	if len(raw) == 0 || json.Unmarshal(raw, &text) == nil {
		return text
	}
	return excerpt(raw)
}

// retryInfo returns the delay that Google's servers put into the details of an error.
func retryInfo(details json.RawMessage) time.Duration {
	var list []struct {
		RetryDelay string `json:"retryDelay"`
	}
	if len(details) == 0 || json.Unmarshal(details, &list) != nil {
		return 0
	}
	for _, d := range list {
		if wait, err := time.ParseDuration(d.RetryDelay); err == nil && wait > 0 {
			return wait
		}
	}
	return 0
}

// statusOf returns the HTTP status that the type or the code of an error stands for, 0 if
// that is not known.
func statusOf(kind, code string) int {
	for _, name := range []string{code, kind} {
		if n, err := strconv.Atoi(name); err == nil && n >= 400 && n <= 599 {
			return n
		}
	}
	for _, name := range []string{code, kind} {
		if status := statusOfName(strings.ToLower(name)); status != 0 {
			return status
		}
	}
	return 0
}

func statusOfName(name string) int {
	switch name {
	case "invalid_request_error", "invalid_argument", "failed_precondition", "out_of_range", "badrequesterror",
		"context_length_exceeded", "invalid_prompt", "invalid_request":
		return 400
	case "authentication_error", "invalid_api_key", "unauthenticated", "autherror":
		return 401
	case "billing_error":
		return 402
	case "permission_error", "permission_denied", "permissiondeniederror":
		return 403
	case "not_found_error", "not_found", "model_not_found", "notfounderror":
		return 404
	case "request_too_large":
		return 413
	case "rate_limit_error", "rate_limit_exceeded", "rate_limit", "rate_limited", "insufficient_quota",
		"resource_exhausted", "tokens", "requests", "ratelimiterror", "too_many_requests":
		return 429
	case "server_error", "internal_server_error", "internal_error", "api_error", "internal", "internalservererror", "unknown":
		return 500
	case "bad_gateway", "upstream_error":
		return 502
	case "service_unavailable", "service_unavailable_error", "unavailable", "engine_overloaded", "engine_overloaded_error":
		return 503
	case "timeout_error", "timeout", "deadline_exceeded", "gateway_timeout":
		return 504
	case "overloaded_error", "overloaded", "server_overloaded":
		return 529
	}
	return 0
}
