package emit_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/emit"
	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// samePackage has fields of all the shapes that Equal and JSON treat in their
// own way.
func samePackage() *irtest.Package {
	p := irtest.New("same")
	thing := p.Type("Thing", nil)
	both := p.Optional("both", p.Of(ir.String))
	both.Type.Null = ir.NullValue
	thing.Type = p.Object(
		p.Field("id", p.Of(ir.Int)), p.Field("ratio", p.Of(ir.Number)), p.Field("name", p.Of(ir.String)),
		p.Optional("note", p.Of(ir.String)), p.Field("tags", p.List(p.Of(ir.String))),
		p.Optional("labels", p.List(p.Of(ir.String))), p.Optional("due", p.Of(ir.DateTime)),
		p.Field("price", p.Of(ir.Decimal)), p.Field("any", p.Of(ir.Any)), both,
		p.Field("prices", p.Map(p.Of(ir.Decimal))), p.Field("children", p.List(p.Ref(thing))),
		p.Optional("left", p.Ref(thing)), p.Field("kind", p.Enum("low", "high")), p.Field("blob", p.Of(ir.Bytes)),
		p.Field("on", p.Of(ir.Date)), p.Field("took", p.Of(ir.Duration)), p.Field("nulls", p.List(nullable(p.Of(ir.String)))),
		p.Field("grid", p.List(p.List(p.Of(ir.Int)))),
	)
	lists := p.Type("Lists", nil)
	lists.Type = p.List(p.Ref(lists))
	maps := p.Type("Maps", nil)
	maps.Type = p.Map(nullable(p.Ref(maps)))
	var fields []*ir.Field
	for i, name := range []string{"-", "<tag>", "a b", "{}9", "größe", "$id"} {
		f := p.Field(name, p.Of(ir.Int))
		f.GoName = string(rune('A' + i))
		fields = append(fields, f)
	}
	p.Type("Names", p.Object(fields...))
	level := p.Enum("-1", "1")
	level.Members[0].Int, level.Members[1].Int = true, true
	p.Type("Level", level)
	p.Prompt("Sparse", nil, p.Field("need", p.Of(ir.String)), p.Optional("a", p.Of(ir.String)), p.Optional("b", p.List(p.Of(ir.Int))))
	return p
}

// TestSame runs a test in a generated package.
func TestSame(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	t.Parallel()
	dir := moduleOf(t, map[string][]emit.File{"same": generateIn(t, samePackage(), plan.Env{})})
	test, err := os.ReadFile("testdata/same_test.go.txt")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "same", "same_test.go"), test, 0o644))
	runGo(t, dir, "test", "./...")
}
