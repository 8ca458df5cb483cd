//go:build !race

package l0_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Ten thousand tokens more must cost nothing but the growth of the text.
func TestNoAllocationPerToken(t *testing.T) {
	for name, direct := range map[string]bool{"direct": true, "pumped": false} {
		allocations := func(tokens int) float64 {
			return testing.AllocsPerRun(5, func() {
				st := l0.Run(t.Context(), func(context.Context) (l0.Source, error) { return &repeat{tokens, direct}, nil })
				for _, err := range st.Events() {
					if err != nil {
						t.Fatal(err)
					}
				}
			})
		}
		assert.Less(t, allocations(11_000)-allocations(1_000), 30.0, name)
	}
}
