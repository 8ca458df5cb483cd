package openai_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/internal/wiretest"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

func TestBaseURL(t *testing.T) {
	p, s := serve(t, wiretest.Stream(stopEvent), openai.WithBaseURL(""))
	for name, c := range map[string]struct {
		env, model, path string
	}{
		"variable":      {s.URL + "/env", "", "/env/chat/completions"},
		"model":         {s.URL + "/env", s.URL + "/model/", "/model/chat/completions"},
		"whole address": {"", s.URL + "/v1/chat/completions", "/v1/chat/completions"},
		"query":         {"", s.URL + "/v1?version=2", "/v1/chat/completions?version=2"},
		"root":          {"", s.URL, "/chat/completions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("OPENAI_BASE_URL", c.env)
			req := wiretest.NewRequest()
			req.Model.BaseURL = c.model
			_, err := wiretest.Call(t, p, req)
			require.NoError(t, err)
			assert.Equal(t, c.path, s.Last(t).Path)
		})
	}
	for _, bad := range []string{"localhost:8000/v1", "/v1", "ftp://example.org", "http://user:secret@[::1?key=secret", "://"} {
		req := wiretest.NewRequest()
		req.Model.BaseURL = bad
		_, err := p.Open(t.Context(), req)
		require.ErrorContains(t, err, "is not an absolute http or https URL")
		assert.NotContains(t, err.Error(), "secret")
	}
}

func TestAddressThatNobodyAnswers(t *testing.T) {
	t.Parallel()
	p, s := serve(t, nil)
	req := wiretest.NewRequest()
	req.Model.BaseURL = s.URL + "?key=secret"
	s.Close()
	_, err := p.Open(t.Context(), req)
	require.Error(t, err)
	assert.ErrorContains(t, err, "openai: ")
	assert.NotContains(t, err.Error(), "secret")
	assert.NotContains(t, err.Error(), wiretest.Key)
}

func TestAzure(t *testing.T) {
	t.Parallel()
	s := wiretest.Serve(t, wiretest.Stream(stopEvent))
	for deployment, path := range map[string]string{
		"":      "/openai/deployments/model-1/chat/completions?api-version=2025-04-01-preview",
		"gpt 4": "/openai/deployments/gpt%204/chat/completions?api-version=2025-04-01-preview",
	} {
		p := openai.Provider(openai.WithAzure(s.URL, deployment, "2025-04-01-preview"), openai.WithHTTPClient(s.Client()))
		assert.Equal(t, "AZURE_OPENAI_API_KEY", p.APIKeyEnv())
		req := wiretest.NewRequest()
		req.MaxOutputTokens = 9
		_, err := wiretest.Call(t, p, req)
		require.NoError(t, err)
		sent := s.Last(t)
		assert.Equal(t, path, sent.Path)
		assert.Equal(t, wiretest.Key, sent.Header.Get("Api-Key"))
		assert.Empty(t, sent.Header.Get("Authorization"))
		assert.Contains(t, string(sent.Body), `"max_completion_tokens":9`)
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	req := wiretest.NewRequest()
	req.APIKey = " padded\n"
	assert.Equal(t, "Bearer padded", send(t, req).Header.Get("Authorization"))
	req.APIKey = ""
	assert.Empty(t, send(t, req).Header.Values("Authorization"))
	assert.Equal(t, "other", send(t, req, openai.WithHeader("Authorization", "other")).Header.Get("Authorization"))
}

func TestNameAndKeyVariable(t *testing.T) {
	t.Parallel()
	p := openai.Provider()
	assert.Equal(t, "openai", p.Name())
	assert.Equal(t, "OPENAI_API_KEY", p.APIKeyEnv())
	p = openai.Provider(nil, openai.WithName("vllm"), openai.WithAPIKeyEnv(""))
	assert.Equal(t, "vllm", p.Name())
	pkg := &l0.Package{Name: "p", Models: []l0.Model{{Name: "main", Provider: "vllm", ID: "m"}}}
	_, err := l0.Bind(l0.NewClient(p), pkg)
	assert.NoError(t, err, "the provider is a client option and needs no key")
}
