package l0test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	l0 "github.com/l0gen/l0gen/runtime"
)

// wire is the server's side of one API: how requests are read and replies are written.
type wire interface {
	name() Wire
	key(r *http.Request) l0.Secret
	header(h http.Header, req *ServerRequest)
	models() []byte
	// parse fills in req from its body, or says why the API would refuse it.
	parse(r *http.Request, req *ServerRequest) *l0.ProviderError
	// errorType is what the API calls errors of a status.
	errorType(status int) (typ, code string)
	// failure is the body of an error.
	failure(e *l0.ProviderError) []byte
	// usage says when the API reports usage, unless a fault says otherwise.
	usage(req *ServerRequest) UsageWhen
	encoder(req *ServerRequest, s shape) encoder
	// whole is the body of a reply that is not streamed.
	whole(req *ServerRequest, c *collector) []byte
}

// shape is how a stream differs from the usual one.
type shape struct {
	roles      bool
	interleave bool
}

// encoder appends the events of one stream. Usage is nil where it is not to be reported.
type encoder interface {
	start(dst []byte, u *l0.Usage) []byte
	chunk(dst []byte, c l0.Chunk, u *l0.Usage) []byte
	finish(dst []byte, reason l0.FinishReason, u *l0.Usage) []byte
	fail(dst []byte, e *l0.ProviderError) []byte
	ping(dst []byte) []byte
}

// route is what a path stands for.
type route struct {
	wire    wire
	model   string
	stream  bool
	models  bool
	nearest wire // whose errors an unknown path gets
	failure *l0.ProviderError
}

func routeOf(r *http.Request) route {
	path := r.URL.Path
	rt := route{}
	switch {
	case strings.HasSuffix(path, "/chat/completions"):
		rt.wire, rt.model = openAI{}, deploymentOf(path)
	case strings.HasSuffix(path, "/messages"):
		rt.wire = anthropic{}
	case strings.HasSuffix(path, ":streamGenerateContent"), strings.HasSuffix(path, ":generateContent"):
		name, method, _ := strings.Cut(path[strings.LastIndexByte(path, '/')+1:], ":")
		rt.wire, rt.model, rt.stream = gemini{}, name, method == "streamGenerateContent"
	case strings.HasSuffix(path, "/models"):
		rt.wire, rt.models = modelsOf(r), true
	}
	want := http.MethodPost
	if rt.models {
		want = http.MethodGet
	}
	switch {
	case rt.wire == nil:
		rt.nearest = modelsOf(r)
		rt.failure = &l0.ProviderError{
			StatusCode: http.StatusNotFound,
			Message:    fmt.Sprintf("Unknown request URL: %s %s. Please check the URL for typos.", r.Method, path),
		}
	case r.Method != want:
		rt.nearest, rt.wire = rt.wire, nil
		rt.failure = &l0.ProviderError{StatusCode: http.StatusMethodNotAllowed, Message: "Use " + want + " for " + path + "."}
	}
	return rt
}

// deploymentOf returns the model that a path of Azure names.
func deploymentOf(path string) string {
	_, rest, ok := strings.Cut(path, "/openai/deployments/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// modelsOf tells by its header and path whose client made a request.
func modelsOf(r *http.Request) wire {
	switch {
	case r.Header.Get("Anthropic-Version") != "":
		return anthropic{}
	case r.Header.Get("X-Goog-Api-Key") != "", strings.Contains(r.URL.Path, "/v1beta/"):
		return gemini{}
	}
	return openAI{}
}

// complete returns e with what the wire says by default.
func complete(w wire, e *l0.ProviderError) *l0.ProviderError {
	out := *e
	if out.StatusCode == 0 {
		out.StatusCode = http.StatusInternalServerError
	}
	typ, code := w.errorType(out.StatusCode)
	if out.Type == "" {
		out.Type = typ
		if out.Code == "" {
			out.Code = code
		}
	}
	if out.Message == "" {
		out.Message = http.StatusText(out.StatusCode)
		if out.Message == "" {
			out.Message = "Overloaded"
		}
	}
	return &out
}

// writeFailure answers with an error.
func writeFailure(w http.ResponseWriter, wire wire, e *l0.ProviderError) {
	e = complete(wire, e)
	if e.RetryAfter > 0 && w.Header().Get("Retry-After") == "" && w.Header().Get("Retry-After-Ms") == "" {
		form := RetrySeconds
		if e.RetryAfter%time.Second != 0 {
			form = RetryMillis
		}
		setRetryAfter(w.Header(), e.RetryAfter, form)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.StatusCode)
	_, _ = w.Write(wire.failure(e)) // the client went away
}

func setRetryAfter(h http.Header, d time.Duration, form RetryForm) {
	switch form {
	case RetryMillis:
		h.Set("Retry-After-Ms", strconv.FormatInt(d.Milliseconds(), 10))
	case RetryDate:
		h.Set("Retry-After", time.Now().Add(d).UTC().Format(http.TimeFormat))
	default:
		h.Set("Retry-After", strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10))
	}
}

// badRequest is the error for a request that makes no sense.
func badRequest(format string, args ...any) *l0.ProviderError {
	return &l0.ProviderError{StatusCode: http.StatusBadRequest, Message: fmt.Sprintf(format, args...)}
}

// decodeBody reads a JSON body.
func decodeBody(req *ServerRequest, into any) *l0.ProviderError {
	if err := json.Unmarshal(req.Body, into); err != nil {
		return badRequest("We could not parse the JSON body of your request: %v", err)
	}
	return nil
}

// content is the content of a message: a text, a list of parts, or null.
type content struct{ text string }

// UnmarshalJSON takes the text of all parts.
func (c *content) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &c.text)
	}
	var parts []struct {
		Text string `json:"text"`
	}
	err := json.Unmarshal(data, &parts)
	for _, p := range parts {
		c.text += p.Text
	}
	return err
}

// object reports whether raw is a JSON object.
func object(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

// compact returns v as JSON. What it is given can always be encoded.
func compact(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		return []byte("{}")
	}
	return out
}

// errNoValue refuses a request whose schema no value could be made up for.
func errNoValue(why string) *l0.ProviderError {
	return badRequest("Invalid schema: no value could be made up that fits it: %s. Script a reply instead.", why)
}
