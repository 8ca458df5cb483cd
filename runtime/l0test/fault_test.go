package l0test_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/runtime/l0test"
)

const letters = "aaaabbbbccccddddeeee" // five tokens

// struck asks for letters with a fault.
func struck(tb testing.TB, w l0test.Wire, stream bool, fault l0test.Fault) (resp *answer, text string, err error) {
	tb.Helper()
	srv := l0test.NewServer(tb, l0test.WithReplies(l0test.Text(letters)), l0test.WithFaults(fault))
	return ask(tb, srv, w, stream, "x", "")
}

func TestFaultsInTheText(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		names := finishes(w)
		overloaded := map[l0test.Wire]string{l0test.WireOpenAI: "server_error", l0test.WireAnthropic: "overloaded_error", l0test.WireGemini: "UNAVAILABLE"}[w]
		tests := []struct {
			fault                  l0test.Fault
			text, finish, err, odd string
			broken                 bool
		}{
			{fault: l0test.Fault{}, text: letters, finish: names[0]},
			{fault: l0test.CutAfter(2), text: letters[:8]},
			{fault: l0test.CutAfter(0)},
			{fault: l0test.CutAfter(99), text: letters},
			{fault: l0test.CutAfter(0).AtByte(7), text: letters[:7]},
			{fault: l0test.DropAfter(2), text: letters[:8], broken: true},
			{fault: l0test.ResetAfter(2), text: letters[:8], broken: true},
			{fault: l0test.TruncateAfter(3), text: letters[:12], finish: names[0]},
			{fault: l0test.LengthAfter(3), text: letters[:12], finish: names[1]},
			{fault: l0test.FilterAfter(3), text: letters[:12], finish: names[2]},
			{fault: l0test.ErrorAfter(1, "", ""), text: letters[:4], err: overloaded},
			{fault: l0test.ErrorAfter(1, "custom", "sorry"), text: letters[:4], err: "custom"},
			{fault: l0test.MalformedAfter(2), text: letters, finish: names[0], odd: "bro"},
			{fault: l0test.GarbledAfter(2), text: letters, finish: names[0]},
			{fault: l0test.Empty(), finish: names[0]},
			{fault: l0test.InvalidUTF8(2), text: "aaaabbbb\ufffd\ufffd\ufffdccccddddeeee", finish: names[0]},
			{fault: l0test.Huge(1, 100_000), text: "aaaa" + strings.Repeat("x", 100_000) + letters[4:], finish: names[0]},
			{fault: l0test.Split(), text: letters, finish: names[0]},
			{fault: l0test.CRLF(), text: letters, finish: names[0]},
			{fault: l0test.Ping(2), text: letters, finish: names[0]},
			{fault: l0test.NoBlankLine(), text: letters, finish: names[0]},
			{fault: l0test.RepeatRole(), text: letters, finish: names[0]},
			{fault: l0test.Interleave(), text: letters, finish: names[0], odd: "[other] "},
			{fault: l0test.Stall(1, time.Millisecond).And(l0test.CutAfter(3)), text: letters[:12]},
			{fault: l0test.Drip(time.Millisecond).And(l0test.Split()).And(l0test.CRLF()), text: letters, finish: names[0]},
		}
		for _, c := range tests {
			resp, text, err := struck(t, w, true, c.fault)
			name := c.fault.String()
			assert.Equal(t, c.broken, err != nil, "%s: %v", name, err)
			assert.Equal(t, http.StatusOK, resp.StatusCode, name)
			if !c.broken || err == nil || !errors.Is(err, syscall.ECONNRESET) { // a reset may void what is under way
				s := read(t, w, text)
				assert.Equal(t, c.text, s.text, name)
				assert.Equal(t, c.finish, s.finish, name)
				assert.Equal(t, c.err, s.errType, name)
				assert.Contains(t, s.other, c.odd, name)
				assert.Equal(t, c.finish != "", s.done, name)
			}
		}
	})
}

func TestHowConnectionsEnd(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		for _, stream := range []bool{true, false} {
			_, _, err := struck(t, w, stream, l0test.DropAfter(2))
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			// The first bytes must be read before the reset, or the client sees it there already.
			_, _, err = struck(t, w, stream, l0test.ResetAfter(2))
			require.ErrorIs(t, err, syscall.ECONNRESET)
		}
	})
}

