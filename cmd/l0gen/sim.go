package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/l0gen/l0gen/runtime/l0test"
)

const simLong = `Sim is a model server on this machine, without a model and without a key. It
speaks the wires of OpenAI, Anthropic and Gemini, streaming or not, and answers
with JSON that fits the schema that the request asks for, else with plain text.
With --fault it fails as real servers do.

The first line on stdout is the base URL. Each request is logged on stderr.
An interrupt ends it.

Faults:

`

const simExample = `  l0gen sim
  l0gen sim --addr 127.0.0.1:8080 --reply 'Hello!' --tokens-per-second 50
  l0gen sim --fault 429:retry-after=2s --fault cut:after=5 --fault '*:split'
  l0gen sim --fault random:p=0.3 --seed 7`

// simFlags are the flags of sim.
type simFlags struct {
	addr        string
	allowRemote bool
	faults      []string
	seed        uint64
	replies     []string
	delay       time.Duration
	rate        float64
	key         string
	quiet       bool
}

func newSim(s streams) *cobra.Command {
	var f simFlags
	cmd := &cobra.Command{
		Use:                   "sim [flags]",
		Short:                 "Run a local model server with faults",
		Long:                  simLong + strings.TrimRight(l0test.FaultHelp(), "\n"),
		Example:               simExample,
		Args:                  noArgs,
		DisableFlagsInUseLine: true,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		opts, err := f.options(cmd)
		if err != nil {
			return err
		}
		return simulate(cmd.Context(), s, f, opts)
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:0", "`address` to listen on; port 0 is any free one")
	flags.BoolVar(&f.allowRemote, "allow-remote", false, "allow an address that other machines can reach")
	flags.StringArrayVar(&f.faults, "fault", nil, "what goes wrong, as `SPEC`; repeat it for the next request")
	flags.Uint64Var(&f.seed, "seed", 1, "what replies and random faults depend on")
	flags.StringArrayVar(&f.replies, "reply", nil, "`TEXT` of a reply, or @FILE; repeat it for the next request")
	flags.DurationVar(&f.delay, "delay", 0, "time before the first token")
	flags.Float64Var(&f.rate, "tokens-per-second", 0, "speed of a reply; 0 is as fast as can be")
	flags.StringVar(&f.key, "api-key", "", "refuse requests without this `KEY`")
	flags.BoolVar(&f.quiet, "quiet", false, "do not log requests")
	return cmd
}

// options turns the flags into options of the server.
func (f simFlags) options(cmd *cobra.Command) ([]l0test.ServerOption, error) {
	wrong := func(format string, args ...any) error {
		return &usageError{message: fmt.Sprintf(format, args...), cmd: cmd}
	}
	host, _, err := net.SplitHostPort(f.addr)
	switch {
	case err != nil:
		return nil, wrong("--addr %q is not HOST:PORT, such as 127.0.0.1:8080", f.addr)
	case !f.allowRemote && !loopback(host):
		return nil, wrong("--addr %q can be reached by other machines; add --allow-remote if that is what you want", f.addr)
	case f.delay < 0:
		return nil, wrong("--delay must not be negative, got %v", f.delay)
	case !(f.rate >= 0): // NaN as well
		return nil, wrong("--tokens-per-second must not be negative, got %v", f.rate)
	}
	opts := []l0test.ServerOption{
		l0test.WithSeed(f.seed), l0test.WithDelay(f.delay), l0test.WithTokensPerSecond(f.rate),
	}
	if f.key != "" {
		opts = append(opts, l0test.WithAPIKey(f.key))
	}
	for _, spec := range f.faults {
		fault, err := l0test.ParseFault(spec)
		if err != nil {
			return nil, wrong("%v", err)
		}
		opts = append(opts, l0test.WithFaults(fault))
	}
	for _, text := range f.replies {
		if name, ok := strings.CutPrefix(text, "@"); ok {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("--reply: %w", err)
			}
			text = string(data)
		}
		opts = append(opts, l0test.WithReplies(l0test.Text(text)))
	}
	return opts, nil
}

// loopback reports whether only this machine reaches a host.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// simulate runs the server until ctx ends, which is how it is meant to end.
func simulate(ctx context.Context, s streams, f simFlags, opts []l0test.ServerOption) error {
	if !f.quiet {
		var mu sync.Mutex
		opts = append(opts, l0test.WithObserver(func(x l0test.Exchange) {
			mu.Lock()
			defer mu.Unlock()
			s.err.printf("%s\n", exchangeText(x))
		}))
	}
	srv, err := l0test.StartServer(ctx, f.addr, opts...)
	if err != nil {
		return err
	}
	defer srv.Close()
	s.out.printf("%s\n\n", srv.URL)
	s.out.printf("OPENAI_BASE_URL=%s\n", srv.BaseURL(l0test.WireOpenAI))
	s.out.printf("ANTHROPIC_BASE_URL=%s\n", srv.BaseURL(l0test.WireAnthropic))
	s.out.printf("GOOGLE_GEMINI_BASE_URL=%s\n\n", srv.BaseURL(l0test.WireGemini))
	s.out.printf("%s\nIn a spec, as a model's base_url, take the one of its provider.\n", keyText(f.key))
	if s.out.err != nil {
		return nil // the caller reports it
	}
	<-ctx.Done()
	return nil
}

func keyText(key string) string {
	if key == "" {
		return "Any API key will do."
	}
	return "The API key is the one given with --api-key."
}

// exchangeText is the line of the log for a request:
// "1 POST /v1/chat/completions gpt-5 stream 200 12 tokens 3ms fault cut:after=5".
func exchangeText(x l0test.Exchange) string {
	r := x.Request
	words := []string{strconv.Itoa(r.Number), r.Method, r.Path}
	if r.Model != "" {
		words = append(words, r.Model)
	}
	if r.Stream {
		words = append(words, "stream")
	}
	if x.Status != 0 {
		words = append(words, strconv.Itoa(x.Status))
	}
	if x.Status == http.StatusOK {
		words = append(words, fmt.Sprintf("%d tokens", x.Tokens))
	}
	words = append(words, x.Duration.Round(time.Millisecond).String())
	if fault := x.Fault.String(); fault != "none" {
		words = append(words, "fault "+fault)
	}
	if x.Cancelled {
		words = append(words, "cancelled")
	}
	if x.Err != nil {
		words = append(words, "refused: "+x.Err.Error())
	}
	return strings.Join(words, " ")
}
