package l0_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// keyed is a provider that needs a key.
type keyed struct {
	*l0test.Provider
	variable string
}

func (k keyed) APIKeyEnv() string {
	if k.variable == "panic" {
		panic("in APIKeyEnv")
	}
	return k.variable
}

// keyUsed returns the key that a call of the model sends.
func keyUsed(t *testing.T, base *l0.Client, m l0.Model, opts ...l0.ClientOption) (string, error) {
	t.Helper()
	m.Name = "m"
	b, err := l0.Bind(base, &l0.Package{Name: "p", Models: []l0.Model{m}}, opts...)
	if err != nil {
		return "", err
	}
	fn := textFunction()
	fn.Models = []l0.ModelName{"m"}
	_, err = l0.Call(t.Context(), b, fn, "in").Result()
	require.NoError(t, err)
	return "", nil
}

func TestKeys(t *testing.T) {
	t.Setenv("USUAL_KEY", "usual")
	t.Setenv("OWN_KEY", "own")
	t.Setenv("EMPTY_KEY", "")
	for name, c := range map[string]struct {
		model    l0.Model
		usual    string
		opts     []l0.ClientOption
		key      string
		missing  string
		override bool
	}{
		"usual":                {usual: "USUAL_KEY", key: "usual"},
		"own":                  {model: l0.Model{APIKeyEnv: "OWN_KEY"}, usual: "USUAL_KEY", key: "own"},
		"own is missing":       {model: l0.Model{APIKeyEnv: "EMPTY_KEY"}, usual: "USUAL_KEY", missing: "EMPTY_KEY"},
		"own, none needed":     {model: l0.Model{APIKeyEnv: "EMPTY_KEY"}, missing: "EMPTY_KEY"},
		"option of provider":   {usual: "USUAL_KEY", opts: []l0.ClientOption{l0.WithAPIKey("p", "given")}, key: "given"},
		"option of model":      {usual: "USUAL_KEY", opts: []l0.ClientOption{l0.WithAPIKey("p", "x"), l0.WithAPIKey(l0.ModelName("m"), "mine")}, key: "mine"},
		"later wins":           {usual: "USUAL_KEY", opts: []l0.ClientOption{l0.WithAPIKey("p", "x"), nil, l0.ClientOptions(l0.WithAPIKey("p", "y"), nil)}, key: "y"},
		"usual is missing":     {usual: "EMPTY_KEY", missing: "EMPTY_KEY"},
		"base url without key": {model: l0.Model{BaseURL: "http://localhost"}, usual: "EMPTY_KEY"},
		"base url with key":    {model: l0.Model{BaseURL: "http://localhost"}, usual: "USUAL_KEY", key: "usual"},
		"none needed":          {},
		"panics":               {usual: "panic", missing: "panicked"},
	} {
		t.Run(name, func(t *testing.T) {
			p := l0test.NewProvider("p", l0test.Text("x"))
			c.model.Provider = "p"
			_, err := keyUsed(t, l0.NewClient(l0.WithProvider(keyed{p, c.usual})), c.model, c.opts...)
			if c.missing != "" {
				require.ErrorIs(t, err, l0.ErrNotConfigured)
				assert.ErrorContains(t, err, c.missing)
				assert.NotContains(t, err.Error(), "usual\"")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.key, string(p.Requests()[0].APIKey))
		})
	}
}

type nameless struct{ panics bool }

func (n nameless) Name() string {
	if n.panics {
		panic("in Name")
	}
	return ""
}

func (n nameless) Open(context.Context, *l0.Request) (l0.Source, error) { return nil, nil }

