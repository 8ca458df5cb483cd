package gemini_test

import (
	"testing"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/l0test"
	"github.com/l0gen/l0gen/runtime/provider/gemini"
)

// Server and provider were written from the documentation independently, so that each
// checks the other.
func TestAgainstTheSimulatedServer(t *testing.T) {
	l0test.TestProvider(t, l0test.WireGemini, func(baseURL string) (l0.Provider, l0.Model) {
		return gemini.Provider(), l0.Model{Name: "m", Provider: "gemini", ID: "model-1", BaseURL: baseURL}
	})
}
