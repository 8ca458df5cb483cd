package plan

import (
	goconstant "go/constant"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// TestPolicyNames compares the words of the specs with the constants of the
// runtime: every constant is reached by its own text.
func TestPolicyNames(t *testing.T) {
	t.Parallel()
	tables := map[string]func(string) string{
		runtimePath + ".Class":         className,
		runtimePath + ".Network":       networkName,
		runtimePath + ".OutputMode":    outputModeName,
		retryPath + ".Preset":          retryPresetName,
		retryPath + ".Strategy":        backoffName,
		retryPath + ".Reason":          reasonName,
		guardPath + ".Preset":          guardPresetName,
		guardPath + ".Kind":            ruleKindName,
		guardPath + ".Severity":        severityName,
		guardPath + ".Unit":            unitName,
		guardPath + ".FatalAction":     fatalName,
		guardPath + ".ExhaustedAction": exhaustedName,
		guardPath + ".Delivery":        deliveryName,
		guardPath + ".Signal":          signalName,
		structuredPath + ".Level":      repairLevelName,
	}
	met := map[string]int{}
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile},
		runtimePath, retryPath, guardPath, structuredPath)
	require.NoError(t, err)
	for _, pkg := range loaded {
		require.Empty(t, pkg.Errors)
		scope := pkg.Types.Scope()
		for _, name := range scope.Names() {
			c, ok := scope.Lookup(name).(*types.Const)
			if !ok || !c.Exported() || c.Val().Kind() != goconstant.String {
				continue
			}
			if table := tables[c.Type().String()]; table != nil {
				assert.Equal(t, name, table(goconstant.StringVal(c.Val())), "%s", c)
				met[c.Type().String()]++
			}
			if c.Type().String() == retryPath+".ErrorType" {
				field := errorDelayField(goconstant.StringVal(c.Val()))
				delays := scope.Lookup("ErrorDelays").Type()
				found, _, _ := types.LookupFieldOrMethod(delays, false, pkg.Types, field)
				assert.NotNil(t, found, "%s", c)
				met[c.Type().String()]++
			}
		}
	}
	for name := range tables {
		assert.NotZero(t, met[name], "%s has no constants", name)
	}
	assert.Equal(t, 13, met[retryPath+".ErrorType"])
	for _, table := range tables {
		assert.Empty(t, table("no such word"))
	}
}
