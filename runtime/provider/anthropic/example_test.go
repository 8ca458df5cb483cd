package anthropic_test

import (
	"fmt"

	l0 "github.com/l0gen/l0gen/runtime"
	"github.com/l0gen/l0gen/runtime/provider/anthropic"
)

// A provider is an option of a client. Its key is in the environment unless it is given.
func ExampleProvider() {
	base := l0.NewClient(anthropic.Provider(), l0.WithAPIKey("anthropic", "the key"))
	_, err := l0.Bind(base, &l0.Package{Name: "support", Models: []l0.Model{{Name: "main", Provider: "anthropic", ID: "model-1"}}})
	fmt.Println(err)
	// Output: <nil>
}