func TestShapesOfTheStream(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		get := func(f l0test.Fault) string {
			_, text, err := struck(t, w, true, f)
			require.NoError(t, err)
			return text
		}
		plain := get(l0test.Fault{})
		assert.Equal(t, plain, get(l0test.Split()), "the bytes are the same")
		crlf := get(l0test.CRLF())
		assert.Equal(t, plain, strings.ReplaceAll(crlf, "\r\n", "\n"))
		assert.Equal(t, strings.Count(plain, "\n"), strings.Count(crlf, "\r\n"))
		assert.Equal(t, plain[:len(plain)-1], get(l0test.NoBlankLine()))
		assert.Equal(t, crlf[:len(crlf)-2], get(l0test.NoBlankLine().And(l0test.CRLF())))
		assert.Equal(t, strings.Count(plain, "ping\n")+5, strings.Count(get(l0test.Ping(1)), "ping\n"))
		assert.Contains(t, get(l0test.GarbledAfter(1)), "\n<<<>>>\n")
		assert.False(t, utf8.ValidString(get(l0test.InvalidUTF8(1))))
		if w != l0test.WireGemini { // each of its chunks has a role anyway
			assert.Equal(t, 1, read(t, w, plain).roles)
			assert.Greater(t, read(t, w, get(l0test.RepeatRole())).roles, 1)
		}
	})
}

func TestWhenUsageIsReported(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		for when, want := range map[l0test.UsageWhen][]int{
			l0test.UsageFirst: {5}, l0test.UsageLast: {5}, l0test.UsageBoth: {1, 5}, l0test.UsageEvery: {1, 2, 3, 4, 5, 5}, l0test.UsageNever: nil,
		} {
			_, text, err := struck(t, w, true, l0test.ReportUsage(when))
			require.NoError(t, err)
			assert.Equal(t, want, read(t, w, text).usage, when)
		}
	})
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		for _, stream := range []bool{true, false} {
			for _, status := range []int{400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 529} {
				resp, text, err := struck(t, w, stream, l0test.Status(status))
				require.NoError(t, err)
				assert.Equal(t, status, resp.StatusCode)
				var v any
				require.NoError(t, json.Unmarshal([]byte(text), &v), text)
				assert.NotEmpty(t, str(v, "error", "message"), text)
				typ := str(v, "error", "type") + str(v, "error", "status")
				assert.NotEmpty(t, typ, text)
			}
		}
	})
	resp, text, err := struck(t, l0test.WireOpenAI, true, l0test.Status(429).WithRetryAfter(1500*time.Millisecond, l0test.RetrySeconds).WithError("t", "c", "m"))
	require.NoError(t, err)
	assert.Equal(t, "2", resp.Header.Get("Retry-After"), "rounded up")
	assert.JSONEq(t, `{"error":{"message":"m","type":"t","param":null,"code":"c"}}`, text)
	resp, _, err = struck(t, l0test.WireOpenAI, true, l0test.Status(429).WithRetryAfter(1500*time.Millisecond, l0test.RetryMillis))
	require.NoError(t, err)
	assert.Equal(t, "1500", resp.Header.Get("Retry-After-Ms"))
	resp, _, err = struck(t, l0test.WireOpenAI, true, l0test.Status(429).WithRetryAfter(time.Hour, l0test.RetryDate))
	require.NoError(t, err)
	at, err := http.ParseTime(resp.Header.Get("Retry-After"))
	require.NoError(t, err)
	assert.InDelta(t, time.Hour, time.Until(at), float64(time.Minute))
}

func TestHTMLAndGarbage(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		for _, stream := range []bool{true, false} {
			resp, text, err := struck(t, w, stream, l0test.HTML())
			require.NoError(t, err)
			assert.Equal(t, http.StatusOK, resp.StatusCode)
			assert.Contains(t, resp.Header.Get("Content-Type"), "text/html")
			assert.Contains(t, text, "<html>")
			_, text, err = struck(t, w, stream, l0test.GarbageAfter(1, 1<<20))
			require.NoError(t, err)
			assert.Contains(t, text, strings.Repeat("x", 1<<20))
			assert.NotContains(t, text, "eeee", "nothing follows")
		}
	})
}

