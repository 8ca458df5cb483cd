package l0test

import (
	"context"

	l0 "github.com/l0gen/l0gen/runtime"
)

// Conform runs the checks of TestProvider and returns what they found, by name.
func Conform(ctx context.Context, wire Wire, open func(string) (l0.Provider, l0.Model), only ...string) map[string]error {
	found := map[string]error{}
	for _, check := range conformanceChecks() {
		for _, name := range only {
			if name == check.name {
				found[name] = runCheck(ctx, check, wire, open)
			}
		}
	}
	return found
}

// LeftBehind is leftBehind.
var LeftBehind = leftBehind

// LeakLabel is the label that leftBehind looks for.
const LeakLabel = leakLabel
