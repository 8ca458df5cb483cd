package l0_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
)

// The constants of the source and the table that explains them must agree.
func TestEveryCodeIsInTheTable(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("error_code.go")
	require.NoError(t, err)
	sentinels := []error{
		l0.ErrInput, l0.ErrNotConfigured, l0.ErrAborted, l0.ErrTimeout, l0.ErrZeroOutput, l0.ErrIncomplete, l0.ErrValidation,
		l0.ErrTooLarge, l0.ErrGuardrail, l0.ErrDrift, l0.ErrInvalidStream, l0.ErrNetwork, l0.ErrProvider, l0.ErrExhausted,
		l0.ErrPanic, l0.ErrStreamUsed, l0.ErrAbandoned, l0.ErrRestarted, l0.ErrNotFaked, l0.ErrRefused,
	}
	reached := map[error]bool{}
	codes := regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllSubmatch(source, -1)
	require.Len(t, codes, 26)
	for _, c := range codes {
		e := &l0.Error{Code: l0.Code(c[1])}
		found := 0
		for _, s := range sentinels {
			if errors.Is(e, s) {
				found++
				reached[s] = true
			}
		}
		assert.Equal(t, 1, found, "%s has one sentinel", c[1])
		assert.NotContains(t, e.Error(), "the call failed", "%s has a text", c[1])
		assert.Contains(t, e.Error(), string(c[1]))
	}
	assert.Len(t, reached, len(sentinels), "every sentinel stands for a code")
	unknown := &l0.Error{Code: "NEW"}
	assert.Equal(t, l0.CategoryInternal, unknown.Code.Category())
	assert.Contains(t, unknown.Error(), "the call failed")
	assert.NotEmpty(t, (&l0.Error{}).Error())
	require.NotErrorIs(t, unknown, io.EOF)
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	e := &l0.Error{
		Code: l0.CodeInitialTokenTimeout, Function: "ClassifyTicket", Version: 3, Model: "fast", Attempt: 2,
		Partial: "reply text", Checkpoint: "reply text", StatusCode: 503, RetryAfter: time.Second,
		Violations: []l0.Violation{{Message: "reply text"}}, Err: errors.New("provider text"),
	}
	assert.Equal(t, "l0: ClassifyTicket v3 on fast: no token came in time (HTTP status 503); "+
		"raise timeouts.initial_token if the model is slow [INITIAL_TOKEN_TIMEOUT]", e.Error())
	data, err := json.Marshal(e)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"code":"INITIAL_TOKEN_TIMEOUT","category":"transient"`)
	assert.Contains(t, string(data), `"hasCheckpoint":true,"contentLength":10,"statusCode":503,"retryAfterMs":1000`)
	wrapped := fmt.Errorf("while sorting: %w", e)
	require.ErrorIs(t, wrapped, l0.ErrTimeout)
	require.NotErrorIs(t, wrapped, l0.ErrAborted)
	got, ok := errors.AsType[*l0.Error](wrapped)
	assert.True(t, ok)
	assert.Same(t, e, got)
}

func TestProviderErrorText(t *testing.T) {
	t.Parallel()
	e := &l0.ProviderError{StatusCode: 429, Type: "rate_limit", Message: "slow down", Err: io.EOF}
	assert.Equal(t, "provider error rate_limit (HTTP status 429): slow down", e.Error())
	require.ErrorIs(t, e, io.EOF)
	for status, want := range map[int]l0.Category{
		0: l0.CategoryModel, 200: l0.CategoryModel, 400: l0.CategoryFatal, 401: l0.CategoryFatal, 404: l0.CategoryFatal,
		408: l0.CategoryTransient, 409: l0.CategoryTransient, 425: l0.CategoryTransient, 429: l0.CategoryTransient,
		500: l0.CategoryTransient, 529: l0.CategoryTransient,
	} {
		_, err := textStream(t, l0test.NewProvider("p", l0test.Refuse(&l0.ProviderError{StatusCode: status}))).Result()
		own, ok := errors.AsType[*l0.Error](err)
		require.True(t, ok)
		assert.Equal(t, want, own.Category, status)
	}
}

// An error that a provider keeps and returns again must not be written to.
func TestSharedErrorsAreCopied(t *testing.T) {
	t.Parallel()
	shared := &l0.Error{Code: l0.CodeProviderError}
	_, err := textStream(t, l0test.NewProvider("p", l0test.Refuse(shared))).Result()
	require.ErrorIs(t, err, l0.ErrProvider)
	assert.Empty(t, shared.Function)
}

func TestLogger(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	logger := l0.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	p := l0test.NewProvider("p", l0test.Text("reply text"), l0test.Fail("reply text", errors.New("provider text")))
	b := bind(t, p, logger, noRetry())
	_, err := l0.Call(t.Context(), b, textFunction(), "prompt text").Result()
	require.NoError(t, err)
	_, err = l0.Call(t.Context(), b, textFunction(), "prompt text").Result()
	require.Error(t, err)
	assert.Contains(t, log.String(), "function=Echo version=2 tokens=2 bytes=10 duration_ms=")
	assert.Contains(t, log.String(), "level=ERROR msg=\"l0 error\"")
	assert.Contains(t, log.String(), "code=PROVIDER_ERROR")
	assert.NotContains(t, log.String(), " text\"")
	log.Reset()
	_, err = l0.Call(t.Context(), b, textFunction(), "x", l0.WithLogger(nil)).Result()
	require.Error(t, err)
	assert.Empty(t, log.String())
}