func TestBindNamesAllThatIsMissing(t *testing.T) {
	t.Parallel()
	base := l0.NewClient(
		l0.WithProvider(keyed{l0test.NewProvider("a"), "L0_TEST_NO_SUCH_KEY"}),
		l0.WithProvider(nil), l0.WithProvider(nameless{}), l0.WithProvider(nameless{panics: true}),
	)
	_, err := l0.Bind(base, &l0.Package{Name: "p", Models: []l0.Model{
		{Name: "one", Provider: "a"},
		{Name: "two", Provider: "b"},
		{Name: "three", Provider: "a"},
		{Name: "four", Provider: "b"},
		{Name: "five", Provider: "c"},
		{Name: "six", Provider: "a", BaseURL: "http://localhost"},
	}})
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	for _, part := range []string{
		"key variable L0_TEST_NO_SUCH_KEY is not set (for model one, three)",
		`provider "b" is missing (for model two, four)`,
		`provider "c" is missing (for model five)`,
		"a provider is nil", "has no name", "panicked in Name",
	} {
		assert.ErrorContains(t, err, part)
	}
	e, ok := errors.AsType[*l0.Error](err)
	require.True(t, ok)
	assert.Equal(t, l0.CodeNotConfigured, e.Code)

	_, err = l0.Bind(nil, &l0.Package{})
	require.ErrorIs(t, err, l0.ErrNotConfigured)
	_, err = l0.Bind(base, nil)
	require.ErrorIs(t, err, l0.ErrNotConfigured)
}

func TestOptionsOfABindingStayThere(t *testing.T) {
	t.Parallel()
	first, second := l0test.NewProvider("p", l0test.Text("first"), l0test.Text("first")), l0test.NewProvider("p", l0test.Text("second"))
	base := l0.NewClient(first)
	pkg := &l0.Package{Models: []l0.Model{{Name: "fast", Provider: "p"}}}
	other, err := l0.Bind(base, pkg, second)
	require.NoError(t, err)
	same, err := l0.Bind(base, pkg)
	require.NoError(t, err)
	fn := textFunction()
	for b, want := range map[*l0.Binding]string{other: "second", same: "first"} {
		text, err := l0.Call(t.Context(), b, fn, "in").Result()
		require.NoError(t, err)
		assert.Equal(t, want, text)
	}
}

// enforcing is a provider that takes schemas natively.
type enforcing struct {
	*l0test.Provider
	modes []l0.OutputMode
}

func (e enforcing) OutputModes(l0.Model, string) []l0.OutputMode { return e.modes }

func TestOutputMode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		offered []l0.OutputMode
		wanted  l0.OutputMode
		got     l0.OutputMode
	}{
		"auto":               {[]l0.OutputMode{l0.OutputTool, l0.OutputNative}, "", l0.OutputTool},
		"auto, none offered": {nil, l0.OutputAuto, l0.OutputPrompt},
		"prompt":             {[]l0.OutputMode{l0.OutputNative}, l0.OutputPrompt, l0.OutputPrompt},
		"native":             {[]l0.OutputMode{l0.OutputTool, l0.OutputNative}, l0.OutputNative, l0.OutputNative},
		"not offered":        {[]l0.OutputMode{l0.OutputNative}, l0.OutputTool, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := l0test.NewProvider("p", l0test.Text("7"))
			b, err := l0.Bind(l0.NewClient(l0.WithProvider(enforcing{p, c.offered})), &l0.Package{Models: []l0.Model{{Name: "m", Provider: "p"}}})
			require.NoError(t, err)
			n, err := l0.Call(t.Context(), b, numberFunction(l0.Policy{OutputMode: c.wanted}), "in").Result()
			if c.got == "" {
				require.ErrorIs(t, err, l0.ErrNotConfigured)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, 7, n)
			req := p.Requests()[0]
			assert.Equal(t, c.got, req.OutputMode)
			assert.Equal(t, c.got == l0.OutputPrompt, len(req.Messages) == 2, "the schema is in the prompt only where the provider does not see to it")
			assert.NotEmpty(t, req.Schema)
		})
	}
}

func numberFunction(p l0.Policy) *l0.Function[string, int] {
	return &l0.Function[string, int]{
		Name: "Count", Version: 1, Models: []l0.ModelName{"m"}, Policy: p,
		Schema: `{"type":"integer","minimum":0}`,
		Render: func(in, format string) []l0.Message { return l0.Messages(format, l0.UserMessage(in)) },
	}
}