func TestFaultsOfWholeReplies(t *testing.T) {
	t.Parallel()
	onEveryWire(t, func(t *testing.T, w l0test.Wire) {
		for _, f := range []l0test.Fault{l0test.CutAfter(2), l0test.MalformedAfter(2), l0test.GarbledAfter(0)} {
			_, text, err := struck(t, w, false, f)
			require.NoError(t, err, f)
			assert.False(t, json.Valid([]byte(text)), "%s: %s", f, text)
		}
		for f, want := range map[string]string{
			"truncate:after=2": `"aaaabbbb"`, "empty": "", "huge:size=100KB": strings.Repeat("x", 100<<10), "split": letters, "length:after=1": `"aaaa"`,
			"stall:for=1ms": letters, "drip:each=1ms": letters, "delay:for=1ms": letters,
		} {
			fault, err := l0test.ParseFault(f)
			require.NoError(t, err)
			_, text, err := struck(t, w, false, fault)
			require.NoError(t, err, f)
			assert.True(t, json.Valid([]byte(text)), "%s: %s", f, text)
			assert.Contains(t, text, want, f)
		}
		resp, _, err := struck(t, w, false, l0test.ErrorAfter(2, "", ""))
		require.NoError(t, err)
		assert.GreaterOrEqual(t, resp.StatusCode, 500)
		srv := l0test.NewServer(t, l0test.WithFaults(l0test.EndlessAfter(0)))
		path, in := body(w, false, "x", "")
		answer := post(t.Context(), t, srv.URL+path, in)
		n, err := io.CopyN(io.Discard, answer.Body, 1<<20)
		require.NoError(t, err)
		assert.Equal(t, int64(1<<20), n)
		answer.Body.Close()
		require.NoError(t, srv.WaitCancelled(t.Context(), 1))
	})
}

func TestFaultsComeInOrder(t *testing.T) {
	t.Parallel()
	srv := l0test.NewServer(t, l0test.WithFaults(l0test.Status(500), l0test.Fault{}, l0test.CRLF().Every(), l0test.Status(503)))
	var statuses []int
	for range 4 {
		resp, text, err := ask(t, srv, l0test.WireOpenAI, true, "x", "")
		require.NoError(t, err)
		statuses = append(statuses, resp.StatusCode)
		assert.Equal(t, resp.StatusCode == 200, strings.Contains(text, "\r\n"))
	}
	assert.Equal(t, []int{500, 200, 503, 200}, statuses)
}

func TestRandomFaults(t *testing.T) {
	t.Parallel()
	run := func(seed uint64, f l0test.Fault) (faults []string) {
		srv := l0test.NewServer(t, l0test.WithSeed(seed), l0test.WithFaults(f),
			l0test.WithObserver(func(x l0test.Exchange) { faults = append(faults, x.Fault.String()) }))
		for range 40 {
			path, in := body(l0test.WireOpenAI, true, "x", "")
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+path, strings.NewReader(in))
			require.NoError(t, err)
			resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
			if err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			require.NoError(t, srv.WaitIdle(t.Context()))
		}
		srv.Close()
		return faults
	}
	one := run(1, l0test.Random(0.5))
	assert.Equal(t, one, run(1, l0test.Random(0.5)), "the same seed")
	assert.NotEqual(t, one, run(2, l0test.Random(0.5)))
	fine, kinds := 0, map[string]bool{}
	for _, f := range one {
		if f == "none" {
			fine++
		}
		kinds[strings.SplitN(f, ":", 2)[0]] = true
	}
	assert.InDelta(t, 20, fine, 10)
	assert.Greater(t, len(kinds), 5)
	for _, f := range run(1, l0test.Random(1, "429", "cut")) {
		assert.Regexp(t, `^(429|cut)`, f)
	}
	for _, f := range run(1, l0test.Random(0)) {
		assert.Equal(t, "none", f)
	}
}

