package emit_test

import (
	"go/token"
	"go/types"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/l0gen/l0gen/generator/internal/ir"
	"github.com/l0gen/l0gen/generator/internal/plan/irtest"
)

// hostileNames are names that mean something to Go, to its tools, to generated
// code, or to nobody.
func hostileNames() []string {
	var names []string
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		names = append(names, tok.String())
	}
	names = append(names, types.Universe.Names()...)
	names = append(names,
		"context", "time", "slices", "maps", "bytes", "strings", "strconv", "l0", "render", "guard", "retry", "structured",
		"c", "ctx", "in", "opts", "v", "o", "a", "b", "f", "base", "binding", "format", "spec", "err", "user", "system",
		"client", "Caller", "types", "fake", "main", "init", "Test", "TestMain", "Benchmark", "Example",
		"equal", "values", "valid", "Result", "String", "Close", "Scan", "Format", "Seek", "WriteTo", "ReadFrom",
		"Is", "As", "Unwrap", "MarshalJSON", "UnmarshalJSON", "MarshalText", "ReadByte", "WriteByte", "GobEncode",
		"Model", "Schema", "Input", "Output", "Stream", "Messages", "Func", "ModelSchema", "renderType", "RenderType",
		"windows", "js_wasm", "con", "größe", "имя", "名前", "x名前", "_3d", "naïve", "HTTPServer", "ids", "Type1", "Type_2",
	)
	return names
}

// worseNames cannot be declared as types or prompts, but can stand as
// properties, members of enums and names of models.
func worseNames() []string {
	return append(hostileNames(), "3d", "1.0", "10", "@id", "$schema", "a b", "a.b.c", "x/y", "<tag>", "-5", "10%", "{}9", "-k", "😀1")
}

// distinct returns the names that do not come to the Go name of another.
func distinct(names []string, declare func(p *irtest.Package, names []string)) []string {
	var kept []string
	for _, name := range names {
		p := irtest.New("app")
		declare(p, append(slices.Clone(kept), name))
		if sound(p) {
			kept = append(kept, name)
		}
	}
	return kept
}

func torturePackage(t *testing.T) *irtest.Package {
	t.Helper()
	words := distinct(hostileNames(), func(p *irtest.Package, names []string) {
		for _, name := range names {
			p.Prompt(name, nil)
			p.Type(name, p.Of(ir.Int))
		}
	})
	worse := distinct(worseNames(), func(p *irtest.Package, names []string) {
		var fields []*ir.Field
		for _, name := range names {
			p.Model(name)
			fields = append(fields, p.Field(name, p.Of(ir.Int)))
		}
		p.Type("T", p.Object(fields...))
		p.Type("E", p.Enum(names...))
	})
	require.Greater(t, len(words), 110)
	require.Greater(t, len(worse), 120)
	p := irtest.New("torture")
	for _, name := range worse {
		if name != "type" { // ModelType is what the type Model is renamed to
			p.Model(name)
		}
	}
	for i, name := range words {
		declared := p.Type(name, hostileType(p, i, worse))
		declared.Type.Doc = name
		p.Prompt(name, p.Ref(declared), hostileFields(p, worse[i%len(worse):min(i%len(worse)+9, len(worse))])...)
	}
	return p
}

func hostileType(p *irtest.Package, i int, worse []string) *ir.Type {
	if i > 4 { // the first ones take all
		at := i * 7 % (len(worse) - 9)
		worse = worse[at : at+9]
	}
	switch i % 5 {
	case 0:
		return p.Object(hostileFields(p, worse)...)
	case 1:
		return p.Enum(worse...)
	case 2:
		return p.List(p.Enum(worse[i%len(worse)], "x"+strconv.Itoa(i)))
	case 3:
		return p.Of(ir.DateTime)
	}
	return p.Map(p.Of(ir.Decimal))
}

func hostileFields(p *irtest.Package, names []string) []*ir.Field {
	var fields []*ir.Field
	for i, name := range names {
		switch i % 3 {
		case 0:
			fields = append(fields, p.Field(name, p.Of(ir.String)))
		case 1:
			fields = append(fields, p.Optional(name, p.Of(ir.Date)))
		case 2:
			fields = append(fields, p.Field(name, p.Object(p.Field(name, p.Of(ir.Any)))))
		}
	}
	return fields
}

func TestTorture(t *testing.T) {
	t.Parallel()
	p := torturePackage(t)
	files := generate(t, p)
	var names []string
	for _, f := range files {
		assertLooks(t, f)
		names = append(names, f.Path)
	}
	slices.Sort(names)
	require.Len(t, slices.Compact(names), len(files))
	typecheck(t, "example.com/app/torture", files)
}

// TestRandom type-checks packages whose names often clash.
func TestRandom(t *testing.T) {
	t.Parallel()
	compiled := 0
	for seed := range uint64(300) {
		p := irtest.Random(rand.New(rand.NewPCG(seed, 3)))
		if sound(p) {
			typecheck(t, "example.com/app/app", generate(t, p))
			compiled++
		}
	}
	require.Greater(t, compiled, 60)
}
