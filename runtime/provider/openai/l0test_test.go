package openai_test

import (
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/openai"
)

// Server and provider were written from the documentation independently, so that each
// checks the other.
func TestAgainstTheSimulatedServer(t *testing.T) {
	l0test.TestProvider(t, l0test.WireOpenAI, func(baseURL string) (l0.Provider, l0.Model) {
		return openai.Provider(), l0.Model{Name: "m", Provider: "openai", ID: "model-1", BaseURL: baseURL}
	})
}