func TestParseFault(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]l0test.Fault{
		"none":                         {},
		"cut":                          l0test.CutAfter(0),
		" cut:after=5 ":                l0test.CutAfter(5),
		"cut:bytes=5":                  l0test.CutAfter(0).AtByte(5),
		"429:retry-after=2s":           l0test.Status(429).WithRetryAfter(2*time.Second, l0test.RetrySeconds),
		"503:retry-after=1500ms,as=ms": l0test.Status(503).WithRetryAfter(1500*time.Millisecond, l0test.RetryMillis),
		"random:p=0.3":                 l0test.Random(0.3),
		"random:p=0.25,of=cut/429":     l0test.Random(0.25, "cut", "429"),
		"*:split+crlf":                 l0test.Split().And(l0test.CRLF()).Every(),
		"huge:after=3,size=40MB":       l0test.Huge(3, 40<<20),
		"garbage:size=1500":            l0test.GarbageAfter(0, 1500),
		"stall:after=3,for=1m":         l0test.Stall(3, time.Minute),
		"delay:for=2s+drip:each=20ms":  l0test.Delay(2 * time.Second).And(l0test.Drip(20 * time.Millisecond)),
		`error:type=overloaded_error,message="a, \"b\" + c"`: l0test.ErrorAfter(0, "overloaded_error", `a, "b" + c`),
		"usage:when=first":                      l0test.ReportUsage(l0test.UsageFirst),
		"ping:every=3+role+interleave+no-blank": l0test.Ping(3).And(l0test.RepeatRole()).And(l0test.Interleave()).And(l0test.NoBlankLine()),
		"utf8+empty+html+endless+malformed":     l0test.InvalidUTF8(0).And(l0test.Empty()).And(l0test.HTML()).And(l0test.EndlessAfter(0)).And(l0test.MalformedAfter(0)),
		"drop+reset+truncate+length+filter":     l0test.DropAfter(0).And(l0test.ResetAfter(0)).And(l0test.TruncateAfter(0)).And(l0test.LengthAfter(0)).And(l0test.FilterAfter(0)),
		"garbled:after=1+none":                  l0test.GarbledAfter(1),
	} {
		got, err := l0test.ParseFault(text)
		require.NoError(t, err, text)
		assert.Equal(t, want.String(), got.String(), text)
		again, err := l0test.ParseFault(got.String())
		require.NoError(t, err, got.String())
		assert.Equal(t, got, again, text)
	}
}

func TestParseFaultErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "the name of the fault is missing",
		"cutt":                   `fault "cutt": unknown fault "cutt"; did you mean "cut"?`,
		"explode":                `unknown fault "explode"; it is one of none, delay,`,
		"status":                 `unknown fault "status"`,
		"200":                    "status 200 is not one of 400 to 599",
		"cut:aftr=5":             `cut: unknown key "aftr"; did you mean "after"?`,
		"cut:after=x":            `cut: after: "x" is not a whole number from 0`,
		"cut:after=-1":           "is not a whole number",
		"cut:after":              `expected KEY=VALUE, got "after"`,
		"cut:after=":             "the value is missing",
		"cut:after=1,after=2":    "after is given twice",
		"cut:after=1,bytes=2":    "exclude each other",
		"cut after=5":            `expected + or the end, got " after=5"`,
		"crlf:x=1":               `it takes no keys, got "x"`,
		"delay:for=2":            `"2" is not a duration such as 1500ms or 2s`,
		"huge:size=1TB":          `is not a size such as`,
		"huge:size=9999999999GB": `is not a size such as`,
		"random:p=1.5":           `"1.5" is not a probability from 0 to 1`,
		"random:p=NaN":           `is not a probability`,
		"random:of=cutt":         `did you mean "cut"?`,
		"random:of=random":       `cannot be drawn at random`,
		"usage:when=frst":        `unknown value "frst"; did you mean "first"?`,
		"429:as=days":            `it is one of seconds, ms, date`,
		`error:message="x`:       "the closing quote is missing",
		"cut+":                   "the name of the fault is missing",
	} {
		_, err := l0test.ParseFault(text)
		require.ErrorContains(t, err, want, text)
	}
}

// Every name of the help can be parsed, and its defaults need no key.
func TestFaultHelp(t *testing.T) {
	t.Parallel()
	help := l0test.FaultHelp()
	n := 0
	for line := range strings.Lines(help) {
		fields := strings.Fields(line)
		if !strings.HasPrefix(line, "  ") || len(fields) < 2 || fields[0] == "after" {
			if len(fields) > 0 && fields[0] == "after" {
				break // the keys follow
			}
			continue
		}
		name := strings.Replace(fields[0], "STATUS", "429", 1)
		f, err := l0test.ParseFault(name)
		require.NoError(t, err, line)
		assert.Equal(t, name, f.String())
		n++
	}
	assert.Equal(t, 28, n)
}

func FuzzParseFault(f *testing.F) {
	for _, seed := range []string{
		"cut:after=5", "429:retry-after=2s,as=date", "random:p=0.3,of=cut/429", "*:split+crlf", `error:message="a\n,b"`,
		"huge:size=40MB", "stall:bytes=3,for=1.5h", "usage:when=every", "none", "*:none", "ping:every=0", "503+random",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fault, err := l0test.ParseFault(text)
		if err != nil {
			return
		}
		again, err := l0test.ParseFault(fault.String())
		require.NoError(t, err, "%q gave %q", text, fault)
		assert.Equal(t, fault.String(), again.String())
	})
}

func BenchmarkParseFault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l0test.ParseFault("cut:after=5+429:retry-after=2s"); err != nil {
			b.Fatal(err)
		}
	}
}
